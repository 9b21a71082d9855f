// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "tests/ui/windowfixture.h"
#include "ui/shell/datewords.h"
#include "ui/shell/findbar.h"
#include "ui/thread/threadview.h"

#include <QCalendarWidget>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Long = 9000; // messages: several parts of a search, far more than is loaded
constexpr qint64 Day = 24 * HourMs;
const ConversationId Talker{u"70044-2400000000000999"_s};

// Number i of the long thread, the newest a minute before now, ten minutes apart; three mention a
// word.
Message numbered(int i)
{
    Message message;
    message.conversationId = Talker;
    message.pageId = {Sample::Bakery};
    message.text = i % 3000 == 10 ? u"The Café number %1"_s.arg(i) : u"Message %1"_s.arg(i);
    message.sentAt = SampleNow - MinuteMs - (Long - 1 - i) * 10 * MinuteMs;
    message.seq = message.arrival = 100'000 + i;
    message.mid = {u"m_long%1"_s.arg(i)};
    message.id = messageIdFor(message.pageId, message.mid);
    return message;
}

Result<> seedLong(TemporaryReplica &replica, int unread)
{
    return replica.write([unread](ReplicaWriter &writer) -> Result<> {
        Conversation conversation;
        conversation.id = Talker;
        conversation.contact.pageId = {Sample::Bakery};
        conversation.contact.psid = {Talker.value.section(u'-', 1)};
        conversation.contact.name = u"Talker"_s;
        for (int i = 0; i < Long; ++i) {
            const Message message = numbered(i);
            if (const auto kept = MessageStore::apply(writer, message); !kept)
                return kept;
            conversation.lastMessageAt = conversation.lastCustomerAt = message.sentAt;
            conversation.lastText = message.text;
        }
        conversation.unread = unread;
        conversation.seq = 200'000;
        return ConversationStore::apply(writer, conversation);
    });
}

} // namespace

// Ways through a conversation, in the real window, by keys.
class TestFindInThread : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_fixture.reset(); }
    void findsThroughTheWholeThread();
    void marksWhatItFinds();
    void saysWhenThereIsNothing();
    void forgetsWithTheConversation();
    void noticesWhatComesMeanwhile();
    void goesToADate();
    void goesToATypedDate();
    void scrollsOnFromTheMiddle();
    void goesToTheFirstUnread();
    void goesToTheFirstOfToday();
    void ownReplyLeadsBack();
    void readsDates_data();
    void readsDates();

private:
    WindowFixture &window() { return *m_fixture; }
    QWidget &main() { return *window().window; }
    ThreadView &thread() { return *window().child<ThreadView>("threadView"); }
    QLineEdit &field() { return *window().child<QLineEdit>("findField"); }
    QString text(const char *name) { return window().child<QLabel>(name)->text(); }
    bool openLong(int unread = 0);
    bool isShown(int number);
    QStringList shownTexts();

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestFindInThread::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestFindInThread::init()
{
    QTest::failOnWarning(
        QRegularExpression(u"^(?!\\s*OpenType support missing|This plugin does not support)"_s));
    m_fixture = std::make_unique<WindowFixture>();
}

bool TestFindInThread::openLong(int unread)
{
    return seedLong(window().replica, unread) && window().show() && window().open(Talker)
        && QTest::qWaitFor([this] { return isShown(Long - 1); });
}

bool TestFindInThread::isShown(int number)
{
    const MessageId id = numbered(number).id;
    const QRect area = thread().viewport()->rect();
    for (const ThreadView::VisibleRow &row : thread().visibleRows()) {
        if (row.id == id && row.rect.top() >= area.top() && row.rect.bottom() <= area.bottom())
            return true;
    }
    return false;
}

QStringList TestFindInThread::shownTexts()
{
    QStringList texts;
    for (const ThreadView::VisibleRow &row : thread().visibleRows()) {
        if (row.layout->body() != nullptr)
            texts.append(row.layout->body()->layout->text());
    }
    return texts;
}

