// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/windowlengths.h"
#include "ui/composer/composerwords.h"
#include "ui/inbox/conversationwords.h"
#include "ui/inbox/pagewords.h"
#include "ui/inbox/timewords.h"
#include "ui/shell/statuswords.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Now = 1'793'801'340'000; // 2026-11-04 14:09:00 UTC, a Wednesday
constexpr qint64 Minute = 60'000;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;

Conversation conversation(const QString &name = u"Amina"_s)
{
    Conversation result;
    result.contact = {{u"1"_s}, {u"2400000000004821"_s}, name, {}};
    result.lastMessageAt = Now;
    result.lastCustomerAt = Now;
    result.lastText = u"Hello"_s;
    return result;
}

Conversation ours(DeliveryState state)
{
    Conversation result = conversation();
    result.lastDirection = Direction::Out;
    result.lastAuthor = Author::Operator;
    result.lastState = state;
    return result;
}

// Without the signs that isolate foreign text.
QString plain(QString text)
{
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

} // namespace

class TestInboxWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void listTimes_data();
    void listTimes();
    void spans_data();
    void spans();
    void namesPeople();
    void previews_data();
    void previews();
    void tags_data();
    void tags();
    void speaksARow();
    void closedReasons_data();
    void closedReasons();
    void closedReasonsOfPages();
    void whenAPageOpens_data();
    void whenAPageOpens();
    void countsText();
    void connections_data();
    void connections();
};

void TestInboxWords::listTimes_data()
{
    QTest::addColumn<qint64>("at");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << qint64(0) << QString();
    QTest::newRow("today") << Now - 4 * Minute << u"14:05"_s;
    QTest::newRow("ahead of our clock") << Now + Hour << u"15:09"_s;
    QTest::newRow("yesterday") << Now - 15 * Hour << u"Yesterday"_s;
    QTest::newRow("this week") << Now - 6 * Day << u"Thu"_s;
    QTest::newRow("a week ago") << Now - 7 * Day << u"28 Oct"_s;
    QTest::newRow("last year") << Now - 365 * Day << u"4 Nov 2025"_s;
}

void TestInboxWords::listTimes()
{
    QFETCH(const qint64, at);
    QTEST(listTime(at, Now), "words");
}

void TestInboxWords::spans_data()
{
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QString>("shortWords");
    QTest::addColumn<QString>("longWords");
    QTest::newRow("almost over") << qint64(1) << u"1 min"_s << u"1 min"_s;
    QTest::newRow("rounded up") << 34 * Minute + 1 << u"35 min"_s << u"35 min"_s;
    QTest::newRow("hours") << 100 * Minute << u"1 h 40"_s << u"1 h 40 min"_s;
    QTest::newRow("two digits") << 185 * Minute << u"3 h 05"_s << u"3 h 5 min"_s;
    QTest::newRow("even") << 4 * Hour << u"4 h 00"_s << u"4 h"_s;
    QTest::newRow("below two days") << 26 * Hour << u"26 h 00"_s << u"26 h"_s;
    QTest::newRow("days") << 5 * Day + Hour << u"121 h 00"_s << u"5 days"_s;
}

void TestInboxWords::spans()
{
    QFETCH(const qint64, length);
    QTEST(shortSpan(length), "shortWords");
    QTEST(longSpan(length), "longWords");
}

void TestInboxWords::namesPeople()
{
    QCOMPARE(displayName(conversation().contact), u"Amina"_s);
    QCOMPARE(displayName(conversation({}).contact), u"Name not shared · …4821"_s);
    QCOMPARE(displayName(conversation(u" \n "_s).contact), u"Name not shared · …4821"_s);
    // A name cannot turn the words around it.
    QVERIFY(!displayName(conversation(u"Eve\u202Eevil"_s).contact).contains(QChar(0x202E)));
    QCOMPARE(groupedPsid({u"2400000000000017"_s}), u"2400 0000 0000 0017"_s);
    QCOMPARE(groupedPsid({u"24000"_s}), u"2400 0"_s);
}

