// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/inspectiontext.h"
#include "ui/thread/noticetext.h"
#include "ui/thread/threadtext.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 T = 1'782'000'000'000; // 2026-06-21 00:00:00 UTC

ThreadWords words()
{
    ThreadWords result;
    result.locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
    result.now = T + 3'600'000;
    return result;
}

Message line(Notice notice, const QString &text = {})
{
    Message message;
    message.author = Author::System;
    message.text = text;
    message.sentAt = T;
    message.details.notice = notice;
    return message;
}

} // namespace

// What a thread says about the rarer events, and what the details of a message tell.
class TestNoticeText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyNoticeHasWordsOfItsOwn()
    {
        QSet<QString> seen;
        for (int number = int(Notice::Referral); number <= int(Notice::TakeOverFailed); ++number) {
            const auto notice = static_cast<Notice>(number);
            if (notice == Notice::Platform)
                continue; // Meta's own words
            const QString text = noticeText(line(notice));
            QVERIFY2(!text.isEmpty(), qPrintable(noticeName(notice)));
            QVERIFY2(!seen.contains(text), qPrintable(text));
            seen.insert(text);
        }
        QCOMPARE(noticeText(line(Notice::Platform, u"Handed over"_s)), u"Handed over"_s);
    }

    void controlSaysWhoHasItNow()
    {
        QCOMPARE(noticeText(line(Notice::ControlPassed, u"263902037430900"_s)),
            u"The conversation was handed over to the Page inbox at Facebook"_s);
        QCOMPARE(noticeText(line(Notice::ControlTaken, u"330012"_s)),
            u"The conversation was taken over by another app (330012)"_s);
        Message ours = line(Notice::ControlPassed, u"330011"_s);
        ours.details.subject = QString::fromLatin1(OurApp);
        QCOMPARE(noticeText(ours), u"The conversation was handed over to this workspace"_s);
        // What Meta refused says the cause and where the cure is.
        Message failed = line(Notice::TakeOverFailed);
        failed.authorName = u"Ada"_s;
        failed.details.subject = u"263902037430900"_s;
        failed.details.payload = failureKindName(FailureKind::NotThreadOwner);
        const QString said = noticeText(failed);
        QVERIFY2(said.contains(u"could not take this conversation over"_s), qPrintable(said));
        QVERIFY2(said.contains(u"conversation routing"_s), qPrintable(said));
    }

    void decisionsSayWhoWhatAndWhy()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        const auto said = [](Notice notice, const QString &subject, const QString &comment) {
            Message decision = line(notice, comment);
            decision.authorName = u"Ada"_s;
            decision.details.subject = subject;
            decision.details.until = T + 9 * 3'600'000;
            return noticeText(decision).remove(QChar(0x2068)).remove(QChar(0x2069));
        };
        QCOMPARE(said(Notice::Taken, {}, {}), u"Ada took this conversation"_s);
        QCOMPARE(said(Notice::Assigned, u"Ben"_s, u"speaks Thai\nplease"_s),
            u"Ada gave this conversation to Ben: “speaks Thai\u2028please”"_s);
        QCOMPARE(said(Notice::PutBack, u"Evening"_s, {}),
            u"Ada put this back into the queue of Evening"_s);
        QCOMPARE(
            said(Notice::Snoozed, {}, {}), u"Ada snoozed this until Sunday, 21 June 2026, 09:00"_s);
        QCOMPARE(said(Notice::Prioritised, u"urgent"_s, {}), u"Ada marked this as urgent"_s);
        QCOMPARE(said(Notice::Labelled, u"VIP"_s, {}), u"Ada added the label VIP"_s);
        QCOMPARE(said(Notice::TakenOver, u"263902037430900"_s, {}),
            u"Ada took this conversation over from the Page inbox at Facebook"_s);
        QCOMPARE(said(Notice::TakenOver, u"other"_s, {}),
            u"Ada took this conversation over from another app"_s);
        // A name cannot turn the words around it, and no number of characters is too many.
        const QString hostile = said(Notice::Assigned, u"\u202Ex"_s + QString(5000, u'y'), {});
        QVERIFY(hostile.size() < 200 && !hostile.contains(QChar(0x202E)));
    }

    void whatComesFromOutsideIsOneTameLine()
    {
        const QString hostile = u"<b>a</b>\n\u202Eb\u0007"_s + QString(5000, u'c');
        for (const Notice notice : {Notice::Optin, Notice::Order, Notice::Unsupported}) {
            const QString text = noticeText(line(notice, hostile));
            QVERIFY(text.size() < 300);
            QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x202E)));
            QVERIFY(text.contains(u"<b>a</b>")); // shown to the letter, by labels of plain text
        }
        Message referral = line(Notice::Referral);
        referral.details.referral.ref = hostile;
        QVERIFY(!noticeText(referral).contains(u'\n'));
    }

    void howTheyCame()
    {
        Message message = line(Notice::Referral);
        QCOMPARE(noticeText(message), u"Came through a link"_s);
        message.details.referral.ref = u"flyer7"_s;
        QCOMPARE(noticeText(message), u"Came through a link with the mark “flyer7”"_s);
        message.details.referral.source = u"ADS"_s;
        QCOMPARE(noticeText(message), u"Came from an advertisement"_s);
        message.details.referral.adTitle = u"Spring sale"_s;
        QCOMPARE(noticeText(message), u"Came from the advertisement “Spring sale”"_s);
    }

    void remarksStandBesideTheTime()
    {
        Message message;
        message.text = u"Hello"_s;
        message.sentAt = T;
        QVERIFY(remarks(message).isEmpty());
        QVERIFY(!metaText(message, words()).contains(u'·'));
        message.details.reactions = {{false, u"❤"_s, T}, {true, {}, T}};
        message.details.edits = 2;
        message.details.editedAt = T + 1000;
        message.details.unsentAt = T + 2000;
        message.details.recovered = true;
        QCOMPARE(remarks(message),
            QStringList(
                {u"❤"_s, u"Edited"_s, u"Taken back by the sender"_s, u"Recovered later"_s}));
        QVERIFY(metaText(message, words()).contains(u"Edited · Taken back"));
        QVERIFY(accessibleSentence(message, words()).contains(u"Edited"));
    }

    // Nobody gave it: the Page's settings did.
    void aTeamIsGivenByTheSettings()
    {
        Message line;
        line.author = Author::System;
        line.direction = Direction::Note;
        line.details.notice = Notice::AssignedTeam;
        line.details.subject = u"Evening"_s;
        const QString words = noticeText(line);
        QVERIFY2(words.startsWith(u"This conversation went to the team"), qPrintable(words));
        QVERIFY(words.contains(u"Evening"));
        line.authorName = u"Ada"_s;
        QVERIFY(noticeText(line).contains(u"Ada"));
    }

    void theTooltipKeepsEveryText()
    {
        Message message;
        message.text = u"three"_s;
        message.sentAt = T;
        message.details.earlier = {{0, u"one"_s, T}, {1, u"two"_s, T + 61'000}};
        message.details.edits = 2;
        message.details.editedAt = T + 120'000;
        message.details.reactions = {{true, u"😊"_s, T + 180'000}, {false, {}, T + 181'000}};
        const QString lines = historyLines(message, words()).join(u'\n');
        QVERIFY(lines.contains(u"First: one"));
        QVERIFY(lines.contains(u"00:01:01: two"));
        QVERIFY(lines.contains(u"Last edited: "));
        QVERIFY(lines.contains(u"The Page reacted 😊"));
        QVERIFY(lines.contains(u"Reaction taken back"));
        QVERIFY(exactTimeText(message, words()).contains(u"First: one"));
    }

    void whoSentItElsewhere()
    {
        Message message;
        message.direction = Direction::Out;
        message.author = Author::Elsewhere;
        QCOMPARE(authorText(message, words()), u"Sent outside Pagedesk"_s);
        message.details.viaApp = u"263902037430900"_s;
        QCOMPARE(authorText(message, words()), u"Sent from Meta's inbox"_s);
    }

    void theDetailsTellTheWholeWay()
    {
        Wire::Inspection inspection;
        QCOMPARE(
            inspectionText(inspection, words().locale), u"The relay does not know this message."_s);
        Message message;
        message.id = {u"0199"_s};
        message.mid = {u"m_1"_s};
        message.pageId = {u"7"_s};
        message.conversationId = {u"7-9"_s};
        message.text = u"two"_s;
        message.sentAt = T;
        message.details.earlier = {{0, u"one"_s, T}};
        message.details.editedAt = T + 60'000;
        inspection.message = message;
        inspection.storedAt = T + 1250;
        inspection.events = {{12, T + 1250, u"message"_s, true, u"{\"mid\":\n\"m_1\"}"_s}};
        inspection.attempts = {{T, T + 80, u"failed"_s, 400, 10, 2018278, u"AxTrace"_s}};
        const QString text = inspectionText(inspection, words().locale);
        for (const QString &part : {u"0199"_s, u"m_1"_s, u"On its way: 1.250 s"_s, u"took 80 ms"_s,
                 u"code 10/2018278, trace AxTrace"_s, u"Event 12 of"_s, u"A repeated delivery"_s,
                 u"one"_s, u"00:00:01.250"_s})
            QVERIFY2(text.contains(part), qPrintable(part + u'\n' + text));
    }

    void whatMetaSentIsLaidOutToTheLetter()
    {
        Wire::Inspection inspection;
        inspection.message = Message();
        QString raw
            = u"{'n':12345678901234567890,'t':'a {b}, [c]: \\'d\\'','list':[1.50,{}],'e':[]}"_s;
        raw.replace(u'\'', u'"');
        inspection.events = {{1, T, u"message"_s, false, raw}};
        const QString text = inspectionText(inspection, words().locale);
        const QStringList expected{u"  {"_s, u"    'n': 12345678901234567890,"_s,
            u"    't': 'a {b}, [c]: \\'d\\'',"_s, u"    'list': ["_s, u"      1.50,"_s,
            u"      {}"_s, u"    ],"_s, u"    'e': []"_s, u"  }"_s};
        QString wanted = expected.join(u'\n');
        wanted.replace(u'\'', u'"');
        QVERIFY2(text.endsWith(wanted), qPrintable(text));
        // Deep, cut off or endless: shown all the same, and not much longer.
        for (const QString &hostile : {QString(50'000, u'['), QString(50'000, u'}'), u"{\"a"_s,
                 u"\"\\"_s, QString(70'000, u'[')}) {
            inspection.events = {{1, T, u"message"_s, false, hostile}};
            QVERIFY(inspectionText(inspection, words().locale).size() < 3'000'000);
        }
    }
};

QTEST_GUILESS_MAIN(TestNoticeText)
#include "tst_noticetext.moc"