void TestFindInThread::findsThroughTheWholeThread()
{
    QVERIFY(openLong());
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field().hasFocus());
    QTest::keyClicks(&field(), u"CAFE"_s);
    QTRY_COMPARE(text("findCount"), u"1 of 3"_s);
    QTRY_VERIFY(isShown(6010));
    QTest::keyClick(&field(), Qt::Key_Return);
    QCOMPARE(text("findCount"), u"2 of 3"_s);
    QTRY_VERIFY(isShown(3010));
    QTest::keyClick(&main(), Qt::Key_F3);
    QCOMPARE(text("findCount"), u"3 of 3"_s);
    QTRY_VERIFY(isShown(10));
    QTest::keyClick(&field(), Qt::Key_Return); // around the end
    QTRY_VERIFY(isShown(6010));
    QTest::keyClick(&field(), Qt::Key_Return, Qt::ShiftModifier);
    QTRY_VERIFY(isShown(10));
    QTest::keyClick(&main(), Qt::Key_F3, Qt::ShiftModifier);
    QTRY_VERIFY(isShown(3010));
    QTest::mouseClick(window().child<QToolButton>("findLater"), Qt::LeftButton);
    QTRY_VERIFY(isShown(6010));
    QTest::keyClick(&field(), Qt::Key_Escape);
    QVERIFY(!window().child<FindBar>("findBar")->isVisible());
    QVERIFY(thread().hasFocus());
    QTest::keyClick(&main(), Qt::Key_End, Qt::AltModifier);
    QTRY_VERIFY(isShown(Long - 1));
    QTRY_VERIFY(thread().isAtNewest());
}

void TestFindInThread::marksWhatItFinds()
{
    QVERIFY(window().show());
    QVERIFY(window().open(Sample::Amina));
    QTRY_VERIFY(!thread().visibleRows().isEmpty());
    const QImage before = thread().grab().toImage();
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field().hasFocus());
    QTest::keyClicks(&field(), u"can"_s);
    QTRY_COMPARE(text("findCount"), u"1 of 3"_s);
    const QRgb current = window().theme.theme().warn.rgb();
    const QRgb other = window().theme.theme().warnSoft.rgb();
    int currents = 0;
    int others = 0;
    const QImage after = thread().grab().toImage();
    for (int y = 0; y < after.height(); ++y) {
        for (int x = 0; x < after.width(); ++x) {
            currents += after.pixel(x, y) == current ? 1 : 0;
            others += after.pixel(x, y) == other ? 1 : 0;
        }
    }
    QCOMPARE_GT(currents, 50);
    QCOMPARE_GT(others, 50);
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty())
        QVERIFY(main().grab().save(folder + u"/find.png"_s));
    QTest::keyClick(&field(), Qt::Key_Escape);
    QTRY_COMPARE(thread().grab().toImage().size(), before.size());
}

void TestFindInThread::saysWhenThereIsNothing()
{
    QVERIFY(window().show());
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field().hasFocus());
    QTest::keyClicks(&field(), u"motorcycle"_s);
    QTRY_COMPARE(text("findCount"), u"Not found"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    field().clear();
    QCOMPARE(text("findCount"), QString());
    QCOMPARE(field().accessibleName(), u"Find in this conversation"_s);
    for (const char *name : {"findEarlier", "findLater", "findClose"})
        QVERIFY(!window().child<QToolButton>(name)->accessibleName().isEmpty());
}

void TestFindInThread::forgetsWithTheConversation()
{
    QVERIFY(window().show());
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field().hasFocus());
    QTest::keyClicks(&field(), u"cake"_s);
    QTRY_VERIFY(text("findCount").endsWith(u"of 2"_s));
    QVERIFY(window().open(Sample::Wang));
    QVERIFY(!window().child<FindBar>("findBar")->isVisible());
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(text("findCount"), u"Not found"_s); // the words are kept, and looked for here
}

