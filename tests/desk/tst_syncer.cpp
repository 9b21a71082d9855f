// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/desk/desk.h"

#include "models/store/replica/draftstore.h"
#include "models/store/replica/operatorstore.h"

#include <QRegularExpression>
#include <QSignalSpy>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId Nine = {u"1-9"_s};

Result<StreamProgress> progressOf(TemporaryReplica &replica, const QString &stream)
{
    return replica.read([stream](Connection &connection) -> Result<StreamProgress> {
        const auto found = StreamStore::find(connection, stream);
        if (!found)
            return failure(found.error());
        if (!*found)
            return failure(Error::Kind::NotFound, u"no such stream"_s);
        return **found;
    });
}

QStringList idsOf(const Result<Threads::Slice> &slice)
{
    QStringList ids;
    if (slice) {
        for (const Message &message : slice->messages)
            ids.append(message.id.value);
    }
    return ids;
}

// What a relay has in the stream of Page "1": conversations and messages at rising positions.
struct Ledger {
    QList<Conversation> conversations; // newest activity first
    QMap<qint64, Wire::Entity> rows;

    explicit Ledger(int conversationCount, int messagesEach)
    {
        qint64 seq = 0;
        rows.insert(++seq, page(u"1"_s, 1));
        for (int m = 0; m < messagesEach; ++m) {
            for (int c = 0; c < conversationCount; ++c) {
                const QString id = u"%1.%2"_s.arg(c).arg(m);
                ++seq;
                rows.insert(seq, inbound(u"1"_s, QString::number(c), id, Noon + seq, seq));
            }
        }
        for (int c = 0; c < conversationCount; ++c) {
            ++seq;
            const auto row = conversation(u"1"_s, QString::number(c), Noon + seq, seq);
            rows.insert(seq, row);
            conversations.prepend(row);
        }
    }
    qint64 head() const { return rows.lastKey(); }

    Wire::Answer answer(const Wire::ConversationsRequest &request) const
    {
        Wire::Answer answer{request.id, {}, 0, false, {}};
        for (const Conversation &row : conversations) {
            const bool below = request.beforeAt == 0 || row.lastMessageAt < request.beforeAt;
            if (below && answer.entities.size() < request.limit)
                answer.entities.append(row);
            else if (below)
                answer.more = true;
        }
        return answer;
    }
    Wire::Answer answer(const Wire::HistoryRequest &request) const
    {
        Wire::Answer answer{request.id, {}, 0, false, {}};
        auto it = rows.lowerBound(request.beforeSeq);
        while (it != rows.begin() && answer.entities.size() < request.limit) {
            --it;
            answer.entities.append(it.value());
        }
        answer.more = it != rows.begin();
        answer.lowestSeq = answer.more ? it.key() : 0;
        return answer;
    }
};

// Answers the desktop's requests from the ledger until its stream is complete, or until `cuts`
// answers were given. True when it is complete.
bool serve(ScriptedRelay &relay, const Ledger &ledger, int answers)
{
    for (int i = 0; i < answers; ++i) {
        const auto frame = relay.next();
        if (!frame)
            return true;
        if (const auto *list = std::get_if<Wire::ConversationsRequest>(&*frame))
            relay.say(ledger.answer(*list));
        else if (const auto *history = std::get_if<Wire::HistoryRequest>(&*frame))
            relay.say(ledger.answer(*history));
        else
            return false;
    }
    return false;
}

} // namespace

class TestSyncer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void firstSightOfAnInbox();
    void resumesAfterACutAnywhere();
    void catchesUpFromWhatIsStored();
    void changesOvertakeHistory();
    void deletedRowsStayAway();
    void duplicateAndOverlappingChanges();
    void aGapIsAskedForAnew();
    void revokedStreamLeavesNothing();
    void relayThatLostItsPast();
    void streamAddedOnLine();
    void streamRemovedOnLine();
    void anotherOriginBeginsAnew();
    void historyThatLeadsNowhere();
    void refusedHistoryDoesNotEndTheConnection();
};

