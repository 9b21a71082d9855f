// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/desk/desk.h"

#include <QRegularExpression>
#include <QSignalSpy>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId Nine = {u"1-9"_s};

// Messages "0", "1", … a second apart; the relay's rows of a thread of that length.
QList<Message> threadOf(int count)
{
    QList<Message> messages;
    for (int i = 0; i < count; ++i)
        messages.append(inbound(u"1"_s, u"9"_s, QString::number(i), Noon + 1000 * i, i + 1));
    return messages;
}

QStringList ids(int from, int to)
{
    QStringList ids;
    for (int i = from; i < to; ++i)
        ids.append(QString::number(i));
    return ids;
}

QStringList idsOf(const QList<Message> &messages)
{
    QStringList ids;
    for (const Message &message : messages)
        ids.append(message.id.value);
    return ids;
}

Wire::Answer answerTo(const Wire::ThreadRequest &request, const QList<Message> &all)
{
    Wire::Answer answer{request.id, {}, 0, false, {}};
    for (auto it = all.crbegin(); it != all.crend(); ++it) {
        const bool below = request.beforeAt == 0 || it->sentAt < request.beforeAt;
        if (below && answer.entities.size() < request.limit)
            answer.entities.append(*it);
        else if (below)
            answer.more = true;
    }
    return answer;
}

// A Page whose history is not here yet, with some messages of one thread.
Result<> seedIncomplete(TemporaryReplica &replica, const QList<Message> &messages)
{
    return replica.write([messages](ReplicaWriter &writer) -> Result<> {
        for (const Message &message : messages) {
            if (const auto applied = MessageStore::apply(writer, message); !applied)
                return applied;
        }
        return StreamStore::save(
            writer.connection, {u"1"_s, 5000, 4000, StreamProgress::Listed::All, 0, {}});
    });
}

} // namespace

class TestThreads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void pagesThroughACompleteThread();
    void pendingRepliesStandLast();
    void attachmentsComeAlong();
    void fetchesWhatHasGaps();
    void knowsWhatIsWithoutGaps();
    void pagesBackThroughTheRelay();
    void shortThreadIsWhole();
    void fallsBackOffline();
    void fallsBackWhenTheRelayRefuses();
    void tellsNoMessagesAcrossAGap();
    void goesIntoTheMiddle();
    void fetchesDownToAPlace();
    void findsInParts();
    void countsBackFromTheCustomersLast();
};

void TestThreads::pagesThroughACompleteThread()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) -> Result<> {
        for (Message message : threadOf(120)) {
            message.seq += 10;
            if (const auto applied = MessageStore::apply(writer, message); !applied)
                return applied;
        }
        return {};
    }));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    auto slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(70, 120));
    QVERIFY(slice->moreBefore);
    slice = await(desk.threads.before(Nine, slice->messages.constFirst(), 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(20, 70));
    QVERIFY(slice->moreBefore);
    slice = await(desk.threads.before(Nine, slice->messages.constFirst(), 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), QStringList{u"first"_s} + ids(0, 20));
    QVERIFY(!slice->moreBefore);
    slice = await(desk.threads.before(Nine, slice->messages.constFirst(), 50));
    PAGEDESK_SUCCEEDS(slice);
    QVERIFY(slice->messages.isEmpty() && !slice->moreBefore);
}

void TestThreads::pendingRepliesStandLast()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    QStringList expected{u"first"_s, u"late"_s};
    for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
        expected.append(await(desk.outbox.send(Nine, text))->value);
    // A customer's message whose time is after ours still stands before what waits.
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) {
        return MessageStore::apply(writer, inbound(u"1"_s, u"9"_s, u"late"_s, Noon + 60'000, 20));
    }));
    const auto all = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(all);
    QCOMPARE(idsOf(all->messages), expected);
    QVERIFY(std::is_sorted(all->messages.begin(), all->messages.end(), isBefore));
    // All that waits comes along, however small the page.
    const auto few = await(desk.threads.newest(Nine, 1));
    PAGEDESK_SUCCEEDS(few);
    QCOMPARE(idsOf(few->messages), expected.sliced(1));
    QVERIFY(few->moreBefore);
    const auto older = await(desk.threads.before(Nine, few->messages.constFirst(), 50));
    PAGEDESK_SUCCEEDS(older);
    QCOMPARE(idsOf(older->messages), QStringList{u"first"_s});
}