void TestFindInThread::noticesWhatComesMeanwhile()
{
    QVERIFY(window().show());
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field().hasFocus());
    QTest::keyClicks(&field(), u"wedding"_s);
    QTRY_COMPARE(text("findCount"), u"1 of 1"_s);
    Message message = numbered(1);
    message.conversationId = Sample::Amina;
    message.text = u"About the wedding again"_s;
    message.sentAt = SampleNow;
    Conversation conversation = window().conversation(Sample::Amina);
    conversation.lastMessageAt = SampleNow;
    conversation.seq = 300'000;
    QVERIFY(window().receive(conversation, message));
    QTRY_COMPARE(text("findCount"), u"2 of 2"_s); // where it was
}

void TestFindInThread::goesToADate()
{
    QVERIFY(openLong());
    QTest::keyClick(&main(), Qt::Key_G, Qt::ControlModifier);
    auto *chooser = main().findChild<QDialog *>(u"dateChooser"_s);
    QVERIFY(chooser != nullptr);
    auto &calendar = *chooser->findChild<QCalendarWidget *>(u"calendar"_s);
    for (const QToolButton *button : calendar.findChildren<QToolButton *>())
        QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->objectName()));
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty())
        QVERIFY(chooser->grab().save(folder + u"/date.png"_s));
    const QDate day(2026, 10, 20);
    calendar.setSelectedDate(day);
    QTest::mouseClick(chooser->findChild<QPushButton *>(u"dateGo"_s), Qt::LeftButton);
    const qint64 begin = day.startOfDay(Qt::UTC).toMSecsSinceEpoch();
    int first = 0;
    while (numbered(first).sentAt < begin)
        ++first;
    QTRY_VERIFY(isShown(first));
    QVERIFY(!isShown(Long - 1));
}

void TestFindInThread::goesToATypedDate()
{
    QVERIFY(openLong());
    QTest::keyClick(&main(), Qt::Key_G, Qt::ControlModifier);
    auto *chooser = main().findChild<QDialog *>(u"dateChooser"_s);
    QVERIFY(chooser != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(chooser));
    auto &dates = *chooser->findChild<QLineEdit *>(u"dateField"_s);
    QTRY_VERIFY(dates.hasFocus());
    QTest::keyClicks(&dates, u"soon"_s);
    QCOMPARE(chooser->findChild<QLabel *>(u"dateNote"_s)->text(), u"Not a date yet."_s);
    QTest::keyClick(&dates, Qt::Key_Return);
    QVERIFY(chooser->isVisible());
    dates.clear();
    QTest::keyClicks(&dates, u"1.9.2020"_s); // before the first: that is where it begins
    QTest::keyClick(&dates, Qt::Key_Return);
    QTRY_VERIFY(isShown(0));
}

void TestFindInThread::scrollsOnFromTheMiddle()
{
    QVERIFY(openLong());
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field().hasFocus());
    QTest::keyClicks(&field(), u"number 3010"_s);
    QTRY_VERIFY(isShown(3010));
    QTest::keyClick(&field(), Qt::Key_Escape);
    // Down and up through what was not loaded, without a gap and without a jump.
    const auto number = [](const QString &words) { return words.section(u' ', -1).toInt(); };
    const auto check = [this, &number] {
        const QStringList texts = shownTexts();
        for (qsizetype i = 1; i < texts.size(); ++i) {
            if (number(texts.at(i)) != number(texts.at(i - 1)) + 1)
                return false;
        }
        return texts.size() > 3;
    };
    for (int page = 0; page < 30; ++page) {
        const int last = number(shownTexts().constLast());
        // At the end of what is loaded a key waits for more.
        const auto goesDown = [this, &number, last] {
            QTest::keyClick(&thread(), Qt::Key_PageDown);
            return number(shownTexts().constLast()) > last;
        };
        QTRY_VERIFY(goesDown());
        QCOMPARE_LT(number(shownTexts().constLast()), last + 40);
        QVERIFY(check());
    }
    QVERIFY(!thread().isAtNewest());
    for (int page = 0; page < 50; ++page) {
        const int first = number(shownTexts().constFirst());
        const auto goesUp = [this, &number, first] {
            QTest::keyClick(&thread(), Qt::Key_PageUp);
            return number(shownTexts().constFirst()) < first;
        };
        QTRY_VERIFY(goesUp());
        QVERIFY(check());
    }
    QTest::keyClick(&thread(), Qt::Key_End);
    QTRY_VERIFY(isShown(Long - 1));
}