void TestSyncer::firstSightOfAnInbox()
{
    const Ledger ledger(450, 2);
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    const auto hello
        = desk.connectTo(relay, {{u"1"_s, ledger.head(), true}, {u"workspace"_s, 1, true}});
    QVERIFY(hello);
    QCOMPARE(hello->cursors, (QHash<QString, Wire::Cursor>()));
    QCOMPARE(desk.session.status().state, ConnectionState::Connecting);

    // The conversations first, 200 at a time; one request a stream.
    auto list = relay.expect<Wire::ConversationsRequest>();
    QVERIFY(list);
    QCOMPARE(list->beforeAt, 0);
    QCOMPARE(list->limit, 200);
    const auto operators = relay.expect<Wire::HistoryRequest>();
    QVERIFY(operators);
    QCOMPARE(operators->stream, u"workspace"_s);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
    relay.say(Wire::Answer{operators->id, {desk.self}, 0, false, {}});
    QCOMPARE(desk.session.status().state, ConnectionState::CatchingUp);
    relay.say(ledger.answer(*list));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    const auto shown = await(desk.conversations.all());
    PAGEDESK_SUCCEEDS(shown);
    QCOMPARE(*shown, ledger.conversations.first(200));

    for (const qsizetype here : {200, 400}) {
        list = relay.expect<Wire::ConversationsRequest>();
        QVERIFY(list);
        QCOMPARE(list->beforeId, ledger.conversations.at(here - 1).id);
        relay.say(ledger.answer(*list));
    }
    auto history = relay.expect<Wire::HistoryRequest>();
    QVERIFY(history);
    QCOMPARE(history->beforeSeq, ledger.head() + 1);
    relay.say(ledger.answer(*history));
    QVERIFY(!serve(relay, ledger, 6)); // 1351 rows in pages of 200
    QTRY_VERIFY(progressOf(replica, u"1"_s)->isComplete());
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
    QCOMPARE(*await(desk.conversations.all()), ledger.conversations);
    QCOMPARE(idsOf(await(desk.threads.newest({u"1-7"_s}, 50))), (QStringList{u"7.0"_s, u"7.1"_s}));
    QCOMPARE(await(desk.conversations.pages())->constFirst().name, u"Page 1"_s);
}

// The connection breaks after every single answer; still everything arrives, each page once.
void TestSyncer::resumesAfterACutAnywhere()
{
    const Ledger ledger(410, 3);
    TemporaryReplica replica;
    ScriptedRelay relay;
    auto desk = std::make_unique<Desk>(replica, relay.url());
    desk->session.start();
    int connections = 0;
    qint64 lastTail = ledger.head() + 2;
    for (; connections < 30; ++connections) {
        const auto hello = desk->greet(relay, {{u"1"_s, ledger.head(), connections == 0}});
        QVERIFY(hello);
        if (connections > 0) {
            const Wire::Cursor cursor = hello->cursors.value(u"1"_s);
            QCOMPARE(cursor.head, ledger.head());
            QVERIFY(cursor.tail <= lastTail);
            lastTail = cursor.tail;
            if (cursor.tail == 0)
                break;
        }
        serve(relay, ledger, 1);
        QTRY_VERIFY(relay.hasHeard() || progressOf(replica, u"1"_s)->isComplete()); // it is stored
        if (connections % 3 == 2) { // the program dies instead
            desk.reset();
            replica.close();
            relay.hangUp();
            PAGEDESK_SUCCEEDS(replica.open());
            desk = std::make_unique<Desk>(replica, relay.url());
            desk->session.start();
        } else {
            relay.hangUp();
            QTRY_COMPARE(desk->session.status().state, ConnectionState::Offline);
            desk->session.retryNow();
        }
    }
    // 3 pages of conversations and 9 of history, each asked for once.
    QCOMPARE(connections, 12);
    QCOMPARE(*await(desk->conversations.all()), ledger.conversations);
    const auto count = replica.read([](Connection &connection) {
        return connection.one(
            "SELECT count(*) FROM message", {}, [](const Row &row) { return row.number(0); });
    });
    PAGEDESK_SUCCEEDS(count);
    QCOMPARE(**count, 3 * 410);
}