void TestInboxWords::previews_data()
{
    QTest::addColumn<Conversation>("conversation");
    QTest::addColumn<QString>("draft");
    QTest::addColumn<QString>("words");
    QTest::newRow("theirs") << conversation() << QString() << u"Hello"_s;
    QTest::newRow("ours") << ours(DeliveryState::Read) << QString() << u"You: Hello"_s;
    QTest::newRow("draft first") << conversation() << u"Hi\nthere"_s << u"Draft: Hi there"_s;
    QTest::newRow("blank draft") << conversation() << u" \n"_s << u"Hello"_s;
    Conversation elsewhere = ours(DeliveryState::Received);
    elsewhere.lastAuthor = Author::Elsewhere;
    QTest::newRow("from elsewhere") << elsewhere << QString() << u"Page: Hello"_s;
    Conversation place = conversation();
    place.lastText.clear();
    place.lastAttachment = AttachmentKind::Location;
    place.lastAttachmentCount = 1;
    QTest::newRow("a place") << place << QString() << u"📍 Location"_s;
    place.lastAttachmentCount = 0;
    place.lastAttachment = AttachmentKind::Unknown;
    QTest::newRow("nothing at all") << place << QString() << QString();
}

void TestInboxWords::previews()
{
    QFETCH(const Conversation, conversation);
    QFETCH(const QString, draft);
    QTEST(plain(previewLine(conversation, draft)), "words");
}

void TestInboxWords::tags_data()
{
    QTest::addColumn<Conversation>("conversation");
    QTest::addColumn<QList<RowTag>>("expected");
    using Tags = QList<RowTag>;
    QTest::newRow("plenty of time") << conversation() << Tags{};
    Conversation soon = conversation();
    soon.lastCustomerAt = Now - StandardWindowMs + 100 * Minute;
    QTest::newRow("running out") << soon << Tags{{TagKind::Warn, u"1 h 40"_s}};
    Conversation closed = conversation();
    closed.lastCustomerAt = Now - 2 * Day;
    QTest::newRow("closed") << closed << Tags{{TagKind::Bad, u"closed"_s}};
    closed.state = ConversationState::Resolved;
    QTest::newRow("resolved") << closed << Tags{};
    QTest::newRow("failed") << ours(DeliveryState::Failed) << Tags{{TagKind::Bad, u"failed"_s}};
    Conversation assistant = ours(DeliveryState::Read);
    assistant.lastAuthor = Author::Assistant;
    QTest::newRow("assistant") << assistant << Tags{{TagKind::Good, u"assistant"_s}};
    Conversation never = conversation();
    never.lastCustomerAt = 0;
    QTest::newRow("never written") << never << Tags{};
}

void TestInboxWords::tags()
{
    QFETCH(const Conversation, conversation);
    QFETCH(const QList<RowTag>, expected);
    const ReplyWindow window = replyWindow(conversation.lastCustomerAt, Now, false);
    QVERIFY(rowTags(conversation, window, Now) == expected);
}

void TestInboxWords::speaksARow()
{
    Conversation waiting = conversation();
    waiting.unread = 2;
    waiting.lastCustomerAt = Now - StandardWindowMs + 100 * Minute;
    const ReplyWindow window = replyWindow(waiting.lastCustomerAt, Now, false);
    const QString spoken
        = plain(spokenRow(waiting, {{u"1"_s}, u"Bakery"_s, {}, {}, {}, {}}, window, {}, Now));
    QCOMPARE(spoken, u"Amina, Bakery, Hello, 14:09, 2 unread, reply window closes in 1 h 40 min"_s);
}

void TestInboxWords::closedReasons_data()
{
    QTest::addColumn<qint64>("lastCustomerAt");
    QTest::addColumn<PageState>("state");
    QTest::addColumn<bool>("humanAgent");
    QTest::addColumn<QString>("begins");
    const auto fine = PageState::Connected;
    QTest::newRow("open") << Now << fine << false << QString();
    QTest::newRow("closed today") << Now - 26 * Hour << fine << false
                                  << u"The reply window closed today at 12:09. Facebook"_s;
    QTest::newRow("closed yesterday")
        << Now - 2 * Day << fine << false << u"The reply window closed yesterday at 14:09."_s;
    QTest::newRow("closed long ago")
        << Now - 10 * Day << fine << false << u"The reply window closed on 26 Oct at 14:09."_s;
    QTest::newRow("human agent") << Now - 2 * Day << fine << true << QString();
    QTest::newRow("human agent over") << Now - 8 * Day << fine << true
                                      << u"The reply window closed yesterday at 14:09. Facebook "
                                         "lets a person"_s;
    QTest::newRow("never") << qint64(0) << fine << false << u"This person has not written yet."_s;
    QTest::newRow("needs login") << Now << PageState::NeedsLogin << false
                                 << u"Bakery has lost its login at Facebook"_s;
    QTest::newRow("removed") << Now << PageState::Removed << false
                             << u"Bakery is not connected to this workspace any more."_s;
}

