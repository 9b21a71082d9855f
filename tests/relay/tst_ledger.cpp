// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/projector.h"
#include "app/relay/ledger/events.h"
#include "app/relay/ledger/pages.h"

#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

// A ledger that an earlier version has written.
class TestLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesFromBeforeTheyNamedTheirEventStayOnce()
    {
        QTemporaryDir folder;
        {
            Database first;
            QVERIFY(first.open(
                {.path = Ledger::databasePath(folder.path()), .migrations = FirstVersion}));
            QVERIFY(run(first, [](Connection &connection) -> Result<> {
                constexpr const char *Message
                    = "INSERT INTO message (id, page_id, conversation_id, mid, direction, author, "
                      "author_name, text, attachments, reply_to, sent_at, arrival, state, "
                      "delivered_at, read_at, failure, deadline_at, tries, next_try_at, seq) "
                      "VALUES (?, '7', '7-9', 'm_1', 1, 1, '', 'Hello', '', '', 5, 1, 1, 0, 0, 0, "
                      "0, 0, 0, 1)";
                constexpr const char *Event
                    = "INSERT INTO event (received_at, page_id, kind, state, reason, dedup_key, "
                      "item, duplicate) VALUES (5, '7', 1, 1, '', ?, ?, 0)";
                const auto event = readWebhook(Body).constFirst();
                const auto id = messageIdFor(event.pageId, event.mid);
                if (const auto done = connection.exec(Message, {id.value}); !done)
                    return failure(done.error());
                if (const auto done = connection.exec(Event, {event.dedupKey, event.raw}); !done)
                    return failure(done.error());
                return {};
            }));
        }
        Ledger ledger;
        QVERIFY(ledger.open(folder.path()));
        Projection again;
        QList<StoredEvent> events;
        QVERIFY(run(ledger.database(), [&](Connection &connection) -> Result<> {
            Ledger::Touched touched;
            const auto projected
                = projectEvents(connection, Intake(readWebhook(Body), 6), Care::Fast, touched);
            const auto kept = eventsAfter(connection, 0, {}, 10);
            if (!projected || !kept)
                return failure(projected ? kept.error() : projected.error());
            again = *projected;
            events = *kept;
            return {};
        }));
        QCOMPARE(again.fresh, 0);
        QCOMPARE(again.duplicates, 1);
        QCOMPARE(events.size(), 2);
        QVERIFY(!events.at(0).duplicate);
        QVERIFY(events.at(1).duplicate);
        QCOMPARE(events.at(1).item, events.at(0).item);
    }

private:
    static Result<> run(Database &database, Database::Work work)
    {
        std::promise<Result<>> done;
        database.submit(
            std::move(work), [&done](const Result<> &result) { done.set_value(result); });
        return done.get_future().get();
    }

    static constexpr std::array FirstVersion{
        Migration{1, ":/sql/ledger/sqlite/001_first_ledger.sql"}};
    static constexpr const char *Body
        = R"({"object":"page","entry":[{"id":"7","time":5,"messaging":[{"sender":{"id":"9"},)"
          R"("recipient":{"id":"7"},"timestamp":1790000000005,"message":{"mid":"m_1","text":"Hello"}}]}]})";
};

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