void TestSyncer::catchesUpFromWhatIsStored()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    const auto hello = desk.connectTo(relay, {{u"1"_s, 30, false}});
    QVERIFY(hello);
    QCOMPARE(hello->cursors, (QHash<QString, Wire::Cursor>{{u"1"_s, {10, 0}}}));
    relay.say(Wire::Changes{u"1"_s, 10, 20, {inbound(u"1"_s, u"9"_s, u"second"_s, Noon, 15)}});
    QTRY_COMPARE(progressOf(replica, u"1"_s)->head, 20);
    QCOMPARE(desk.session.status().state, ConnectionState::CatchingUp); // 30 was promised
    relay.say(Wire::Changes{u"1"_s, 20, 30, {}});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    QCOMPARE(idsOf(await(desk.threads.newest(Nine, 50))), (QStringList{u"first"_s, u"second"_s}));
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

// While a page of history is on its way, one of its rows changes: the change is newer and stays.
void TestSyncer::changesOvertakeHistory()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5, true}}));
    const auto list = relay.expect<Wire::ConversationsRequest>();
    QVERIFY(list);
    relay.say(Wire::Answer{list->id, {conversation(u"1"_s, u"9"_s, Noon, 5)}, 0, false, {}});
    const auto history = relay.expect<Wire::HistoryRequest>();
    QVERIFY(history);
    Message read = outbound(u"1"_s, u"9"_s, u"reply"_s, Noon, 6, DeliveryState::Read);
    Message sent = outbound(u"1"_s, u"9"_s, u"reply"_s, Noon, 4, DeliveryState::Sent);
    relay.say(Wire::Changes{u"1"_s, 5, 6, {read}});
    relay.say(
        Wire::Answer{history->id, {conversation(u"1"_s, u"9"_s, Noon, 5), sent}, 0, false, {}});
    QTRY_VERIFY(progressOf(replica, u"1"_s)->isComplete());
    const auto slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(slice->messages, QList{read});
}

void TestSyncer::deletedRowsStayAway()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QSignalSpy removed(&desk.threads, &Threads::messagesRemoved);
    QSignalSpy gone(&desk.conversations, &Conversations::conversationsRemoved);
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 10, false}}));
    relay.say(Wire::Changes{u"1"_s, 10, 12,
        {Wire::Tombstone{u"message"_s, u"first"_s, 11},
            Wire::Tombstone{u"conversation"_s, u"1-9"_s, 12}}});
    QTRY_COMPARE(removed.size(), 1);
    QCOMPARE(gone.size(), 1);
    // An older version of them, which was under way, does not bring them back; a newer one does.
    relay.say(Wire::Changes{u"1"_s, 12, 13,
        {inbound(u"1"_s, u"9"_s, u"first"_s, Noon, 3), conversation(u"1"_s, u"9"_s, Noon, 4),
            inbound(u"1"_s, u"8"_s, u"other"_s, Noon, 13)}});
    QTRY_COMPARE(progressOf(replica, u"1"_s)->head, 13);
    QCOMPARE(idsOf(await(desk.threads.newest(Nine, 50))), QStringList());
    QCOMPARE(await(desk.conversations.all())->size(), 0);
    relay.say(Wire::Changes{u"1"_s, 13, 14, {conversation(u"1"_s, u"9"_s, Noon, 14)}});
    QTRY_COMPARE(await(desk.conversations.all())->size(), 1);
}