void TestInboxWords::closedReasonsOfPages()
{
    Conversation asked = conversation();
    asked.lastCustomerAt = Now;
    Page page{{u"1"_s}, u"Bakery"_s, {}, PageState::NeedsLogin, false, 1};
    page.health.care.token = TokenProblem::PasswordChanged;
    const ReplyWindow window = replyWindow(Now, Now, false);
    const QString lost = closedReason(asked, page, window, Now, false);
    QVERIFY2(lost.contains(u"password"_s) && lost.contains(u"An admin"_s), qPrintable(lost));
    const QString told = closedReason(asked, page, window, Now, true);
    QVERIFY2(told.contains(u"Connect the Page again"_s), qPrintable(told));
    QVERIFY2(!told.contains(u"n admin"_s), qPrintable(told));
    QCOMPARE(pageCure(page), PageCure::ConnectAgain);
    page.health.care.token = TokenProblem::Checkpoint;
    QCOMPARE(pageCure(page), PageCure::Doctor);
    page.state = PageState::Connected;
    page.health.care = {};
    page.health.care.missingPermissions = {u"pages_messaging"_s};
    const QString mute = closedReason(asked, page, window, Now, false);
    QVERIFY2(mute.contains(u"receives messages and may not answer"_s), qPrintable(mute));
    QVERIFY(mute.contains(u"An admin must"_s));
    QVERIFY(!closedReason(asked, page, window, Now, true).contains(u"n admin"_s));
    QCOMPARE(pageCure(page), PageCure::ConnectAgain);
    page.health.care = {};
    QCOMPARE(pageCure(page), PageCure::None);
    page.settings.receive = false;
    QCOMPARE(pageCure(page), PageCure::Settings);
    QVERIFY(!composerNote(page).contains(u"n admin"_s));
    // Another app has it: who, why nothing goes out, and what became of the wish to have it.
    page.health.care = {};
    page.settings.receive = true;
    asked.ownerApp = u"263902037430900"_s;
    const QString held = closedReason(asked, page, window, Now, false);
    QVERIFY2(held.startsWith(u"This conversation is with the Page inbox at Facebook."_s)
            && held.contains(u"nothing goes out"_s),
        qPrintable(held));
    asked.takingFailed = FailureKind::NotThreadOwner;
    QVERIFY(closedReason(asked, page, window, Now, false).contains(u"the Page's default app"_s));
    asked.takingSince = Now;
    QVERIFY(closedReason(asked, page, window, Now, false).contains(u"is being asked"_s));
    // What Facebook has refused is said where the window is over.
    asked.ownerApp.clear();
    page.health.care.agentRefusedAt = Now;
    const QString late
        = closedReason(asked, page, replyWindow(Now - 2 * Day, Now, false), Now, false);
    QVERIFY2(late.contains(u"refused to this Page"_s), qPrintable(late));
}

void TestInboxWords::closedReasons()
{
    QFETCH(const qint64, lastCustomerAt);
    QFETCH(const PageState, state);
    QFETCH(const bool, humanAgent);
    QFETCH(const QString, begins);
    Conversation asked = conversation();
    asked.lastCustomerAt = lastCustomerAt;
    const Page page{{u"1"_s}, u"Bakery"_s, {}, state, humanAgent, 1};
    const QString reason
        = closedReason(asked, page, replyWindow(lastCustomerAt, Now, humanAgent), Now, false);
    QCOMPARE(reason.isEmpty(), begins.isEmpty());
    QVERIFY2(reason.startsWith(begins), qPrintable(reason));
}

