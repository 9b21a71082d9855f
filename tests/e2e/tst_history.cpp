// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/detailsjson.h"
#include "models/store/query.h"
#include "tests/e2e/world.h"
#include "tests/load/regime.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// What was said before a Page was connected, and what was said while the relay was away.
class TestHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
    }
    void cleanup() { m_world.reset(); }

    // 300 conversations, read over two SIGKILLs, while customers of the same conversations write.
    void aHistoryIsReadToItsEnd()
    {
        constexpr int Conversations = 300;
        constexpr int OfEach = 3;
        auto random = randomFor();
        makePage();
        past(Conversations, OfEach);
        addPage();
        int live = 0;
        for (const int calls : {2 + int(random.bounded(3)), 6 + int(random.bounded(3))}) {
            QTRY_VERIFY_WITH_TIMEOUT(conversationCalls().size() >= calls, 60'000);
            for (int i = 0; i < 10; ++i)
                writes(random.bounded(Conversations), u"live %1"_s.arg(live++));
            m_world->relay.kill();
            QVERIFY2(m_world->startRelay(), m_world->why().constData());
        }
        QTRY_COMPARE_WITH_TIMEOUT(health().history, HistoryState::Done, 120'000);
        QTRY_COMPARE_WITH_TIMEOUT(
            ledgerMessages().size(), qsizetype(Conversations * OfEach + live), 60'000);
        QCOMPARE(health().historyConversations, Conversations);
        QCOMPARE(health().historyUnavailable, 0);
        QVERIFY(health().completeSince > 0);
        // Once, and in order.
        QStringList mids;
        QHash<QString, qint64> lastAt;
        QHash<QString, int> next;
        for (const Kept &kept : ledgerMessages()) {
            mids.append(kept.mid);
            QVERIFY(kept.sentAt >= lastAt.value(kept.conversation));
            lastAt.insert(kept.conversation, kept.sentAt);
            if (kept.text.startsWith(u"Past "))
                QCOMPARE(kept.text.section(u'.', 1).toInt(), next[kept.conversation]++);
        }
        QCOMPARE(QSet<QString>(mids.begin(), mids.end()).size(), mids.size());
        // Only who wrote now waits for an answer.
        const auto waiting = number("SELECT count(*) FROM conversation WHERE page_id = '70066' "
                                    "AND unread > 0");
        QVERIFY(waiting > 0 && waiting <= live);
        const auto calls = conversationCalls();
        for (qsizetype i = 2; i < calls.size(); ++i)
            QVERIFY2(calls.at(i) - calls.at(i - 2) >= 1000, "more than two calls in a second");
        report("history",
            QByteArray::number(mids.size()) + " messages by " + QByteArray::number(calls.size())
                + " calls over two kills");
    }

    void whatMetaDoesNotGiveIsSaid()
    {
        makePage();
        past(2, 33);
        addPage();
        QTRY_COMPARE_WITH_TIMEOUT(health().history, HistoryState::Done, 60'000);
        QCOMPARE(ledgerMessages().size(), 2 * 20);
        QCOMPARE(health().historyUnavailable, 2 * 13);
    }

    void anExpiredTokenStopsAndANewOneGoesOn()
    {
        makePage();
        past(200, 1);
        addPage();
        QTRY_VERIFY_WITH_TIMEOUT(health().historyConversations >= 25, 60'000);
        QCOMPARE(m_world
                     ->fault({{u"target"_s, u"graph"_s}, {u"fault"_s, u"expired_token"_s},
                         {u"count"_s, -1}, {u"pageId"_s, Page}})
                     .status,
            200);
        QTRY_COMPARE_WITH_TIMEOUT(health().history, HistoryState::Stopped, 60'000);
        QVERIFY(!health().historyProblem.isEmpty());
        QVERIFY(m_world->command({u"page"_s, u"list"_s}).contains("needs_login"));
        const auto parked = m_world->lines({u"jobs"_s, u"--parked"_s});
        QCOMPARE(parked.size(), 1);
        QCOMPARE(parked.first().value(u"kind"_s).toString(), u"history"_s);
        QVERIFY(!parked.first().value(u"attempts"_s).toArray().isEmpty());
        QVERIFY(http("GET", m_world->relayUrl(u"/metrics"_s)).body.contains("jobs_parked 1\n"));
        http("DELETE", m_world->sandboxUrl(u"/_sandbox/faults"_s));
        addPage();
        QTRY_COMPARE_WITH_TIMEOUT(health().history, HistoryState::Done, 60'000);
        QCOMPARE(ledgerMessages().size(), 200);
        QCOMPARE(m_world->lines({u"jobs"_s, u"--parked"_s}).size(), 0);
    }

    // Away for more than an hour, Meta stops telling. Afterwards nothing is missing.
    void whatWasMissedIsRecovered()
    {
        const int rounds = isLongForm() ? 200 : 5;
        makePage();
        addPage();
        QTRY_COMPARE_WITH_TIMEOUT(health().history, HistoryState::Done, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(health().verifiedAt > 0, 60'000);
        moveClock(3'600'000);
        QSet<QString> missed;
        QSet<QString> seen;
        for (int round = 0; round < rounds; ++round) {
            seen.insert(writes(round % 7, u"seen %1"_s.arg(round)));
            QTRY_COMPARE_WITH_TIMEOUT(ledgerMessages().size(), seen.size() + missed.size(), 60'000);
            m_world->relay.kill();
            for (int i = 0; i < 3; ++i)
                missed.insert(writes(i, u"refused %1 %2"_s.arg(round).arg(i)));
            moveClock(61 * 60'000);
            QTRY_VERIFY_WITH_TIMEOUT(!isSubscribed(), 60'000);
            for (int i = 0; i < 3; ++i)
                missed.insert(writes(i + 2, u"untold %1 %2"_s.arg(round).arg(i)));
            QVERIFY2(m_world->startRelay(), m_world->why().constData());
            QTRY_VERIFY_WITH_TIMEOUT(isSubscribed(), 60'000);
            QTRY_COMPARE_WITH_TIMEOUT(ledgerMessages().size(), seen.size() + missed.size(), 60'000);
        }
        for (const Kept &kept : ledgerMessages()) {
            QVERIFY(missed.contains(kept.mid) || seen.contains(kept.mid));
            QCOMPARE(kept.isRecovered, missed.contains(kept.mid));
        }
        QTRY_COMPARE(health().recovered, missed.size());
        QVERIFY(health().subscribed);
        QCOMPARE(health().gaps, 0);
        report("outage",
            QByteArray::number(rounds) + " rounds, " + QByteArray::number(missed.size())
                + " messages recovered");
    }

    void aHoleIsCounted()
    {
        makePage();
        past(1, 1);
        addPage();
        QTRY_COMPARE_WITH_TIMEOUT(health().history, HistoryState::Done, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(health().verifiedAt > 0, 60'000);
        m_world->relay.kill();
        moveClock(3'600'000);
        for (int i = 0; i < 25; ++i)
            writes(0, u"untold %1"_s.arg(i));
        moveClock(61 * 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!isSubscribed(), 60'000);
        QVERIFY(m_world->startRelay());
        QTRY_COMPARE_WITH_TIMEOUT(ledgerMessages().size(), 21, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(health().gaps, 1, 60'000);
    }

private:
    static inline const QString Page = u"70066"_s;

    struct Kept {
        QString mid;
        QString conversation;
        QString text;
        qint64 sentAt = 0;
        bool isRecovered = false;
    };

    QJsonObject control(const QString &path, const QJsonObject &body)
    {
        return http(
            "POST", m_world->sandboxUrl(u"/_sandbox/"_s + path), QJsonDocument(body).toJson())
            .json();
    }

    void makePage()
    {
        control(u"pages"_s, {{u"pageId"_s, Page}, {u"name"_s, u"Corner Shop"_s}});
        QFile token(m_world->folder() + u"/token"_s);
        QVERIFY(token.open(QIODevice::WriteOnly));
        token.write("sandbox-page-token-" + Page.toLatin1());
    }
    void addPage()
    {
        int code = 0;
        m_world->command({u"page"_s, u"add"_s, u"--page-id"_s, Page, u"--name"_s, u"Corner Shop"_s,
                             u"--token-file"_s, m_world->folder() + u"/token"_s},
            &code);
        QVERIFY2(code == 0, m_world->why().constData());
    }
    void past(int conversations, int messages)
    {
        const auto written = control(u"past"_s,
            {{u"pageId"_s, Page}, {u"conversations"_s, conversations}, {u"messages"_s, messages}});
        QCOMPARE(written.value(u"written"_s).toInt(), conversations * messages);
    }
    QString writes(qint64 customer, const QString &text)
    {
        return control(u"customers/%1/messages"_s.arg(27'000'000'000'000'001 + customer),
            {{u"pageId"_s, Page}, {u"text"_s, text}})
            .value(u"mid"_s)
            .toString();
    }
    void moveClock(qint64 ms) { control(u"clock"_s, {{u"advanceMs"_s, ms}}); }

    bool isSubscribed()
    {
        const auto state = http("GET", m_world->sandboxUrl(u"/_sandbox/state"_s)).json();
        for (const QJsonValue &page : state.value(u"pages"_s).toArray()) {
            if (page[u"id"_s].toString() == Page)
                return page[u"subscribed"_s].toBool();
        }
        return false;
    }
    QList<qint64> conversationCalls()
    {
        QList<qint64> times;
        const auto answer
            = http("GET", m_world->sandboxUrl(u"/_sandbox/calls?pageId=70066"_s)).json();
        for (const QJsonValue &call : answer.value(u"calls"_s).toArray()) {
            if (call[u"path"_s].toString().endsWith(u"/conversations"_s))
                times.append(call[u"afterMs"_s].toInteger());
        }
        return times;
    }

    std::unique_ptr<Connection> ledger()
    {
        auto opened = Connection::open(
            QDir(m_world->data()).filePath(u"ledger.db"_s), Connection::Access::ReadOnly);
        return opened ? std::move(*opened) : nullptr;
    }
    QList<Kept> ledgerMessages()
    {
        const auto connection = ledger();
        const auto rows = connection->all("SELECT mid, conversation_id, text, sent_at, details "
                                          "FROM message WHERE page_id = '70066' "
                                          "ORDER BY conversation_id, sent_at, arrival",
            {}, [](const Row &row) {
                return Kept{row.text(0), row.text(1), row.text(2), row.integer(3),
                    detailsFromText(row.text(4)).recovered};
            });
        return rows ? *rows : QList<Kept>();
    }
    PageHealth health()
    {
        const auto connection = ledger();
        const auto text = connection->one("SELECT health FROM page WHERE id = '70066'", {},
            [](const Row &row) { return row.text(0); });
        return text && *text ? healthFromText(**text) : PageHealth();
    }
    qint64 number(const char *sql)
    {
        const auto connection = ledger();
        const auto found = connection->one(sql, {}, [](const Row &row) { return row.integer(0); });
        return found ? found->value_or(-1) : -1;
    }

    std::unique_ptr<World> m_world;
};

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
