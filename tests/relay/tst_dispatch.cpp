// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/matching.h"
#include "app/relay/dispatch/sendorder.h"
#include "app/relay/graph/pacing.h"
#include "models/messenger/limits.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;
using Call = Pacing::Call;
using Fate = Finding::Fate;

// The rules by which replies leave: how fast, in which order, and what a list of messages proves.
class TestDispatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noSecondHasMoreThanTheLimit_data()
    {
        QTest::addColumn<Call>("call");
        QTest::addColumn<int>("limit");
        QTest::newRow("texts") << Call::Text << Limits::SendTextPerSecond;
        QTest::newRow("media") << Call::Media << Limits::SendMediaPerSecond;
        QTest::newRow("conversations") << Call::Conversation << Limits::ConversationsPerSecond;
        QTest::newRow("history") << Call::History << Limits::ConversationsPerSecond;
    }
    void noSecondHasMoreThanTheLimit()
    {
        QFETCH(Call, call);
        QFETCH(int, limit);
        ManualClock clock(T);
        Pacing pacing(clock);
        QList<qint64> calls;
        while (clock.now() < T + 10'000) {
            while (pacing.mayCall(Page, call) == 0)
                calls.append(clock.now());
            const qint64 wait = pacing.mayCall(Page, call);
            QVERIFY(wait > 0);
            clock.advance(wait > 1 && calls.size() % 2 == 0 ? wait : 1); // some ask too often
        }
        for (qsizetype first = 0, i = 0; i < calls.size(); ++i) {
            while (calls.at(first) <= calls.at(i) - 1000)
                ++first;
            QVERIFY(i - first + 1 <= limit);
        }
        QVERIFY2(calls.size() >= limit * 8, "far slower than allowed");
    }

    void readingSharesOneLimitAndRepliesDoNot()
    {
        ManualClock clock(T);
        Pacing pacing(clock);
        QCOMPARE(pacing.mayCall(Page, Call::Conversation), 0);
        QVERIFY(pacing.mayCall(Page, Call::History) > 0);
        QCOMPARE(pacing.mayCall(Page, Call::Text), 0);
        QCOMPARE(pacing.mayCall({u"2"_s}, Call::History), 0);
    }

    void usageSlowsDownAndStopsWhatCanWait()
    {
        ManualClock clock(T);
        Pacing pacing(clock);
        pacing.notice(Page, R"({"1":[{"call_count":74}]})", {});
        QCOMPARE(pacing.mayCall(Page, Call::Background), 0);
        pacing.notice(Page, R"({"1":{"call_count":95}})", {});
        QVERIFY(pacing.mayCall(Page, Call::Background) > 0);
        QVERIFY(pacing.mayCall(Page, Call::History) > 0);
        int sent = 0;
        for (int i = 0; i < 1000; ++i, clock.advance(1))
            sent += pacing.mayCall(Page, Call::Text) == 0 ? 1 : 0;
        QVERIFY2(
            sent > 10 && sent < Limits::SendTextPerSecond / 2, qPrintable(QString::number(sent)));
        clock.advance(10 * 60'000); // nothing heard for long
        QCOMPARE(pacing.mayCall(Page, Call::Background), 0);
        pacing.notice(Page, {}, R"({"call_count":91})"); // of the app: for all Pages
        QVERIFY(pacing.mayCall({u"2"_s}, Call::Background) > 0);
        QCOMPARE(pacing.mayCall({u"2"_s}, Call::Text), 0);
    }

    void timeToRegainAccessIsWaitedOut()
    {
        ManualClock clock(T);
        Pacing pacing(clock);
        pacing.notice(Page, R"({"1":[{"estimated_time_to_regain_access":7}]})", {});
        QCOMPARE(pacing.mayCall(Page, Call::Text), 7 * 60'000);
        clock.advance(7 * 60'000 - 1);
        QCOMPARE(pacing.mayCall(Page, Call::Text), 1);
        clock.advance(1);
        QCOMPARE(pacing.mayCall(Page, Call::Text), 0);
    }

    void refusalsInARowPauseTwiceAsLong()
    {
        ManualClock clock(T);
        Pacing pacing(clock);
        const auto throttled = readSendAnswer(400, R"({"error":{"code":613}})", {});
        for (const int minutes : {1, 2, 4, 8, 16, 32, 60, 60}) {
            for (int together = 0; together < 16; ++together)
                pacing.notice(Page, throttled);
            QCOMPARE(pacing.mayCall(Page, Call::Text), minutes * 60'000);
            clock.advance(minutes * 60'000);
        }
        QCOMPARE(pacing.mayCall(Page, Call::Text), 0);
        pacing.notice(Page, readSendAnswer(200, R"({"message_id":"m_1"})", {}));
        pacing.notice(Page, throttled);
        QCOMPARE(pacing.mayCall(Page, Call::Text), 60'000);
    }

    void restrictedPagesStillRead()
    {
        ManualClock clock(T);
        Pacing pacing(clock);
        const auto blocked
            = readSendAnswer(400, R"({"error":{"code":10,"error_subcode":1893063}})", {});
        for (const int minutes : {30, 60, 120, 240, 240}) {
            pacing.notice(Page, blocked);
            QCOMPARE(pacing.mayCall(Page, Call::Text), minutes * 60'000);
            QCOMPARE(pacing.mayCall(Page, Call::Conversation), 0);
            clock.advance(minutes * 60'000);
        }
    }

    void aClockThatIsSetBackMakesNoPauseLonger()
    {
        ManualClock clock(T);
        Pacing pacing(clock);
        pacing.notice(Page, R"({"estimated_time_to_regain_access":1})", {});
        clock.set(T - 10LL * 365 * 86'400'000);
        QCOMPARE(pacing.mayCall(Page, Call::Text), 60'000);
        clock.advance(60'000);
        QCOMPARE(pacing.mayCall(Page, Call::Text), 0);
    }

    void manyPagesAreForgottenAgain()
    {
        ManualClock clock(T);
        Pacing pacing(clock);
        for (int i = 0; i < 5000; ++i)
            QCOMPARE(pacing.mayCall({QString::number(i)}, Call::Text), 0);
        QVERIFY(pacing.pageCount() <= 1000);
    }

    void order_data()
    {
        QTest::addColumn<QStringList>("arrived"); // "group part", or a word for a reply alone
        QTest::addColumn<QString>("begun");
        QTest::addColumn<QStringList>("leaves");
        QTest::newRow("alone") << QStringList{u"x"_s, u"y"_s} << QString()
                               << QStringList{u"x"_s, u"y"_s};
        QTest::newRow("parts backwards") << QStringList{u"a 2"_s, u"a 1"_s, u"a 0"_s} << QString()
                                         << QStringList{u"a 0"_s, u"a 1"_s, u"a 2"_s};
        QTest::newRow("somebody else between") << QStringList{u"a 0"_s, u"x"_s,
            u"a 1"_s} << QString() << QStringList{u"a 0"_s, u"a 1"_s, u"x"_s};
        QTest::newRow("somebody else before") << QStringList{u"x"_s, u"a 1"_s,
            u"a 0"_s} << QString() << QStringList{u"x"_s, u"a 0"_s, u"a 1"_s};
        QTest::newRow("two groups") << QStringList{u"a 1"_s, u"b 1"_s, u"b 0"_s,
            u"a 0"_s} << QString() << QStringList{u"a 0"_s, u"a 1"_s, u"b 0"_s, u"b 1"_s};
        QTest::newRow("the rest of what has begun")
            << QStringList{u"x"_s, u"b 1"_s} << u"b"_s << QStringList{u"b 1"_s, u"x"_s};
    }
    void order()
    {
        QFETCH(QStringList, arrived);
        QFETCH(QString, begun);
        QFETCH(QStringList, leaves);
        QList<Outbound> replies;
        for (const QString &conversation : {u"1-1"_s, u"1-2"_s}) {
            for (const QString &each : std::as_const(arrived)) {
                Outbound outbound;
                outbound.message.conversationId = {conversation};
                outbound.message.text = each;
                outbound.message.arrival = replies.size() + 1;
                if (each.contains(u' ')) {
                    outbound.message.details.group = each.section(u' ', 0, 0);
                    outbound.message.details.part = each.section(u' ', 1).toInt();
                }
                replies.append(outbound);
            }
        }
        QHash<ConversationId, QString> groups;
        if (!begun.isEmpty())
            groups = {{{u"1-1"_s}, begun}, {{u"1-2"_s}, begun}};
        QStringList texts;
        for (const Outbound &outbound : inSendOrder(replies, groups))
            texts.append(outbound.message.text);
        QCOMPARE(texts, leaves + leaves);
    }

    void matching_data()
    {
        QTest::addColumn<QList<qint64>>("began"); // seconds
        QTest::addColumn<QList<qint64>>("there");
        QTest::addColumn<QString>("fates"); // a digit: that message; "-" not there; "?" open
        using List = QList<qint64>;
        QTest::newRow("one there") << List{100} << List{101} << u"0"_s;
        QTest::newRow("one there, clocks apart") << List{100} << List{98} << u"0"_s;
        QTest::newRow("one not there") << List{100} << List{} << u"-"_s;
        QTest::newRow("only an earlier one") << List{100} << List{50} << u"-"_s;
        QTest::newRow("two for one") << List{100} << List{101, 102} << u"?"_s;
        QTest::newRow("two and two") << List{100, 101} << List{101, 102} << u"01"_s;
        QTest::newRow("two of a second") << List{100, 101} << List{101, 101} << u"01"_s;
        QTest::newRow("one for two at once") << List{100, 101} << List{101} << u"??"_s;
        QTest::newRow("one for two, the first") << List{100, 200} << List{101} << u"0-"_s;
        QTest::newRow("one for two, either") << List{100, 200} << List{201} << u"??"_s;
        QTest::newRow("two for the first") << List{100, 200} << List{101, 102} << u"??"_s;
        QTest::newRow("two for three, the first is told")
            << List{100, 200, 201} << List{101, 201} << u"0??"_s;
    }
    void matching()
    {
        QFETCH(QList<qint64>, began);
        QFETCH(QList<qint64>, there);
        QFETCH(QString, fates);
        QList<qint64> startedAt;
        for (const qint64 second : std::as_const(began))
            startedAt.append(T + second * 1000);
        QList<RecentMessage> newestFirst;
        for (qsizetype i = there.size() - 1; i >= 0; --i)
            newestFirst.append({{QString::number(i)}, u"1"_s, u"Yes."_s, T + there.at(i) * 1000});
        QString found;
        for (const Finding &finding : matchByOrder(startedAt, newestFirst, 5000)) {
            found += finding.fate == Fate::There ? finding.message->mid.value
                : finding.fate == Fate::NotThere ? u"-"_s
                                                 : u"?"_s;
        }
        QCOMPARE(found, fates);
    }

    void absenceNeedsTheWholeTime()
    {
        RecentMessages recent;
        QVERIFY(!reachesBackTo(T, recent, 5000)); // Meta does not list the conversation
        recent.messages = {{{u"m"_s}, u"9"_s, {}, T - 4000}};
        QVERIFY(!reachesBackTo(T, recent, 5000));
        recent.messages.append({{u"n"_s}, u"9"_s, {}, T - 6000});
        QVERIFY(reachesBackTo(T, recent, 5000));
        recent.messages.clear();
        recent.complete = true;
        QVERIFY(reachesBackTo(T, recent, 5000));
        QVERIFY(looksLike(u"Yes.\n "_s, u" Yes."_s));
        QVERIFY(!looksLike(u"Yes."_s, u"No."_s));
    }

private:
    static constexpr qint64 T = 1'790'000'000'000;
    static inline const PageId Page{u"1"_s};
};

QTEST_GUILESS_MAIN(TestDispatch)
#include "tst_dispatch.moc"