void TestThreads::attachmentsComeAlong()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    Message message = inbound(u"1"_s, u"9"_s, u"pictures"_s, Noon, 20);
    Attachment image;
    image.kind = AttachmentKind::Image;
    image.state = AttachmentState::Pending;
    image.url = u"https://media.example/a?b=c"_s;
    image.width = 640;
    Attachment place;
    place.kind = AttachmentKind::Location;
    place.latitude = 52.5;
    place.longitude = -13.25;
    message.attachments = {image, place};
    const auto apply = [&](const Message &row) {
        return replica.write(
            [row](ReplicaWriter &writer) { return MessageStore::apply(writer, row); });
    };
    PAGEDESK_SUCCEEDS(apply(message));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    QCOMPARE(await(desk.threads.newest(Nine, 50))->messages.constLast(), message);
    message.seq = 21; // captured now, and one was taken away
    message.attachments = {image};
    message.attachments.first().state = AttachmentState::Captured;
    message.attachments.first().hash = u"ab"_s;
    PAGEDESK_SUCCEEDS(apply(message));
    QCOMPARE(await(desk.threads.newest(Nine, 50))->messages.constLast(), message);
}

// A single old message is here because it changed lately; the thread must not look as if there
// were nothing between it and the newest.
void TestThreads::fetchesWhatHasGaps()
{
    const QList<Message> all = threadOf(300);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {all.at(3), all.at(298), all.at(299)}));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
    QVERIFY(relay.expect<Wire::HistoryRequest>()); // goes on in the background, unanswered here
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);

    auto asked = desk.threads.newest(Nine, 50);
    const auto request = relay.expect<Wire::ThreadRequest>();
    QVERIFY(request);
    QCOMPARE(request->conversationId, Nine);
    QCOMPARE(request->beforeAt, 0);
    QCOMPARE(request->limit, 200);
    relay.say(answerTo(*request, all));
    const auto slice = await(std::move(asked));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(250, 300));
    QVERIFY(slice->moreBefore);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

// What was fetched once is known to have no gaps, also when the program is started anew.
void TestThreads::knowsWhatIsWithoutGaps()
{
    const QList<Message> all = threadOf(300);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {}));
    ScriptedRelay relay;
    {
        Desk desk(replica, relay.url());
        QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
        QVERIFY(relay.expect<Wire::HistoryRequest>());
        auto asked = desk.threads.newest(Nine, 50);
        const auto request = relay.expect<Wire::ThreadRequest>();
        QVERIFY(request);
        relay.say(answerTo(*request, all));
        PAGEDESK_SUCCEEDS(await(std::move(asked)));
    }
    replica.close();
    PAGEDESK_SUCCEEDS(replica.open());
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
    QVERIFY(relay.expect<Wire::HistoryRequest>());
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    const auto slice = await(desk.threads.newest(Nine, 150));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(150, 300));
    QVERIFY(slice->moreBefore);
    QCOMPARE(relay.unexpected(), QList<QByteArray>()); // nobody was asked
}

