// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/windowfixture.h"
#include "ui/inbox/conversationlistview.h"
#include "ui/inbox/emptynote.h"
#include "ui/inbox/searchhits.h"
#include "ui/thread/threadview.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

// Finding in the whole window, with no relay anywhere.
class TestSearchWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_fixture.reset(); }
    void findsAsOneTypes();
    void enterOpensAtThePlace();
    void opensYearsBack();
    void escapeLeadsBack();
    void enterInTheFilterSearches();
    void saysWhatItDoesNotUnderstand();
    void saysWhenThereIsNothing();
    void hostileTextDoesNoHarm();

private:
    WindowFixture &window() { return *m_fixture; }
    QLineEdit &field() { return *window().child<QLineEdit>("search"); }
    QListView &hits() { return *window().child<QListView>("searchHits"); }
    ThreadView &thread() { return *window().child<ThreadView>("threadView"); }
    bool begin(const QString &text);
    QString spoken(int row)
    {
        return hits().model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestSearchWindow::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestSearchWindow::init()
{
    QTest::failOnWarning(
        QRegularExpression(u"^(?!\\s*OpenType support missing|This plugin does not support)"_s));
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(window().show());
    QVERIFY(QTest::qWaitFor([this] { return window().search.progress().isComplete; }));
}

bool TestSearchWindow::begin(const QString &text)
{
    QTest::keyClick(window().window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    if (!QTest::qWaitFor([this] { return field().hasFocus(); }))
        return false;
    field().clear();
    QTest::keyClicks(&field(), text);
    return QTest::qWaitFor([this] { return hits().isVisible() && hits().model()->rowCount() > 0; });
}

void TestSearchWindow::findsAsOneTypes()
{
    QVERIFY(begin(u"wedding cak"_s));
    QCOMPARE(hits().model()->rowCount(), 1);
    QCOMPARE(spoken(0),
        u"Amina Mansour, Bloom Bakery, Yesterday: Good morning! Do you bake wedding cakes?"_s);
    field().setText(u"自行车"_s);
    QTRY_COMPARE(hits().model()->index(0, 0).data().toString(), u"王小明"_s);
    field().setText(u"from:me"_s); // nobody is paired in this replica
    QTRY_VERIFY(!hits().isVisible());
    field().setText(u"from:us bring"_s);
    QTRY_VERIFY(spoken(0).contains(u"Bloom Bakery · Leila"_s));
    field().setText(u"amina"_s);
    QTRY_VERIFY(spoken(0).contains(u"Person"_s));
}

void TestSearchWindow::enterOpensAtThePlace()
{
    QVERIFY(begin(u"wedding"_s));
    QTest::keyClick(&field(), Qt::Key_Return);
    QTRY_VERIFY(!thread().markedMessage().isEmpty());
    const MessageId marked = thread().markedMessage();
    QCOMPARE(thread().currentMessage(), marked);
    bool isSeen = false;
    for (const ThreadView::VisibleRow &row : thread().visibleRows())
        isSeen = isSeen || row.id == marked;
    QVERIFY(isSeen);
    QVERIFY(thread().sentenceOf(marked).contains(u"wedding cakes"_s));
    QTRY_VERIFY(thread().markedMessage().isEmpty()); // for a moment only
}

void TestSearchWindow::opensYearsBack()
{
    QVERIFY(window()
                .replica
                .write([](ReplicaWriter &writer) -> Result<> {
                    for (int i = 0; i < 3000; ++i) {
                        Message message;
                        message.conversationId = Sample::Jonas;
                        message.pageId = {Sample::Bikes};
                        message.mid = {u"m_old%1"_s.arg(i)};
                        message.id = messageIdFor(message.pageId, message.mid);
                        message.text = i == 7 ? u"the anchor of it all"_s : u"line %1"_s.arg(i);
                        message.sentAt = SampleNow - 900 * 24 * HourMs + i * HourMs;
                        message.seq = message.arrival = 10'000 + i;
                        if (const auto stored = MessageStore::apply(writer, message); !stored)
                            return stored;
                    }
                    return {};
                })
                .has_value());
    QVERIFY(begin(u"\"anchor of\""_s));
    QTest::keyClick(&field(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!thread().markedMessage().isEmpty(), 20'000);
    QVERIFY(thread().sentenceOf(thread().markedMessage()).contains(u"anchor"_s));
}

void TestSearchWindow::escapeLeadsBack()
{
    auto &rows = *window().child<ConversationListView>("rows");
    const int count = rows.model()->rowCount();
    QVERIFY(window().open(Sample::Wang));
    QVERIFY(begin(u"wedding"_s));
    QVERIFY(!rows.isVisible());
    QTest::keyClick(&field(), Qt::Key_Down);
    QTest::keyClick(&field(), Qt::Key_Escape);
    QTRY_VERIFY(rows.isVisible());
    QCOMPARE(rows.model()->rowCount(), count);
    QVERIFY(rows.hasFocus());
    QVERIFY(rows.currentIndex().isValid());
}

void TestSearchWindow::enterInTheFilterSearches()
{
    auto *filter = window().child<QLineEdit>("filter");
    filter->setFocus();
    QTest::keyClicks(filter, u"brezeln"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(field().text(), u"brezeln"_s);
    QTRY_COMPARE(hits().model()->rowCount(), 1);
    QTest::keyClick(&field(), Qt::Key_Escape);
    QTRY_VERIFY(filter->isVisible());
    QCOMPARE(filter->text(), u"brezeln"_s);
}

void TestSearchWindow::saysWhatItDoesNotUnderstand()
{
    QVERIFY(begin(u"cake"_s));
    auto *note = window().child<QLabel>("searchNote");
    QVERIFY(!note->isVisible());
    field().setText(u"colour:red cake"_s);
    QTRY_VERIFY(note->text().contains(u"colour:"_s) && note->text().contains(u"label"_s));
    field().setText(u"state:gone cake"_s);
    QTRY_VERIFY(note->text().contains(u"open, pending, snoozed, resolved"_s));
    field().setText(u"page:nowhere cake"_s);
    QTRY_VERIFY(note->text().contains(u"Bloom Bakery"_s));
    QVERIFY(note->isVisible());
}

void TestSearchWindow::saysWhenThereIsNothing()
{
    QVERIFY(begin(u"cake"_s));
    field().setText(u"xyzzy"_s);
    auto *empty = window().child<EmptyNote>("searchEmpty");
    QTRY_VERIFY(empty->isVisible());
    QCOMPARE(empty->title(), u"No match"_s);
    field().clear();
    QTRY_COMPARE(empty->title(), u"Search all conversations"_s);
}

void TestSearchWindow::hostileTextDoesNoHarm()
{
    QVERIFY(begin(u"cake"_s));
    for (const QString &text : {u"\""_s, u"a\" OR *"_s, u"<b>cake</b>"_s, u"\u202Ecake\u2066"_s,
             QString(10'000, u'x'), u"(((("_s, QString(QChar(0xD83D))})
        field().setText(text);
    field().setText(u"cake"_s);
    QTRY_VERIFY(hits().isVisible() && hits().model()->rowCount() > 0);
}

QTEST_MAIN(TestSearchWindow)
#include "tst_searchwindow.moc"
