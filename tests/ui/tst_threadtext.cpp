// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/threadgallery.h"
#include "ui/errortext.h"
#include "ui/thread/threadtext.h"

#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Test;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Day = 24 * 60 * Minute;

ThreadWords words()
{
    ThreadWords result;
    result.locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
    result.now = Noonish + 30 * Minute;
    result.ownName = u"Leila"_s;
    result.contactName = u"Amina Mansour"_s;
    return result;
}

} // namespace

class TestThreadText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void days_data();
    void days();
    void times();
    void states_data();
    void states();
    void metaLines();
    void authors_data();
    void authors();
    void attachments_data();
    void attachments();
    void onlyHelpfulFailuresCanBeSentAgain();
    void exactTimes();
    void accessibleSentences();
};

void TestThreadText::days_data()
{
    QTest::addColumn<int>("daysAgo");
    QTest::addColumn<QString>("text");
    QTest::newRow("today") << 0 << u"Today"_s;
    QTest::newRow("yesterday") << 1 << u"Yesterday"_s;
    QTest::newRow("weekday") << 2 << u"Monday"_s; // 4 Nov 2026 is a Wednesday
    QTest::newRow("six days") << 6 << u"Thursday"_s;
    QTest::newRow("a week") << 7 << u"28 Oct 2026"_s;
    QTest::newRow("a year") << 366 << u"3 Nov 2025"_s;
    QTest::newRow("a clock ahead") << -1 << u"5 Nov 2026"_s;
}

void TestThreadText::days()
{
    QFETCH(const int, daysAgo);
    QTEST(dayText(localTime(Noonish).date().addDays(-daysAgo), words()), "text");
}

void TestThreadText::times()
{
    QCOMPARE(timeText(Noonish, words().locale), u"13:58"_s);
    QCOMPARE(timeText(Noonish, QLocale::c()), u"13:58"_s);
    QCOMPARE(timeText(Noonish, QLocale(QLocale::German)), u"13:58"_s);
    const QString american
        = timeText(Noonish, QLocale(QLocale::English, QLocale::UnitedStates)).simplified();
    QVERIFY2(american.startsWith(u"1:58"_s) && american.endsWith(u"PM"_s), qPrintable(american));
}

void TestThreadText::states_data()
{
    QTest::addColumn<DeliveryState>("state");
    QTest::addColumn<qint64>("after"); // when it was delivered or read, after it was sent
    QTest::addColumn<bool>("online");
    QTest::addColumn<QString>("text");
    using S = DeliveryState;
    QTest::newRow("elsewhere") << S::Received << 0LL << true << QString();
    QTest::newRow("queued") << S::Queued << 0LL << true << u"Queued"_s;
    QTest::newRow("queued offline")
        << S::Queued << 0LL << false << u"Queued: leaves when you are back online"_s;
    QTest::newRow("sending") << S::Sending << 0LL << true << u"Sending…"_s;
    QTest::newRow("unknown") << S::Unknown << 0LL << true << u"Not confirmed by Meta yet"_s;
    QTest::newRow("sent") << S::Sent << 0LL << true << u"Sent"_s;
    QTest::newRow("delivered, no time") << S::Delivered << 0LL << true << u"Delivered"_s;
    QTest::newRow("delivered later") << S::Delivered << 2 * Minute << true << u"Delivered 14:00"_s;
    QTest::newRow("read at once") << S::Read << qint64(1000) << true << u"Read"_s;
    QTest::newRow("read later") << S::Read << 3 * Minute << true << u"Read 14:01"_s;
    QTest::newRow("read days later") << S::Read << 2 * Day << true << u"Read Yesterday, 13:58"_s;
}

void TestThreadText::states()
{
    QFETCH(const DeliveryState, state);
    QFETCH(const qint64, after);
    QFETCH(const bool, online);
    Message message = reply(1, u"Hello"_s, state);
    message.deliveredAt = state == DeliveryState::Delivered && after ? Noonish + after : 0;
    message.readAt = state == DeliveryState::Read && after ? Noonish + after : 0;
    ThreadWords with = words();
    with.online = online;
    with.now = Noonish + 3 * Day;
    QTEST(stateText(message, with), "text");
}

void TestThreadText::metaLines()
{
    Message message = reply(1, u"Hello"_s, DeliveryState::Read);
    message.readAt = Noonish + 3 * Minute;
    QCOMPARE(metaText(message, words()), u"13:58 · Read 14:01"_s);
    QCOMPARE(metaText(reply(1, u"Hello"_s, DeliveryState::Sending), words()), u"Sending…"_s);
    QCOMPARE(metaText(textMessage(1, u"Hello"_s), words()), u"13:58"_s);

    Message photos = textMessage(1, {});
    photos.attachments = {attachment(AttachmentKind::Image, AttachmentState::Captured)};
    QCOMPARE(metaText(photos, words()), u"13:58 · Photo, kept here"_s);
    photos.attachments.append(photos.attachments.first());
    QCOMPARE(metaText(photos, words()), u"13:58 · 2 photos, kept here"_s);
    photos.attachments.append(attachment(AttachmentKind::Image, AttachmentState::Pending));
    QCOMPARE(metaText(photos, words()), u"13:58 · 3 photos, being fetched"_s);

    Message failed = reply(1, u"Hello"_s, DeliveryState::Failed);
    failed.failure = FailureKind::Unreachable;
    QCOMPARE(metaText(failed, words()), u"13:58 · "_s + failureText(FailureKind::Unreachable));
}

