// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/windowfixture.h"
#include "ui/admin/pagedoctor.h"
#include "ui/inbox/conversationlist.h"
#include "ui/inbox/conversationlistview.h"
#include "ui/inbox/emptynote.h"
#include "ui/inbox/navbutton.h"
#include "ui/inbox/rail.h"
#include "ui/shell/pairingpanel.h"
#include "ui/shell/statusstrip.h"
#include "ui/theme/tag.h"
#include "ui/thread/threadview.h"

#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTextEdit>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

// The whole window with the real use cases beneath it, over a replica in a temporary folder.
class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_fixture.reset(); }
    void showsTheReplicaWithoutARelay();
    void enterSendsAndTheReplyWaits();
    void twoEntersSendOnce();
    void draftsStayWithTheirConversation();
    void aDraftSurvivesTheWindow();
    void aReplyThatCannotBeStoredComesBack();
    void closedWindowsSayWhy();
    void whoCanPutAPageRightIsToldHow();
    void aPageIsCalledAndMarkedAsAdminsWant();
    void marksReadOnlyInTheActiveWindow();
    void withoutPagesItSaysWhoCanConnectThem();
    void filtersWhileOneTypes();
    void chipsAndRailAskForTheSame();
    void selectionFollowsItsConversation();
    void leavesTheSelectionAlone();
    void resolvesAndReopens();
    void keysLeadEverywhere();
    void foldsWhenNarrow();
    void remembersItsShape();
    void remembersTheGoLiveCheck();
    void dark();
    void statusAndOutbox();
    void joinsOnlyWhenAsked();
    void asksBeforeALink();
    void anOfferedReplyIsNotLost();
    void everyControlHasAName();

private:
    WindowFixture &window() { return *m_fixture; }
    ConversationListView &rows() { return *window().child<ConversationListView>("rows"); }
    QTextEdit &editor() { return *window().child<QTextEdit>("replyEditor"); }
    ThreadView &thread() { return *window().child<ThreadView>("threadView"); }
    QString text(const char *name) { return window().child<QLabel>(name)->text(); }
    QStringList names();
    Message incoming(const ConversationId &id, const QString &text);
    bool receive(const ConversationId &id, const QString &text);

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestMainWindow::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestMainWindow::init()
{
    QTest::failOnWarning(
        QRegularExpression(u"^(?!\\s*OpenType support missing|This plugin does not support)"_s));
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(window().show());
}

QStringList TestMainWindow::names()
{
    QStringList names;
    for (int row = 0; row < rows().model()->rowCount(); ++row)
        names.append(rows().model()->index(row, 0).data().toString());
    return names;
}

Message TestMainWindow::incoming(const ConversationId &id, const QString &text)
{
    Message message;
    message.conversationId = id;
    message.pageId = {id.value.section(u'-', 0, 0)};
    message.text = text;
    message.sentAt = SampleNow;
    message.seq = message.arrival = 1'000'000;
    message.mid = {u"m_new"_s + id.value};
    message.id = messageIdFor(message.pageId, message.mid);
    return message;
}

bool TestMainWindow::receive(const ConversationId &id, const QString &text)
{
    Conversation conversation = window().conversation(id);
    conversation.lastMessageAt = conversation.lastCustomerAt = SampleNow;
    conversation.lastText = text;
    conversation.lastDirection = Direction::In;
    conversation.unread += 1;
    conversation.seq = 1'000'001;
    return window().receive(conversation, incoming(id, text)).has_value();
}

void TestMainWindow::showsTheReplicaWithoutARelay()
{
    QCOMPARE(names().size(), 10);
    QCOMPARE(names().constFirst(), u"Amina Mansour"_s);
    QVERIFY(names().contains(u"Name not shared · …4821"_s));
    QCOMPARE(window().inbox.counts().inbox, 10);
    QCOMPARE(window().inbox.counts().resolved, 1);
    QVERIFY(window().open(Sample::Amina));
    QTRY_VERIFY(!thread().visibleRows().isEmpty());
    QCOMPARE(text("threadName"), u"Amina Mansour"_s);
    QCOMPARE(text("threadDetails"), u"Bloom Bakery · waiting 4 min"_s);
}