void TestThreads::pagesBackThroughTheRelay()
{
    const QList<Message> all = threadOf(500);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {all.at(100)}));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
    QVERIFY(relay.expect<Wire::HistoryRequest>());
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    QStringList seen;
    int requests = 0;
    std::optional<Message> first;
    for (bool more = true; more;) {
        auto asked = first ? desk.threads.before(Nine, *first, 60) : desk.threads.newest(Nine, 60);
        std::optional<Result<Threads::Slice>> slice;
        asked.then(this, [&slice](const Result<Threads::Slice> &result) { slice = result; });
        QTRY_VERIFY(slice || relay.hasHeard());
        if (!slice) {
            const auto request = relay.expect<Wire::ThreadRequest>();
            QVERIFY(request);
            ++requests;
            relay.say(answerTo(*request, all));
            QTRY_VERIFY(slice);
        }
        PAGEDESK_SUCCEEDS(*slice);
        QVERIFY(!(*slice)->messages.isEmpty());
        seen = idsOf((*slice)->messages) + seen;
        first = (*slice)->messages.constFirst();
        more = (*slice)->moreBefore;
    }
    QCOMPARE(seen, ids(0, 500));
    QCOMPARE(requests, 3); // 500 messages in parts of 200
}

void TestThreads::shortThreadIsWhole()
{
    const QList<Message> all = threadOf(3);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {all.at(2)}));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
    QVERIFY(relay.expect<Wire::HistoryRequest>());
    auto asked = desk.threads.newest(Nine, 50);
    const auto request = relay.expect<Wire::ThreadRequest>();
    QVERIFY(request);
    relay.say(answerTo(*request, all));
    auto slice = await(std::move(asked));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(0, 3));
    QVERIFY(!slice->moreBefore);
    slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(0, 3));
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

void TestThreads::fallsBackOffline()
{
    const QList<Message> all = threadOf(10);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {all.at(3), all.at(9)}));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    const auto slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), (QStringList{u"3"_s, u"9"_s}));
    QVERIFY(!slice->moreBefore);
}

void TestThreads::fallsBackWhenTheRelayRefuses()
{
    const QList<Message> all = threadOf(10);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {all.at(9)}));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
    QVERIFY(relay.expect<Wire::HistoryRequest>());
    auto asked = desk.threads.newest(Nine, 50);
    const auto request = relay.expect<Wire::ThreadRequest>();
    QVERIFY(request);
    relay.say(Wire::Answer{request->id, {}, 0, false, Error{Error::Kind::Storage, u"busy"_s}});
    const auto slice = await(std::move(asked));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), QStringList{u"9"_s});
}

// Old messages that arrive with the history do not appear above a gap in an open thread.
void TestThreads::tellsNoMessagesAcrossAGap()
{
    const QList<Message> all = threadOf(300);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {}));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
    const auto history = relay.expect<Wire::HistoryRequest>();
    QVERIFY(history);
    auto asked = desk.threads.newest(Nine, 50);
    const auto request = relay.expect<Wire::ThreadRequest>();
    QVERIFY(request);
    relay.say(answerTo(*request, all));
    PAGEDESK_SUCCEEDS(await(std::move(asked)));
    QSignalSpy told(&desk.threads, &Threads::messagesChanged);
    Message late = all.at(299);
    late.seq = 4500;
    late.text = u"edited"_s;
    relay.say(Wire::Answer{history->id, {late, all.at(10), all.at(5)}, 3000, true, {}});
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().at(1).value<QList<Message>>(), QList{late});
}