void TestThreadText::authors_data()
{
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<Author>("author");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    using D = Direction;
    QTest::newRow("customer") << D::In << Author::Contact << QString() << QString();
    QTest::newRow("me") << D::Out << Author::Operator << u"Leila"_s << QString();
    QTest::newRow("colleague") << D::Out << Author::Operator << u"Omar"_s << u"Omar"_s;
    QTest::newRow("assistant") << D::Out << Author::Assistant << u"Bakery assistant"_s
                               << u"Bakery assistant"_s;
    QTest::newRow("nameless assistant")
        << D::Out << Author::Assistant << QString() << u"Automatic answer"_s;
    QTest::newRow("elsewhere") << D::Out << Author::Elsewhere << u"x"_s
                               << u"Sent outside Pagedesk"_s;
    QTest::newRow("note") << D::Note << Author::Operator << u"Leila"_s
                          << u"Note by Leila, only your team sees this"_s;
    QTest::newRow("broken name") << D::Out << Author::Operator << u"O\nm\u202Ear"_s
                                 << u"O m\u2060ar"_s;
}

void TestThreadText::authors()
{
    QFETCH(const Direction, direction);
    QFETCH(const Author, author);
    QFETCH(const QString, name);
    Message message = textMessage(1, u"Hello"_s);
    message.direction = direction;
    message.author = author;
    message.authorName = name;
    QTEST(authorText(message, words()), "text");
}

void TestThreadText::attachments_data()
{
    QTest::addColumn<int>("index"); // in attachmentThread()
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("detail");
    QTest::newRow("video") << 0 << u"delivery.mp4"_s << u"Video, 4.8 MB"_s;
    QTest::newRow("voice") << 1 << u"Voice message"_s << u"81.0 kB"_s;
    QTest::newRow("expired") << 3 << u"Photo"_s << u"Gone at Meta before it was kept"_s;
    QTest::newRow("refused") << 4 << u"setup.exe"_s
                             << u"Not kept: this kind of file could do harm"_s;
    QTest::newRow("pending") << 5 << u"Video"_s << u"Being fetched"_s;
    QTest::newRow("location") << 6 << u"Kochstraße 12"_s << u"52.50632, 13.39124"_s;
    QTest::newRow("link") << 7 << u"The best cakes in town"_s << u"blog.example.org"_s;
    QTest::newRow("reel") << 8 << u"Reel"_s << u"Open it in Messenger to see it"_s;
    QTest::newRow("template") << 9 << u"Order BB-10482"_s << u"Card with buttons"_s;
    QTest::newRow("unknown") << 11 << u"Cannot be shown here"_s
                             << u"Open it in Messenger to see it"_s;
}

void TestThreadText::attachments()
{
    QFETCH(const int, index);
    const Attachment shown = attachmentThread().at(index).attachments.first();
    QTEST(attachmentTitle(shown), "title");
    QTEST(attachmentDetail(shown, words().locale), "detail");
}

void TestThreadText::onlyHelpfulFailuresCanBeSentAgain()
{
    Message message = reply(1, u"Hello"_s, DeliveryState::Failed);
    message.failure = FailureKind::Unreachable;
    QVERIFY(canSendAgain(message));
    message.failure = FailureKind::TooLong;
    QVERIFY(!canSendAgain(message));
    QVERIFY(!canSendAgain(reply(1, u"Hello"_s, DeliveryState::Unknown)));
    QVERIFY(!canSendAgain(textMessage(1, u"Hello"_s)));
}

void TestThreadText::exactTimes()
{
    Message message = reply(1, u"Hello"_s, DeliveryState::Read);
    message.deliveredAt = Noonish + 1500;
    message.readAt = Noonish + 3 * Minute;
    QCOMPARE(exactTimeText(message, words()),
        u"Sent: Wednesday, 4 November 2026, 13:58:00\n"
        "Delivered: Wednesday, 4 November 2026, 13:58:01\n"
        "Read: Wednesday, 4 November 2026, 14:01:00"_s);
    QVERIFY(exactTimeText(textMessage(1, u"x"_s), words()).startsWith(u"Received: "_s));
    const Message waiting = reply(1, u"x"_s, DeliveryState::Queued);
    QVERIFY(exactTimeText(waiting, words()).startsWith(u"Written: "_s));
}

void TestThreadText::accessibleSentences()
{
    Message message = reply(1, u"All right"_s, DeliveryState::Read);
    message.readAt = Noonish + 3 * Minute;
    QCOMPARE(accessibleSentence(message, words()), u"You, Today 13:58: All right. Read 14:01"_s);
    Message photo = textMessage(2, u"Look"_s);
    photo.attachments = {attachment(AttachmentKind::Video, AttachmentState::Expired)};
    QCOMPARE(accessibleSentence(photo, words()),
        u"Amina Mansour, Today 13:58: Look. Video, Gone at Meta before it was kept"_s);
}

QTEST_GUILESS_MAIN(TestThreadText)
#include "tst_threadtext.moc"