void TestMainWindow::enterSendsAndTheReplyWaits()
{
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClick(&rows(), Qt::Key_Return);
    QTRY_VERIFY(editor().hasFocus());
    QTest::keyClicks(&editor(), u"Of course"_s);
    QTest::keyClick(&editor(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(&editor(), u"six is fine"_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QCOMPARE(editor().toPlainText(), QString());
    QTRY_COMPARE(window().pending(Sample::Amina).size(), 1);
    QCOMPARE(window().pending(Sample::Amina).constFirst().text, u"Of course\nsix is fine"_s);
    QTRY_COMPARE(text("outbox"), u"1 replies waiting"_s); // plurals come with the catalogue
    QTRY_VERIFY(window().inbox.conversations().find(Sample::Amina)->draft.isEmpty());
    QCOMPARE(window().storedDraft(Sample::Amina), QString());
}

void TestMainWindow::twoEntersSendOnce()
{
    QVERIFY(window().open(Sample::Amina));
    editor().setFocus();
    QTest::keyClicks(&editor(), u"once"_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QTest::mouseClick(window().child<QPushButton>("send"), Qt::LeftButton);
    QTRY_COMPARE(window().desk.outbox.waiting(), 1);
    QCOMPARE(window().pending(Sample::Amina).size(), 1);
}

void TestMainWindow::draftsStayWithTheirConversation()
{
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClicks(&editor(), u"for Amina"_s);
    QVERIFY(window().open(Sample::Wang));
    QCOMPARE(editor().toPlainText(), QString());
    QTest::keyClicks(&editor(), u"for Wang"_s);
    QVERIFY(window().open(Sample::Amina));
    QCOMPARE(editor().toPlainText(), u"for Amina"_s);
    QVERIFY(window().open(Sample::Wang));
    QCOMPARE(editor().toPlainText(), u"for Wang"_s);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QTRY_COMPARE(window().pending(Sample::Wang).size(), 1);
    QCOMPARE(window().pending(Sample::Wang).constFirst().text, u"for Wang"_s);
    QVERIFY(window().pending(Sample::Amina).isEmpty());
    QVERIFY(window().open(Sample::Amina));
    QCOMPARE(editor().toPlainText(), u"for Amina"_s);
}

void TestMainWindow::aDraftSurvivesTheWindow()
{
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClicks(&editor(), u"unfinished"_s);
    QTRY_COMPARE(window().storedDraft(Sample::Amina), u"unfinished"_s);
    // What was stored by an earlier run is there too.
    QVERIFY(window().open(Sample::Rosa));
    QCOMPARE(text("keptDraft"), u"Your draft is kept: Hola Rosa, tu pedido sale mañana"_s);
}

void TestMainWindow::aReplyThatCannotBeStoredComesBack()
{
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClicks(&editor(), u"too late"_s);
    // The window closes between two looks at the clock: the outbox refuses.
    window().desk.clock.advance(101 * MinuteMs);
    QTest::keyClick(&editor(), Qt::Key_Return);
    QTRY_COMPARE(editor().toPlainText(), u"too late"_s);
    QVERIFY(text("composerProblem").contains(u"Not sent"_s));
    QVERIFY(window().pending(Sample::Amina).isEmpty());
    QTRY_COMPARE(window().storedDraft(Sample::Amina), u"too late"_s);
}

void TestMainWindow::closedWindowsSayWhy()
{
    QVERIFY(window().open(Sample::Rosa));
    QVERIFY(!editor().isVisible());
    QVERIFY(text("closedReason").startsWith(u"The reply window closed today at 12:09."_s));
    QVERIFY(window().open(Sample::Nadia));
    QVERIFY(text("closedReason").startsWith(u"Nadi Studio has lost its login at Facebook"_s));
    QVERIFY(window().open(Sample::Amina));
    QVERIFY(editor().isVisible());
    QCOMPARE(window().child<Tag>("windowChip")->text(), u"Window closes in 1 h 40 min"_s);
    QCOMPARE(window().child<Tag>("windowChip")->kind(), TagKind::Warn);
    // Time passes while it is open.
    window().desk.clock.advance(101 * MinuteMs);
    window().inbox.conversations().tick();
    QVERIFY(!editor().isVisible());
    // The customer writes: it opens again.
    window().desk.clock.set(SampleNow);
    QVERIFY(receive(Sample::Rosa, u"¿Hola?"_s));
    QVERIFY(window().open(Sample::Rosa));
    QTRY_VERIFY(editor().isVisible());
    QCOMPARE(editor().toPlainText(), u"Hola Rosa, tu pedido sale mañana"_s);
}

void TestMainWindow::whoCanPutAPageRightIsToldHow()
{
    QVERIFY(window().open(Sample::Nadia));
    QVERIFY(text("closedReason").contains(u"An admin must put that right."_s));
    auto *cure = window().child<QPushButton>("reasonCure");
    QVERIFY(!cure->isVisible());
    window().desk.self.role = Role::Admin;
    QVERIFY(window().goLive());
    QTRY_VERIFY(cure->isVisible());
    QCOMPARE(cure->text(), u"Connect again"_s);
    QVERIFY2(!text("closedReason").contains(u"n admin"_s), qPrintable(text("closedReason")));
    cure->click();
    QTRY_VERIFY(window().child<QDialog>("connectPages"));
    // What an admin has switched off leads to where it can be switched on.
    Page page = window().inbox.conversations().pageOf(window().conversation(Sample::Amina));
    page.settings.receive = false;
    page.seq += 1'000'000;
    QVERIFY(window().replica.write(
        [page](ReplicaWriter &writer) { return PageStore::apply(writer, page); }));
    QVERIFY(window().open(Sample::Amina));
    auto *settings = window().child<QPushButton>("noteCure");
    QTRY_VERIFY(settings->isVisible());
    QVERIFY(!cure->isVisible());
    settings->click();
    QTRY_VERIFY(window().child<QDialog>("pageSettings"));
}

void TestMainWindow::aPageIsCalledAndMarkedAsAdminsWant()
{
    QVERIFY(window().open(Sample::Amina));
    QVERIFY(!window().child<QLabel>("composerNote")->isVisible());
    Page page = window().inbox.conversations().pageOf(window().conversation(Sample::Amina));
    page.settings.nickname = u"Bloom"_s; // stays where it is in the order
    page.settings.receive = false;
    page.health.subscribed = false;
    page.seq += 1'000'000;
    QVERIFY(window().replica.write(
        [page](ReplicaWriter &writer) { return PageStore::apply(writer, page); }));
    auto *button = window().window->findChild<NavButton *>(u"page-"_s + Sample::Bakery);
    QTRY_COMPARE(button->text(), u"Bloom · off"_s);
    QTRY_VERIFY(window().child<QLabel>("composerNote")->isVisible());
    QVERIFY(text("composerNote").startsWith(u"Bloom does not receive messages"_s));
    QVERIFY(editor().isVisible()); // one may answer all the same
    page.settings = {};
    page.seq += 1;
    QVERIFY(window().replica.write(
        [page](ReplicaWriter &writer) { return PageStore::apply(writer, page); }));
    QTRY_VERIFY(!window().child<QLabel>("composerNote")->isVisible());
    QTRY_COMPARE(button->text(), page.name);
}

void TestMainWindow::marksReadOnlyInTheActiveWindow()
{
    QVERIFY(window().open(Sample::Jonas));
    QTRY_COMPARE(window().conversation(Sample::Jonas).unread, 0);
    // A window on top of ours: what comes in now is not read.
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    QVERIFY(receive(Sample::Jonas, u"Are you there?"_s));
    QTRY_VERIFY(thread().visibleRows().size() > 2);
    // Longer than a mark would take.
    QVERIFY(
        !QTest::qWaitFor([this] { return window().conversation(Sample::Jonas).unread == 0; }, 600));
    other.close();
    window().window->activateWindow();
    QTRY_COMPARE(window().conversation(Sample::Jonas).unread, 0);
}

void TestMainWindow::withoutPagesItSaysWhoCanConnectThem()
{
    for (const Role role : {Role::Agent, Role::Admin}) {
        m_fixture = std::make_unique<WindowFixture>(WindowFixture::Content::Nothing);
        window().desk.self.role = role;
        window().window->show();
        QVERIFY(window().goLive());
        const bool isAdmin = role == Role::Admin;
        QTRY_COMPARE(window().child<EmptyNote>("emptyList")->title(),
            isAdmin ? u"No Page is connected yet"_s : u"There is no Page for you yet"_s);
        auto *button
            = window().child<EmptyNote>("emptyList")->findChild<QPushButton *>(u"emptyAction"_s);
        QCOMPARE(button->isVisible(), isAdmin);
        if (isAdmin) {
            button->click();
            QTRY_VERIFY(window().child<QDialog>("connectPages"));
        }
    }
}

void TestMainWindow::filtersWhileOneTypes()
{
    QVERIFY(window().open(Sample::Amina));
    auto *field = window().child<QLineEdit>("filter");
    QTest::keyClick(window().window.get(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, u"lindq"_s);
    QCOMPARE(names(), QStringList{u"Jonas Lindqvist"_s});
    QCOMPARE(text("threadName"), u"Amina Mansour"_s); // what is open stays open
    QTest::keyClicks(field, u"zzz"_s);
    QCOMPARE(window().child<EmptyNote>("emptyList")->title(), u"No match"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(names().size(), 10);
    QCOMPARE(rows().currentIndex().data().toString(), u"Amina Mansour"_s);
    QTest::keyClick(field, Qt::Key_Down);
    QVERIFY(rows().hasFocus());
}

void TestMainWindow::chipsAndRailAskForTheSame()
{
    auto *list = window().child<ConversationList>("conversationList");
    auto *unreadView = window().child<NavButton>("view1");
    QTest::mouseClick(window().child<QAbstractButton>("chipUnread"), Qt::LeftButton);
    QCOMPARE(names(), QStringList({u"Jonas Lindqvist"_s, u"نادية الحسن"_s}));
    QVERIFY(unreadView->isChecked());
    QTest::mouseClick(window().child<QAbstractButton>("chipAll"), Qt::LeftButton);
    QVERIFY(window().child<NavButton>("view0")->isChecked());
    QTest::mouseClick(unreadView, Qt::LeftButton);
    QVERIFY(window().child<QAbstractButton>("chipUnread")->isChecked());
    QTest::mouseClick(window().child<NavButton>("page-70055"), Qt::LeftButton);
    QCOMPARE(list->query().page.value, Sample::Bikes);
    QCOMPARE(names().size(), 4);
    QTest::mouseClick(window().child<NavButton>("view4"), Qt::LeftButton);
    QCOMPARE(names(), QStringList{u"Siân O’Malley"_s});
    QTest::mouseClick(window().child<NavButton>("view3"), Qt::LeftButton);
    QTest::mouseClick(window().child<QAbstractButton>("chipOrder"), Qt::LeftButton);
    QCOMPARE(names(), QStringList({u"Amina Mansour"_s, u"王小明"_s, u"Kwame Boateng"_s}));
    QVERIFY(window().child<NavButton>("page-70066")->warning().contains(u"login"_s));
}

void TestMainWindow::selectionFollowsItsConversation()
{
    QVERIFY(window().open(Sample::Wang));
    QVERIFY(rows().currentIndex().row() > 0);
    QVERIFY(receive(Sample::Wang, u"还在吗？"_s));
    QTRY_COMPARE(names().constFirst(), u"王小明"_s);
    QCOMPARE(rows().currentIndex().row(), 0);
    QCOMPARE(text("threadName"), u"王小明"_s);
}

void TestMainWindow::leavesTheSelectionAlone()
{
    QVERIFY(window().open(Sample::Amina));
    QSignalSpy opened(
        window().child<ConversationList>("conversationList"), &ConversationList::opened);
    QVERIFY(receive(Sample::Nameless, u"Hello again"_s));
    QTRY_COMPARE(names().constFirst(), u"Name not shared · …4821"_s);
    QCOMPARE(rows().currentIndex().data().toString(), u"Amina Mansour"_s);
    QCOMPARE(opened.size(), 0);
    // Another view without it: nothing else is opened in its place.
    QTest::mouseClick(window().child<NavButton>("page-70055"), Qt::LeftButton);
    QVERIFY(!rows().currentIndex().isValid());
    QCOMPARE(opened.size(), 0);
    QCOMPARE(text("threadName"), u"Amina Mansour"_s);
    QTest::mouseClick(window().child<NavButton>("view0"), Qt::LeftButton);
    QCOMPARE(rows().currentIndex().data().toString(), u"Amina Mansour"_s);
}

void TestMainWindow::resolvesAndReopens()
{
    QVERIFY(window().open(Sample::Amina));
    auto *button = window().child<QPushButton>("resolve");
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(button->text(), u"Reopen"_s);
    QCOMPARE(window().conversation(Sample::Amina).state, ConversationState::Resolved);
    QVERIFY(names().contains(u"Amina Mansour"_s)); // still open, so still there
    QTest::keyClick(window().window.get(), Qt::Key_E, Qt::ControlModifier);
    QTRY_COMPARE(button->text(), u"Resolve"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(button->text(), u"Reopen"_s);
    QVERIFY(window().open(Sample::Wang));
    QTRY_VERIFY(!names().contains(u"Amina Mansour"_s));
}

void TestMainWindow::keysLeadEverywhere()
{
    auto *main = window().window.get();
    QTest::keyClick(main, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(text("threadName"), names().at(0));
    QTest::keyClick(main, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(text("threadName"), names().at(1));
    QTest::keyClick(main, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(text("threadName"), names().at(0));
    QTest::keyClick(main, Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(editor().hasFocus());
    QTest::keyClicks(&editor(), u"and/or"_s); // a slash in a text stays there
    QCOMPARE(editor().toPlainText(), u"and/or"_s);
    rows().setFocus();
    QTest::keyClick(&rows(), Qt::Key_Slash);
    QTRY_VERIFY(window().child<QLineEdit>("filter")->hasFocus());
    QTest::keyClick(main, Qt::Key_9, Qt::ControlModifier);
    QVERIFY(window().child<NavButton>("view4")->isChecked());
}

void TestMainWindow::foldsWhenNarrow()
{
    QVERIFY(window().open(Sample::Amina));
    auto *contact = window().child<QWidget>("contactPanel");
    QVERIFY(contact->isVisible());
    window().window->resize(1000, 700);
    QVERIFY(!contact->isVisible());
    QTest::keyClick(window().window.get(), Qt::Key_Backslash, Qt::ControlModifier);
    QVERIFY(contact->isVisible());
    window().window->resize(760, 600);
    QVERIFY(window().child<Rail>("rail")->isCompact());
    window().window->resize(1440, 900);
    QVERIFY(!window().child<Rail>("rail")->isCompact());
    QVERIFY(contact->isVisible());
    QTest::keyClick(window().window.get(), Qt::Key_Backslash, Qt::ControlModifier);
    QVERIFY(!contact->isVisible());
    QTest::keyClick(window().window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!window().child<ConversationList>("conversationList")->isVisible());
}

void TestMainWindow::remembersItsShape()
{
    QVERIFY(window().open(Sample::Amina));
    window().window->resize(1280, 800);
    QTest::mouseClick(window().child<QAbstractButton>("chipOrder"), Qt::LeftButton);
    QTest::keyClick(window().window.get(), Qt::Key_Backslash, Qt::ControlModifier);
    window().window->close();
    QCOMPARE(window().settings.order(), ConversationFilter::Order::Window);
    QVERIFY(!window().settings.isContactShown());
    const WindowSettings again(window().replica.folder());
    QVERIFY(!again.geometry().isEmpty());
}

void TestMainWindow::remembersTheGoLiveCheck()
{
    const auto openDoctor = [this] {
        QTest::keyClick(window().window.get(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        return window().window->findChild<PageDoctor *>();
    };
    const auto tick = [](PageDoctor *doctor, const char *name) {
        return doctor->findChild<QCheckBox *>(QLatin1StringView(name));
    };
    window().desk.self.role = Role::Admin;
    QVERIFY(window().goLive());
    QPointer<PageDoctor> doctor;
    QTRY_VERIFY((doctor = openDoctor()));
    const PageId page = doctor->page();
    QVERIFY(!tick(doctor, "goPhone")->isChecked());
    tick(doctor, "goPhone")->click();
    tick(doctor, "goBackup")->click();
    tick(doctor, "goBackup")->click();
    tick(doctor, "goProbe")->setChecked(true); // as a test message does it
    tick(doctor, "goPage")->setChecked(true); // measured: not kept
    doctor->close();
    QTRY_VERIFY(!doctor);
    window().window->activateWindow();
    QTRY_VERIFY((doctor = openDoctor()));
    QCOMPARE(doctor->page(), page);
    QVERIFY(tick(doctor, "goPhone")->isChecked());
    QVERIFY(tick(doctor, "goProbe")->isChecked());
    QVERIFY(!tick(doctor, "goBackup")->isChecked());
    QVERIFY(!tick(doctor, "goPage")->isChecked());
    const WindowSettings again(window().replica.folder());
    QCOMPARE(again.goLiveDone(page), (QStringList{u"goProbe"_s, u"goPhone"_s}));
    QVERIFY(again.goLiveDone({u"another"_s}).isEmpty());
}

void TestMainWindow::dark()
{
    QVERIFY(window().open(Sample::Amina));
    const QImage light = window().window->grab().toImage();
    window().theme.setMode(ThemeProvider::Mode::Dark);
    const QImage dark = window().window->grab().toImage();
    // Every ground has changed: sample the rail, the list, the thread, the contact and the strip.
    for (const QPoint &point : {QPoint(100, 600), QPoint(400, 850), QPoint(800, 64),
             QPoint(1300, 700), QPoint(700, 890)}) {
        QVERIFY(light.pixelColor(point).lightnessF() > 0.8F);
        QVERIFY(dark.pixelColor(point).lightnessF() < 0.2F);
    }
}

void TestMainWindow::statusAndOutbox()
{
    auto *strip = window().child<StatusStrip>("statusStrip");
    QVERIFY(window().goLive());
    QCOMPARE(strip->connectionText(), u"Live"_s);
    QCOMPARE(text("operator"), u"Amal · Agent"_s);
    QCOMPARE(text("workspace"), u"Bakery"_s);
    window().relay.reset();
    QTRY_VERIFY(strip->connectionText().startsWith(u"Offline, last connected 14:09."_s)
        || strip->connectionText() == u"Connecting"_s);
    QTRY_VERIFY(window().child<QPushButton>("retryNow")->isVisible());
    window().window->showNotice(u"Something did not work."_s);
    QCOMPARE(text("notice"), u"Something did not work."_s);
    QVERIFY(!window().child<QWidget>("practiceNote")->isVisible());
    window().window->setPractice(true);
    QVERIFY(window().child<QWidget>("practiceNote")->isVisible());
}

void TestMainWindow::joinsOnlyWhenAsked()
{
    window().window->showPairing();
    auto *panel = window().child<PairingPanel>("pairingPanel");
    auto *join = window().child<QPushButton>("join");
    QSignalSpy asked(panel, &PairingPanel::joinRequested);
    QVERIFY(panel->isVisible());
    QVERIFY(!join->isEnabled());
    window().child<QLineEdit>("pairingLink")->setText(u"https://relay.example"_s);
    QVERIFY(!join->isEnabled());
    QVERIFY(text("pairingRelay").startsWith(u"This is not a pairing link."_s));
    const QString link = u"pagedesk://pair?relay=http://127.0.0.1:9&code=abc.def"_s;
    window().window->offerPairing(link);
    QCOMPARE(text("pairingRelay"), u"Joins the workspace at 127.0.0.1:9"_s);
    QCOMPARE(asked.size(), 0); // a link alone does nothing
    QTest::mouseClick(join, Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QTRY_COMPARE(
        text("pairingProblem"), u"The relay cannot be reached. Check the network and try again."_s);
    QVERIFY(join->isEnabled());
    window().window->setUnprotected(true, u"There is no keychain."_s);
    QCOMPARE(text("pairingNote"), u"There is no keychain."_s);
    QVERIFY(window().child<QWidget>("unprotectedNote")->isVisible());
}

void TestMainWindow::asksBeforeALink()
{
    QVERIFY(window().open(Sample::Amina));
    Q_EMIT thread().linkActivated(QUrl(u"file:///etc/passwd"_s));
    QCOMPARE(window().child<QMessageBox>("openLink"), nullptr);
    Q_EMIT thread().linkActivated(QUrl(u"https://bloom.example/orders/482"_s));
    auto *box = window().child<QMessageBox>("openLink");
    QVERIFY(box != nullptr);
    QCOMPARE(box->text(), u"Open bloom.example in your browser?"_s);
    QCOMPARE(box->textFormat(), Qt::PlainText);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_COMPARE(window().child<QMessageBox>("openLink"), nullptr);
}

// What was written in a notification: with what was begun before, or kept where it can be pasted.
void TestMainWindow::anOfferedReplyIsNotLost()
{
    QVERIFY(window().open(Sample::Amina));
    auto *editor = window().child<QTextEdit>("replyEditor");
    editor->setPlainText(u"Begun"_s);
    window().window->offerReply(Sample::Amina, u"We open at nine."_s, u"Not sent"_s);
    QCOMPARE(editor->toPlainText(), u"Begun\nWe open at nine."_s);
    window().window->offerReply({u"gone"_s}, u"We close at five."_s, u"Not sent"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"We close at five."_s);
    QCOMPARE(editor->toPlainText(), u"Begun\nWe open at nine."_s);
    QVERIFY(text("notice").contains(u"on the clipboard"_s));
}

void TestMainWindow::everyControlHasAName()
{
    QVERIFY(window().open(Sample::Amina));
    for (const QAbstractButton *button : window().window->findChildren<QAbstractButton *>()) {
        if (qobject_cast<const QLineEdit *>(button->parent()) != nullptr)
            continue; // Qt's own button inside a field; the field has the name
        const QString name
            = button->accessibleName().isEmpty() ? button->text() : button->accessibleName();
        QVERIFY2(!name.isEmpty(), qPrintable(button->objectName()));
    }
    for (const QLineEdit *edit : window().window->findChildren<QLineEdit *>())
        QVERIFY2(!edit->accessibleName().isEmpty(), qPrintable(edit->objectName()));
    const QModelIndex first = rows().model()->index(0, 0);
    QVERIFY(first.data(Qt::AccessibleTextRole).toString().contains(u"Bloom Bakery"_s));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