void TestFindInThread::goesToTheFirstUnread()
{
    QVERIFY(openLong(500));
    QTRY_VERIFY(window().conversation(Talker).unread == 0
        || window().inbox.conversations().find(Talker)->conversation.unread == 0);
    QTest::keyClick(&main(), Qt::Key_U, Qt::AltModifier);
    QTRY_VERIFY(isShown(Long - 500));
    QVERIFY(window().open(Sample::Amina));
    QTest::keyClick(&main(), Qt::Key_U, Qt::AltModifier);
    QTRY_COMPARE(text("notice"), u"Nothing was unread here."_s);
}

void TestFindInThread::goesToTheFirstOfToday()
{
    QVERIFY(openLong());
    QTest::keyClick(&main(), Qt::Key_T, Qt::AltModifier);
    int first = 0;
    while (numbered(first).sentAt < SampleNow - SampleNow % Day)
        ++first;
    QTRY_VERIFY(isShown(first));
    QVERIFY(window().open(Sample::Rosa));
    QTest::keyClick(&main(), Qt::Key_T, Qt::AltModifier);
    QTRY_COMPARE(text("notice"), u"Nothing was written today."_s);
}

void TestFindInThread::ownReplyLeadsBack()
{
    QVERIFY(openLong());
    QTest::keyClick(&main(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(field().hasFocus());
    QTest::keyClicks(&field(), u"number 10"_s);
    QTRY_VERIFY(isShown(10));
    // What arrives is not put behind what is shown, where it does not belong.
    Conversation conversation = window().conversation(Talker);
    Message message = numbered(Long);
    conversation.lastMessageAt = message.sentAt = SampleNow;
    conversation.seq = 300'000;
    QVERIFY(window().receive(conversation, message));
    QVERIFY(isShown(10));
    QTest::keyClick(&main(), Qt::Key_R, Qt::ControlModifier);
    auto *editor = window().child<QWidget>("replyEditor");
    QTRY_VERIFY(editor->hasFocus());
    QTest::keyClicks(editor, u"Here"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(thread().isAtNewest());
    QTRY_COMPARE(shownTexts().constLast(), u"Here"_s);
    QVERIFY(isShown(Long));
}

void TestFindInThread::readsDates_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QDate>("day");
    QTest::newRow("iso") << u"2026-10-03"_s << QDate(2026, 10, 3);
    QTest::newRow("as here") << u"03/10/2026"_s << QDate(2026, 10, 3);
    QTest::newRow("points") << u"3.10.2026"_s << QDate(2026, 10, 3);
    QTest::newRow("no year") << u"3.10."_s << QDate(2026, 10, 3);
    QTest::newRow("no year, not yet this year") << u"24.12."_s << QDate(2025, 12, 24);
    QTest::newRow("leap day") << u"29.2."_s << QDate(2024, 2, 29);
    QTest::newRow("month by name") << u"3 october 2025"_s << QDate(2025, 10, 3);
    QTest::newRow("month first") << u"Oct 3"_s << QDate(2026, 10, 3);
    QTest::newRow("today") << u" Today "_s << QDate(2026, 11, 4);
    QTest::newRow("yesterday") << u"yesterday"_s << QDate(2026, 11, 3);
    QTest::newRow("weekday") << u"monday"_s << QDate(2026, 11, 2);
    QTest::newRow("this weekday") << u"Wed"_s << QDate(2026, 11, 4);
    QTest::newRow("nothing") << u""_s << QDate();
    QTest::newRow("no date") << u"soon"_s << QDate();
    QTest::newRow("no such day") << u"31.2.2026"_s << QDate();
    QTest::newRow("very long") << QString(100'000, u'1') << QDate();
}

void TestFindInThread::readsDates()
{
    QFETCH(const QString, words);
    const auto day = dateFromWords(words, QDate(2026, 11, 4), QLocale());
    QTEST(day.value_or(QDate()), "day");
}

QTEST_MAIN(TestFindInThread)
#include "tst_findinthread.moc"