void TestSyncer::duplicateAndOverlappingChanges()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 10, false}}));
    const Wire::Changes second{u"1"_s, 10, 11, {inbound(u"1"_s, u"9"_s, u"second"_s, Noon, 11)}};
    const Wire::Changes both{u"1"_s, 10, 12,
        {inbound(u"1"_s, u"9"_s, u"second"_s, Noon, 11),
            inbound(u"1"_s, u"9"_s, u"third"_s, Noon + 1, 12)}};
    for (const Wire::Changes &changes : {second, second, both, second, both})
        relay.say(changes);
    QTRY_COMPARE(progressOf(replica, u"1"_s)->head, 12);
    QCOMPARE(idsOf(await(desk.threads.newest(Nine, 50))),
        (QStringList{u"first"_s, u"second"_s, u"third"_s}));
    QVERIFY(relay.isConnected());
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

void TestSyncer::aGapIsAskedForAnew()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 10, false}}));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    relay.say(Wire::Changes{u"1"_s, 11, 12, {inbound(u"1"_s, u"9"_s, u"third"_s, Noon, 12)}});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Conflict);
    QCOMPARE(progressOf(replica, u"1"_s)->head, 10);
    // It comes back by itself and says what it has.
    const auto hello = desk.greet(relay, {{u"1"_s, 12, false}});
    QVERIFY(hello);
    QCOMPARE(hello->cursors.value(u"1"_s), (Wire::Cursor{10, 0}));
    relay.say(Wire::Changes{u"1"_s, 10, 12,
        {inbound(u"1"_s, u"9"_s, u"second"_s, Noon, 11),
            inbound(u"1"_s, u"9"_s, u"third"_s, Noon, 12)}});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    QCOMPARE(idsOf(await(desk.threads.newest(Nine, 50))),
        (QStringList{u"first"_s, u"second"_s, u"third"_s}));
}

void TestSyncer::revokedStreamLeavesNothing()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, u"too late"_s)));
    desk.drafts.set(Nine, u"a draft"_s);
    desk.drafts.flush();
    QSignalSpy gone(&desk.conversations, &Conversations::conversationsRemoved);
    QSignalSpy pages(&desk.conversations, &Conversations::pagesChanged);
    QVERIFY(desk.connectTo(relay, {{u"workspace"_s, 0, true}}));
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(
        pages.constLast().constFirst().value<QList<Page>>().constFirst().state, PageState::Removed);
    QTRY_COMPARE(desk.outbox.waiting(), 0);
    const auto left = replica.read([](Connection &connection) {
        return connection.one(
            "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM page) "
            "+ (SELECT count(*) FROM conversation) + (SELECT count(*) FROM draft) "
            "+ (SELECT count(*) FROM command) "
            "+ (SELECT count(*) FROM stream WHERE name = '1')",
            {}, [](const Row &row) { return row.number(0); });
    });
    PAGEDESK_SUCCEEDS(left);
    QCOMPARE(**left, 0);
}

// The relay was restored from an old copy: what we have is ahead of it and does not fit.
void TestSyncer::relayThatLostItsPast()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica, 100));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    const auto reply = await(desk.outbox.send(Nine, u"still to be sent"_s));
    PAGEDESK_SUCCEEDS(reply);
    // Another one it had confirmed, and has forgotten since.
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) {
        Message confirmed = outbound(u"1"_s, u"9"_s, u"forgotten"_s, Noon - 500, 0);
        confirmed.state = DeliveryState::Queued;
        return MessageStore::add(writer, confirmed);
    }));
    QSignalSpy reset(&desk.conversations, &Conversations::reset);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"begins anew"_s));
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 50, false}}));
    CommandId command;
    QVERIFY(relay.expectCommand<Wire::SendReply>(&command)); // what was written here is not lost
    const auto list = relay.expect<Wire::ConversationsRequest>();
    QVERIFY(list);
    QTRY_COMPARE(reset.size(), 1);
    QCOMPARE(await(desk.conversations.all())->size(), 0);
    relay.say(
        Wire::Answer{list->id, {conversation(u"1"_s, u"9"_s, Noon - 5000, 40)}, 0, false, {}});
    const auto history = relay.expect<Wire::HistoryRequest>();
    QVERIFY(history);
    QCOMPARE(history->beforeSeq, 51);
    relay.say(Wire::Answer{history->id, {}, 0, false, {}});
    QTRY_VERIFY(progressOf(replica, u"1"_s)->isComplete());
    const auto slice = await(desk.threads.newest(Nine, 50));
    QCOMPARE(idsOf(slice), (QStringList{u"forgotten"_s, reply->value}));
    QCOMPARE(slice->messages.constFirst().state, DeliveryState::Unknown);
    QCOMPARE(await(desk.conversations.all())->constFirst().lastText, u"still to be sent"_s);
}

