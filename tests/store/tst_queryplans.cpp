// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/steps.h"
#include "tests/bench/samplereplica.h"
#include "tests/support/rows.h"
#include "tests/support/temporaryreplica.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <sqlite3.h>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Messages = 100'000;

// Notes the SQL of every statement that runs, as the stores write it.
int noteStatement(unsigned, void *statements, void *statement, void *)
{
    static_cast<QStringList *>(statements)
        ->append(QString::fromUtf8(sqlite3_sql(static_cast<sqlite3_stmt *>(statement))));
    return 0;
}

Result<QStringList> planOf(Connection &connection, const QString &sql)
{
    sqlite3_stmt *statement = nullptr;
    const QByteArray explained = "EXPLAIN QUERY PLAN " + sql.toUtf8();
    if (sqlite3_prepare_v2(
            connection.sqliteHandle(), explained.constData(), -1, &statement, nullptr)
        != SQLITE_OK)
        return failure(Error::Kind::Storage, sql);
    QStringList plan;
    while (sqlite3_step(statement) == SQLITE_ROW)
        plan.append(
            QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, 3))));
    sqlite3_finalize(statement);
    return plan;
}

} // namespace

class TestQueryPlans : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void longListsUseTheirIndex_data();
    void longListsUseTheirIndex();
    void aPageOfALongThreadIsQuick();

private:
    // The plans of all statements that `work` runs.
    template <typename F> Result<QStringList> plansOf(F work)
    {
        return m_replica->read([work](Connection &connection) -> Result<QStringList> {
            QStringList statements;
            sqlite3_trace_v2(
                connection.sqliteHandle(), SQLITE_TRACE_STMT, &noteStatement, &statements);
            const auto done = work(connection);
            sqlite3_trace_v2(connection.sqliteHandle(), 0, nullptr, nullptr);
            if (!done)
                return failure(done.error());
            QStringList plans;
            for (const QString &sql : std::as_const(statements)) {
                const auto plan = planOf(connection, sql);
                if (!plan)
                    return failure(plan.error());
                plans += *plan;
            }
            return plans;
        });
    }

    std::unique_ptr<TemporaryReplica> m_replica;
    ConversationId m_longest;
};

void TestQueryPlans::initTestCase()
{
    m_replica = std::make_unique<TemporaryReplica>();
    m_replica->close();
    PAGEDESK_SUCCEEDS(makeSampleReplica(m_replica->path(), {Messages, 2000}, {}, Noon));
    PAGEDESK_SUCCEEDS(m_replica->open());
    const auto longest = m_replica->read([](Connection &connection) {
        return connection.one("SELECT conversation_id FROM message GROUP BY 1 "
                              "ORDER BY count(*) DESC LIMIT 1",
            {}, [](const Row &row) { return ConversationId{row.text(0)}; });
    });
    PAGEDESK_SUCCEEDS(longest);
    m_longest = **longest;
}

void TestQueryPlans::longListsUseTheirIndex_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("plan");
    const QString inThread = u"SEARCH message USING INDEX message_in_thread"_s;
    QTest::newRow("newest messages")
        << u"newest"_s
        << QStringList{
               inThread + u" (conversation_id=? AND pending=? AND (sent_at,arrival,id)<(?,?,?))"_s};
    QTest::newRow("messages before one")
        << u"before"_s
        << QStringList{
               inThread + u" (conversation_id=? AND pending=? AND (sent_at,arrival,id)<(?,?,?))"_s};
    QTest::newRow("replies on their way")
        << u"pending"_s << QStringList{inThread + u" (conversation_id=? AND pending=?)"_s};
    QTest::newRow("one conversation")
        << u"conversation"_s
        << QStringList{u"SEARCH conversation USING PRIMARY KEY (id=?)"_s,
               u"SEARCH command USING INDEX command_by_conversation (conversation_id=?)"_s,
               u"SEARCH message USING INDEX message_only_here (conversation_id=?)"_s};
    QTest::newRow("all conversations")
        << u"conversations"_s
        << QStringList{u"SCAN conversation"_s, u"SCAN command"_s,
               u"SCAN message USING INDEX message_only_here"_s, u"USE TEMP B-TREE FOR ORDER BY"_s};
}

void TestQueryPlans::longListsUseTheirIndex()
{
    QFETCH(QString, query);
    QFETCH(QStringList, plan);
    const Message middle = inbound(u"1"_s, u"9"_s, u"middle"_s, Noon - 86'400'000, 1);
    const auto plans = plansOf([&](Connection &connection) -> Result<> {
        if (query == u"newest")
            return done(MessageStore::slice(connection, {u"none"_s}, std::nullopt, 50));
        if (query == u"before")
            return done(MessageStore::slice(connection, {u"none"_s}, middle, 50));
        if (query == u"pending")
            return done(MessageStore::pending(connection, m_longest));
        if (query == u"conversation")
            return done(ConversationStore::find(connection, m_longest));
        return done(ConversationStore::all(connection));
    });
    PAGEDESK_SUCCEEDS(plans);
    QCOMPARE(*plans, plan);
}

// Not a measurement, but a guard against the wrong order of magnitude.
void TestQueryPlans::aPageOfALongThreadIsQuick()
{
    std::optional<Message> first;
    int seen = 0;
    QElapsedTimer timer;
    timer.start();
    int pages = 0;
    for (; pages < 20; ++pages) {
        const auto slice = m_replica->read([&](Connection &connection) {
            return MessageStore::slice(connection, m_longest, first, 200);
        });
        PAGEDESK_SUCCEEDS(slice);
        QCOMPARE(slice->size(), 200);
        QVERIFY(std::is_sorted(slice->begin(), slice->end(), isBefore));
        QVERIFY(!first || isBefore(slice->constLast(), *first));
        seen += int(slice->size());
        first = slice->constFirst();
    }
    QCOMPARE(seen, 4000);
    QVERIFY2(
        timer.elapsed() / pages < 100, qPrintable(u"%1 ms a page"_s.arg(timer.elapsed() / pages)));
}

QTEST_GUILESS_MAIN(TestQueryPlans)
#include "tst_queryplans.moc"
