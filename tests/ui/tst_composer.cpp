// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composer.h"
#include "ui/composer/replyeditor.h"
#include "ui/composer/sendbutton.h"
#include "ui/theme/tag.h"
#include "ui/theme/themeprovider.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Now = 1'793'801'340'000;
constexpr qint64 Hour = 3'600'000;

} // namespace

class TestComposer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void enterSendsWhatWasTyped();
    void shiftEnterBreaksTheLine();
    void sendsNothingEmptyOrTooLong();
    void aHeldKeySendsOnce();
    void enterOfAnInputMethodIsNotOurs();
    void pastesPlainText();
    void growsToEightLines();
    void settingTextIsNotTyping();
    void closedItSaysWhyAndKeepsTheDraft();
    void showsProblemsUntilOneTypes();
    void anotherAppHoldsIt();
    void answeringAsAHumanAgent();

private:
    void openWindow(qint64 customerAt);
    ReplyEditor &editor() { return *m_composer->findChild<ReplyEditor *>(); }
    QPushButton &button() { return *m_composer->findChild<SendButton *>(); }
    QString label(const char *name)
    {
        return m_composer->findChild<QLabel *>(QLatin1StringView(name))->text();
    }

    std::unique_ptr<ThemeProvider> m_theme;
    std::unique_ptr<QWidget> m_window;
    Composer *m_composer = nullptr;
    std::unique_ptr<QSignalSpy> m_sent;
};

void TestComposer::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_theme = std::make_unique<ThemeProvider>(*qApp, ThemeProvider::Mode::Light);
    m_window = std::make_unique<QWidget>();
    m_window->resize(620, 700);
    m_composer = new Composer(*m_theme, m_window.get());
    m_composer->resize(620, 300);
    m_sent = std::make_unique<QSignalSpy>(m_composer, &Composer::sendRequested);
    openWindow(Now - Hour);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_composer->focusEditor();
    QTRY_VERIFY(editor().hasFocus());
}

void TestComposer::cleanup()
{
    m_sent.reset();
    m_window.reset();
    m_theme.reset();
}

void TestComposer::openWindow(qint64 customerAt)
{
    Conversation conversation;
    conversation.contact = {{u"1"_s}, {u"9"_s}, u"Amina"_s, {}};
    conversation.lastCustomerAt = customerAt;
    const Page page{{u"1"_s}, u"Bloom Bakery"_s, u"#d9480f"_s, PageState::Connected, false, 1};
    m_composer->setConversation(conversation, page, replyWindow(customerAt, Now, false), Now);
}