// Told in the time of this computer, which is UTC here, two hours behind the Page's.
void TestInboxWords::whenAPageOpens_data()
{
    QTest::addColumn<int>("day"); // on which it is open; 0 is Monday, -1 none
    QTest::addColumn<int>("from"); // o'clock at the Page
    QTest::addColumn<QDate>("off");
    QTest::addColumn<QString>("words");
    QTest::newRow("open") << 2 << 9 << QDate() << QString();
    QTest::newRow("later today") << 2 << 18 << QDate() << u"Closed now, opens at 16:00"_s;
    QTest::newRow("on Monday") << 0 << 9 << QDate() << u"Closed now, opens Mon 07:00"_s;
    QTest::newRow("after a holiday")
        << 0 << 9 << QDate(2026, 11, 9) << u"Closed now, opens 16/11/2026 07:00"_s;
    QTest::newRow("never") << -1 << 9 << QDate() << u"Closed now"_s;
}

void TestInboxWords::whenAPageOpens()
{
    QFETCH(const int, day);
    QFETCH(const int, from);
    QFETCH(const QDate, off);
    QFETCH(const QString, words);
    Page page{{u"1"_s}, u"Bakery"_s, {}};
    QCOMPARE(closedNowWords(page, Now), QString()); // no hours
    page.settings.hours.zone = u"Africa/Cairo"_s;
    if (day >= 0)
        page.settings.hours.week.at(std::size_t(day)) = {{from * 60, std::min(from + 8, 24) * 60}};
    if (off.isValid())
        page.settings.hours.daysOff = {off};
    QCOMPARE(closedNowWords(page, Now), words.isEmpty() ? QString() : words);
    QCOMPARE(pageDetail(page, Now).contains(u"Closed now"_s), !words.isEmpty());
}

void TestInboxWords::countsText()
{
    QCOMPARE(textFill(replyText(u" \n "_s)), TextFill::Empty);
    QCOMPARE(textFill(replyText(u" hi "_s)), TextFill::Fits);
    QCOMPARE(textFill(QString(1799, u'x')), TextFill::Fits);
    QCOMPARE(textFill(QString(1800, u'x')), TextFill::Nearly);
    QCOMPARE(textFill(QString(2000, u'x')), TextFill::Nearly);
    QCOMPARE(textFill(QString(2001, u'x')), TextFill::Over);
    QCOMPARE(textFill(u"😀"_s.repeated(1001)), TextFill::Over); // counted in UTF-16 units
}

void TestInboxWords::connections_data()
{
    QTest::addColumn<ConnectionStatus>("status");
    QTest::addColumn<qint64>("lastConnectedAt");
    QTest::addColumn<QString>("words");
    QTest::addColumn<ConnectionWords::Offer>("offer");
    using State = ConnectionState;
    using Offer = ConnectionWords::Offer;
    const auto row
        = [](const char *name, State state, qint64 retryAt, qint64 last, const QString &words) {
              QTest::newRow(name) << ConnectionStatus{state, u"relay"_s, Now, retryAt, {}} << last
                                  << words
                                  << (state == State::Offline          ? Offer::Retry
                                             : state == State::Refused ? Offer::Join
                                                                       : Offer::Nothing);
          };
    row("live", State::Live, 0, 0, u"Live"_s);
    row("catching up", State::CatchingUp, 0, 0, u"Catching up"_s);
    row("connecting", State::Connecting, 0, 0, u"Connecting"_s);
    row("never connected", State::Offline, 0, 0, u"Offline."_s);
    row("offline", State::Offline, Now + 11'200, Now - 7 * Minute,
        u"Offline, last connected 14:02. Retrying in 12 s"_s);
    row("a long pause", State::Offline, Now + 5 * Minute, 0, u"Offline. Retrying in 5 min"_s);
    row("overdue", State::Offline, Now - 1, 0, u"Offline. Retrying in 1 s"_s);
    row("refused", State::Refused, 0, 0,
        u"This device is no longer let in. Ask an admin for a new invite."_s);
}

void TestInboxWords::connections()
{
    QFETCH(const ConnectionStatus, status);
    QFETCH(const qint64, lastConnectedAt);
    const ConnectionWords shown = connectionWords(status, lastConnectedAt, Now);
    QTEST(shown.text, "words");
    QTEST(shown.offer, "offer");
    QCOMPARE(outboxWords(0), u"Outbox empty"_s);
    QCOMPARE(operatorWords({{u"o"_s}, u"Ada"_s, Role::Agent, true, 1}), u"Ada · Agent"_s);
    QCOMPARE(operatorWords({}), QString());
}

QTEST_MAIN(TestInboxWords)
#include "tst_inboxwords.moc"