void TestThreads::goesIntoTheMiddle()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) -> Result<> {
        for (Message message : threadOf(120)) {
            message.seq += 10;
            if (const auto applied = MessageStore::apply(writer, message); !applied)
                return applied;
        }
        return {};
    }));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    const auto waiting = await(desk.outbox.send(Nine, u"waits"_s));
    PAGEDESK_SUCCEEDS(waiting);
    auto slice = await(desk.threads.around(Nine, {Noon + 50'000, -1, {}}, 10));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(40, 60)); // "50" is the first at or after the place
    QVERIFY(slice->moreBefore && slice->moreAfter);
    slice = await(desk.threads.after(Nine, slice->messages.constLast(), 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(60, 110));
    QVERIFY(slice->moreAfter);
    slice = await(desk.threads.after(Nine, slice->messages.constLast(), 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(110, 120) + QStringList{waiting->value});
    QVERIFY(!slice->moreAfter);
    // Beyond both ends.
    slice = await(desk.threads.around(Nine, {Noon + 1'000'000'000, -1, {}}, 10));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), ids(110, 120) + QStringList{waiting->value});
    QVERIFY(slice->moreBefore && !slice->moreAfter);
    slice = await(desk.threads.around(Nine, {0, -1, {}}, 10));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(idsOf(slice->messages), QStringList{u"first"_s} + ids(0, 9));
    QVERIFY(!slice->moreBefore && slice->moreAfter);
}

// What lies between the newest and the place is fetched before it is shown: no gaps.
void TestThreads::fetchesDownToAPlace()
{
    const QList<Message> all = threadOf(900);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seedIncomplete(replica, {all.at(100)}));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, {{u"1"_s, 5000, false}}));
    QVERIFY(relay.expect<Wire::HistoryRequest>());
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    std::optional<Result<Threads::Slice>> slice;
    desk.threads.around(Nine, {Noon + 450'000, -1, {}}, 20)
        .then(this, [&slice](const Result<Threads::Slice> &result) { slice = result; });
    int requests = 0;
    while (!slice) {
        QTRY_VERIFY(slice || relay.hasHeard());
        if (slice)
            break;
        const auto request = relay.expect<Wire::ThreadRequest>();
        QVERIFY(request);
        ++requests;
        relay.say(answerTo(*request, all));
    }
    PAGEDESK_SUCCEEDS(*slice);
    QCOMPARE(idsOf((*slice)->messages), ids(430, 470));
    QVERIFY((*slice)->moreBefore && (*slice)->moreAfter);
    QCOMPARE(requests, 3); // 200 messages each, down to the 300th
}

void TestThreads::findsInParts()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) -> Result<> {
        for (Message message : threadOf(4500)) {
            message.seq += 10;
            message.text = message.id.value.endsWith(u"500"_s) ? u"Crème %1"_s.arg(message.id.value)
                                                               : u"other"_s;
            if (const auto applied = MessageStore::apply(writer, message); !applied)
                return applied;
        }
        return {};
    }));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    QStringList found;
    std::optional<MessagePlace> next;
    int parts = 0;
    do {
        const auto part = await(desk.threads.find(Nine, u"creme"_s, next));
        PAGEDESK_SUCCEEDS(part);
        QVERIFY(part->isWhole);
        ++parts;
        for (const MessagePlace &place : part->found)
            found.append(place.id.value);
        next = part->next;
    } while (next);
    const QStringList expected{u"3500"_s, u"2500"_s, u"1500"_s, u"500"_s};
    QCOMPARE(found, expected);
    QCOMPARE(parts, 3); // 2,000 messages each
}

void TestThreads::countsBackFromTheCustomersLast()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) -> Result<> {
        for (Message message : threadOf(20)) {
            message.seq += 10;
            if (message.id.value.toInt() % 2 == 1)
                message.direction = Direction::Out;
            if (const auto applied = MessageStore::apply(writer, message); !applied)
                return applied;
        }
        return {};
    }));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    auto place = await(desk.threads.lastFromCustomer(Nine, 3, Noon + 15'000));
    PAGEDESK_SUCCEEDS(place);
    QCOMPARE(place->value().id.value, u"10"_s); // 14, 12, 10
    place = await(desk.threads.lastFromCustomer(Nine, 1000, Noon + 15'000));
    PAGEDESK_SUCCEEDS(place);
    QCOMPARE(place->value().id.value, u"first"_s);
    place = await(desk.threads.lastFromCustomer({u"1-none"_s}, 1, Noon));
    PAGEDESK_SUCCEEDS(place);
    QVERIFY(!*place);
}

QTEST_GUILESS_MAIN(TestThreads)
#include "tst_threads.moc"