void TestComposer::enterSendsWhatWasTyped()
{
    QSignalSpy edited(m_composer, &Composer::textEdited);
    QTest::keyClicks(&editor(), u" Hello there "_s);
    QCOMPARE(edited.size(), 13);
    QCOMPARE(label("characterCount"), u"11 / 2000"_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(m_sent->at(0).at(0).toString(), u"Hello there"_s);
    QTest::keyClick(&editor(), Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(m_sent->size(), 2);
    QTest::mouseClick(&button(), Qt::LeftButton);
    QCOMPARE(m_sent->size(), 3);
}

void TestComposer::shiftEnterBreaksTheLine()
{
    QTest::keyClicks(&editor(), u"one"_s);
    QTest::keyClick(&editor(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(&editor(), u"two"_s);
    QCOMPARE(m_sent->size(), 0);
    QCOMPARE(m_composer->text(), u"one\ntwo"_s);
}

void TestComposer::sendsNothingEmptyOrTooLong()
{
    QVERIFY(!button().isEnabled());
    QTest::keyClick(&editor(), Qt::Key_Return);
    QTest::keyClicks(&editor(), u"   "_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 0);
    m_composer->setText(QString(2001, u'x'));
    QVERIFY(!button().isEnabled());
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 0);
    QTest::keyClick(&editor(), Qt::Key_Backspace);
    QVERIFY(button().isEnabled());
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 1);
}

void TestComposer::aHeldKeySendsOnce()
{
    QTest::keyClicks(&editor(), u"x"_s);
    QKeyEvent first(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, false);
    QKeyEvent repeated(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, true);
    QApplication::sendEvent(&editor(), &first);
    QApplication::sendEvent(&editor(), &repeated);
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(m_composer->text(), u"x"_s);
}

void TestComposer::enterOfAnInputMethodIsNotOurs()
{
    QInputMethodEvent composing(u"ni"_s, {});
    QApplication::sendEvent(&editor(), &composing);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 0);
    QInputMethodEvent committed(QString(), {});
    committed.setCommitString(u"你好"_s);
    QApplication::sendEvent(&editor(), &committed);
    QCOMPARE(m_composer->text(), u"你好"_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 1);
}

void TestComposer::pastesPlainText()
{
    auto *mime = new QMimeData;
    mime->setHtml(u"<b>bold</b><img src='http://evil.example/x.png'>"_s);
    mime->setText(u"bold\r\ntext"_s);
    QApplication::clipboard()->setMimeData(mime);
    editor().paste();
    QCOMPARE(m_composer->text(), u"bold\ntext"_s);
    QVERIFY(!editor().toHtml().contains(u"<img"));
}

void TestComposer::growsToEightLines()
{
    const int least = editor().height();
    m_composer->setText(u"1\n2\n3\n4\n5"_s);
    const int five = editor().height();
    QVERIFY(five > least);
    m_composer->setText(QString(u"line\n"_s).repeated(8).trimmed());
    const int eight = editor().height();
    QVERIFY(eight > five);
    m_composer->setText(QString(u"line\n"_s).repeated(100));
    QVERIFY(editor().height() - eight <= 20); // and scrolls from then on
    m_composer->setText({});
    QCOMPARE(editor().height(), least);
}

void TestComposer::settingTextIsNotTyping()
{
    QSignalSpy edited(m_composer, &Composer::textEdited);
    m_composer->setText(u"from the replica"_s);
    QCOMPARE(edited.size(), 0);
    QCOMPARE(label("characterCount"), u"16 / 2000"_s);
}

void TestComposer::closedItSaysWhyAndKeepsTheDraft()
{
    QTest::keyClicks(&editor(), u"almost"_s);
    openWindow(Now - 25 * Hour);
    QVERIFY(!m_composer->isOpen());
    QVERIFY(!editor().isVisible());
    QVERIFY(label("closedReason").startsWith(u"The reply window closed"_s));
    QCOMPARE(label("keptDraft"), u"Your draft is kept: almost"_s);
    QCOMPARE(m_composer->findChild<Tag *>()->text(), u"Window closed"_s);
    QTest::mouseClick(m_composer->findChild<QPushButton *>(u"copyDraft"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), u"almost"_s);
    openWindow(Now);
    QVERIFY(editor().isVisible());
    QCOMPARE(m_composer->text(), u"almost"_s);
}

void TestComposer::anotherAppHoldsIt()
{
    QTest::keyClicks(&editor(), u"almost"_s);
    auto *take = m_composer->findChild<QPushButton *>(u"takeOver"_s);
    QSignalSpy asked(m_composer, &Composer::takeOverRequested);
    Conversation conversation;
    conversation.id = {u"1-9"_s};
    conversation.lastCustomerAt = Now;
    conversation.ownerApp = u"263902037430900"_s;
    Page page{{u"1"_s}, u"Bloom Bakery"_s, u"#d9480f"_s, PageState::Connected, false, 1};
    const auto show = [&] {
        m_composer->setConversation(conversation, page, replyWindow(Now, Now, false), Now);
    };
    show();
    QVERIFY(!m_composer->isOpen());
    QVERIFY(label("closedReason").contains(u"the Page inbox at Facebook"_s));
    QCOMPARE(label("keptDraft"), u"Your draft is kept: almost"_s);
    QVERIFY(take->isVisible() && take->isEnabled());
    QTest::mouseClick(take, Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    conversation.takingSince = Now;
    show();
    QVERIFY(take->isVisible() && !take->isEnabled());
    QTest::mouseClick(take, Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    // Where the Page itself cannot send, taking it would help nobody.
    conversation.takingSince = 0;
    page.state = PageState::NeedsLogin;
    show();
    QVERIFY(!take->isVisible());
    page.state = PageState::Connected;
    conversation.ownerApp.clear();
    show();
    QVERIFY(m_composer->isOpen());
    QVERIFY(!take->isVisible());
    QCOMPARE(m_composer->text(), u"almost"_s);
}

void TestComposer::answeringAsAHumanAgent()
{
    auto *agent = m_composer->findChild<QCheckBox *>(u"humanAgent"_s);
    QVERIFY(!agent->isVisible());
    Conversation conversation;
    conversation.id = {u"1-9"_s};
    const Page page{{u"1"_s}, u"Bloom Bakery"_s, u"#d9480f"_s, PageState::Connected, true, 1};
    const auto show = [&](qint64 customerAt) {
        conversation.lastCustomerAt = customerAt;
        m_composer->setConversation(conversation, page, replyWindow(customerAt, Now, true), Now);
    };
    show(Now - 30 * Hour);
    QTest::keyClicks(&editor(), u"It is here now"_s);
    QVERIFY(agent->isVisible());
    QVERIFY2(
        agent->text().startsWith(u"Reply as a human agent (until"_s), qPrintable(agent->text()));
    // Nothing leaves without the choice.
    QVERIFY(!button().isEnabled());
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 0);
    QVERIFY(m_composer->needsHumanAgent());
    QTest::mouseClick(agent, Qt::LeftButton, {}, {10, agent->height() / 2});
    QVERIFY(button().isEnabled());
    show(Now - 30 * Hour); // time goes by
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(m_sent->at(0).at(1).toBool(), true);
    // It is chosen for one conversation, and for one window.
    conversation.id = {u"1-8"_s};
    show(Now - 30 * Hour);
    QVERIFY(!agent->isChecked());
    QTest::mouseClick(agent, Qt::LeftButton, {}, {10, agent->height() / 2});
    show(Now - Hour);
    QVERIFY(!agent->isVisible());
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(m_sent->constLast().at(1).toBool(), false);
    show(Now - 30 * Hour);
    QVERIFY(!agent->isChecked());
}

void TestComposer::showsProblemsUntilOneTypes()
{
    auto *problem = m_composer->findChild<QLabel *>(u"composerProblem"_s);
    QVERIFY(!problem->isVisible());
    m_composer->setProblem(u"This could not be saved."_s);
    QVERIFY(problem->isVisible());
    QTest::keyClicks(&editor(), u"a"_s);
    QVERIFY(!problem->isVisible());
}

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