void TestSyncer::streamAddedOnLine()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {}));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    relay.say(Wire::StreamAdded{{u"2"_s, 0, true}});
    relay.say(Wire::Changes{u"2"_s, 0, 1, {page(u"2"_s, 1)}});
    QTRY_COMPARE(await(desk.conversations.pages())->size(), 1);
    QCOMPARE(progressOf(replica, u"2"_s)->head, 1);
    QVERIFY(progressOf(replica, u"2"_s)->isComplete());
    QCOMPARE(desk.session.status().state, ConnectionState::Live);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

void TestSyncer::streamRemovedOnLine()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 10, false}}));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    desk.drafts.set(Nine, u"not for us any more"_s);
    desk.drafts.flush();
    QSignalSpy changed(&replica.get(), &Replica::changed);
    relay.say(Wire::StreamRemoved{u"1"_s});
    QTRY_COMPARE(await(desk.conversations.all())->size(), 0);
    QVERIFY(!progressOf(replica, u"1"_s));
    QCOMPARE(await(desk.threads.newest(Nine, 50))->messages.size(), 0);
    QVERIFY(await(desk.drafts.text(Nine))->isEmpty());
    QCOMPARE(desk.session.status().state, ConnectionState::Live);
    // And given again: from the beginning.
    relay.say(Wire::StreamAdded{{u"1"_s, 10, true}});
    const auto list = relay.expect<Wire::ConversationsRequest>();
    QVERIFY(list);
    QCOMPARE(list->stream, u"1"_s);
}

void TestSyncer::anotherOriginBeginsAnew()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    PAGEDESK_SUCCEEDS(await(desk.syncer.adopt({u"http://old"_s, {u"op-1"_s}, u"Amal"_s})));
    desk.drafts.set(Nine, u"kept"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"another place's rows"_s));
    PAGEDESK_SUCCEEDS(await(desk.syncer.adopt({u"http://new"_s, {u"op-1"_s}, u"Amal"_s})));
    QCOMPARE(await(desk.conversations.all())->size(), 0);
    QVERIFY(!progressOf(replica, u"1"_s));
    QCOMPARE(*await(desk.drafts.text(Nine)), u"kept"_s);
}

void TestSyncer::historyThatLeadsNowhere()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"workspace"_s, 5, true}}));
    const auto history = relay.expect<Wire::HistoryRequest>();
    QVERIFY(history);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot store a page"_s));
    relay.say(Wire::Answer{history->id, {}, history->beforeSeq, true, {}});
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
    QCOMPARE(desk.session.status().error->kind, Error::Kind::Protocol);
}

void TestSyncer::refusedHistoryDoesNotEndTheConnection()
{
    TemporaryReplica replica;
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"workspace"_s, 5, true}}));
    const auto history = relay.expect<Wire::HistoryRequest>();
    QVERIFY(history);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no history of stream"_s));
    relay.say(Wire::Answer{history->id, {}, 0, false, Error{Error::Kind::Storage, u"busy"_s}});
    relay.say(Wire::Changes{u"workspace"_s, 5, 6, {desk.self}});
    QTRY_COMPARE(progressOf(replica, u"workspace"_s)->head, 6);
    QVERIFY(relay.isConnected());
    QCOMPARE(relay.unexpected(), QList<QByteArray>()); // it waits before it asks again
}

QTEST_GUILESS_MAIN(TestSyncer)
#include "tst_syncer.moc"
