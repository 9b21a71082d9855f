// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/desk/desk.h"

#include "models/domain/windowlengths.h"
#include "models/store/replica/commandstore.h"
#include "models/store/replica/draftstore.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId Nine = {u"1-9"_s};
const QList<Wire::StreamInfo> UpToDate{{u"1"_s, 10, false}};

// The message as the relay tells it once it has accepted a reply.
Message acceptedReply(const Wire::SendReply &reply, qint64 seq)
{
    Message message
        = outbound(u"1"_s, u"9"_s, reply.messageId.value, Noon, seq, DeliveryState::Queued);
    message.text = reply.text;
    return message;
}

} // namespace

class TestOutbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offlineThenOnlineThenSent();
    void storedBeforeItIsSent();
    void sentWhenTheReplicaOpensLast();
    void sentAgainUntilConfirmed();
    void keepsTheOrderOfAConversation();
    void differentConversationsDoNotWait();
    void refusals_data();
    void refusals();
    void reasonsOfTheRelay_data();
    void reasonsOfTheRelay();
    void troubleIsNoRefusal();
    void aTimerThatIsEarlyIsSetAgain();
    void takenBackBeforeItLeft();
    void takenBackAtTheRelay();
    void takingBackWhatWasSent();
    void newestMarkReadOnly();
    void refusedStateLeavesNoTrace();
    void deadlines_data();
    void deadlines();
};

// The whole story: written without a relay, shown at once, sent when it can be reached, and the
// relay's row takes the place of ours.
void TestOutbox::offlineThenOnlineThenSent()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QSignalSpy listChanged(&desk.conversations, &Conversations::conversationsChanged);
    QSignalSpy threadChanged(&desk.threads, &Threads::messagesChanged);

    const auto id = await(desk.outbox.send(Nine, u"Good morning"_s));
    PAGEDESK_SUCCEEDS(id);
    QCOMPARE(desk.outbox.waiting(), 1);
    QCOMPARE(listChanged.size(), 1);
    QCOMPARE(threadChanged.size(), 1);
    auto listed = await(desk.conversations.all());
    PAGEDESK_SUCCEEDS(listed);
    QCOMPARE(listed->constFirst().lastText, u"Good morning"_s);
    QCOMPARE(listed->constFirst().lastState, DeliveryState::Queued);
    QCOMPARE(listed->constFirst().waitingSince, 0);
    auto slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(slice->messages.size(), 2);
    QCOMPARE(slice->messages.constLast().id, *id);
    QCOMPARE(slice->messages.constLast().state, DeliveryState::Queued);

    QVERIFY(desk.connectTo(relay, UpToDate));
    CommandId command;
    const auto reply = relay.expectCommand<Wire::SendReply>(&command);
    QVERIFY(reply);
    QCOMPARE(reply->messageId, *id);
    QCOMPARE(reply->text, u"Good morning"_s);
    relay.say(Wire::CommandResult{command, std::nullopt});
    relay.say(Wire::Changes{u"1"_s, 10, 11, {acceptedReply(*reply, 11)}});
    QTRY_COMPARE(desk.outbox.waiting(), 0);
    Message sent = acceptedReply(*reply, 12);
    sent.state = DeliveryState::Sent;
    relay.say(Wire::Changes{u"1"_s, 11, 12, {sent}});
    QTRY_COMPARE(threadChanged.constLast().at(1).value<QList<Message>>(), QList{sent});
    slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(slice->messages.size(), 2);
    QCOMPARE(slice->messages.constLast(), sent);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

// The program dies between storing and sending: the next one sends.
void TestOutbox::storedBeforeItIsSent()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    std::optional<MessageId> id;
    {
        Desk desk(replica, relay.url());
        desk.drafts.set(Nine, u"half a th"_s);
        const auto sent = await(desk.outbox.send(Nine, u"half a thought"_s));
        PAGEDESK_SUCCEEDS(sent);
        id = *sent;
    }
    replica.close();
    PAGEDESK_SUCCEEDS(replica.open());
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, UpToDate));
    const auto reply = relay.expectCommand<Wire::SendReply>();
    QVERIFY(reply);
    QCOMPARE(reply->messageId, *id);
    const auto draft = await(desk.drafts.text(Nine));
    PAGEDESK_SUCCEEDS(draft);
    QCOMPARE(*draft, QString());
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

// The program makes its objects first and opens the replica then.
void TestOutbox::sentWhenTheReplicaOpensLast()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    {
        Desk desk(replica, relay.url());
        PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, u"patience"_s)));
    }
    replica.makeAnew();
    Desk desk(replica, relay.url());
    QSignalSpy reset(&desk.conversations, &Conversations::reset);
    PAGEDESK_SUCCEEDS(replica->open(replica.path()));
    QCOMPARE(reset.size(), 1);
    QTRY_COMPARE(desk.outbox.waiting(), 1);
    QVERIFY(desk.connectTo(relay, UpToDate));
    const auto reply = relay.expectCommand<Wire::SendReply>();
    QVERIFY(reply);
    QCOMPARE(reply->text, u"patience"_s);
}

void TestOutbox::sentAgainUntilConfirmed()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, UpToDate));
    PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, u"once"_s)));
    CommandId first;
    const auto reply = relay.expectCommand<Wire::SendReply>(&first);
    QVERIFY(reply);
    relay.hangUp();
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Offline);
    desk.session.retryNow();
    QVERIFY(desk.greet(relay, UpToDate));
    CommandId again;
    QCOMPARE(relay.expectCommand<Wire::SendReply>(&again), reply);
    QCOMPARE(again, first); // by which the relay knows that it is the same
    relay.say(Wire::CommandResult{again, std::nullopt});
    QTRY_COMPARE(desk.outbox.waiting(), 0);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

void TestOutbox::keepsTheOrderOfAConversation()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    const QStringList texts{u"one"_s, u"two"_s, u"three"_s}; // within one millisecond of the clock
    for (const QString &text : texts)
        PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, text)));
    const auto slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(slice->messages.size(), 4);
    QVERIFY(desk.connectTo(relay, UpToDate));
    for (const QString &text : texts) {
        CommandId command;
        const auto reply = relay.expectCommand<Wire::SendReply>(&command);
        QVERIFY(reply);
        QCOMPARE(reply->text, text);
        QCOMPARE(slice->messages.at(1 + texts.indexOf(text)).text, text);
        QCOMPARE(relay.unexpected(), QList<QByteArray>()); // the next waits for the result
        relay.say(Wire::CommandResult{command, std::nullopt});
    }
    QTRY_COMPARE(desk.outbox.waiting(), 0);
}

void TestOutbox::differentConversationsDoNotWait()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) -> Result<> {
        for (int i = 100; i < 140; ++i) {
            const auto applied = ConversationStore::apply(
                writer, conversation(u"1"_s, QString::number(i), Noon - 1000, 4));
            if (!applied)
                return applied;
        }
        return {};
    }));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    for (int i = 100; i < 140; ++i)
        PAGEDESK_SUCCEEDS(await(desk.outbox.send({u"1-%1"_s.arg(i)}, u"hello"_s)));
    QVERIFY(desk.connectTo(relay, UpToDate));
    CommandId command;
    for (int i = 0; i < 32; ++i)
        QVERIFY(relay.expectCommand<Wire::SendReply>(&command));
    QCOMPARE(relay.unexpected(), QList<QByteArray>()); // no more than 32 at once
    relay.say(Wire::CommandResult{command, std::nullopt});
    QVERIFY(relay.expectCommand<Wire::SendReply>());
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

void TestOutbox::refusals_data()
{
    QTest::addColumn<QString>("conversation");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("later");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("empty") << u"1-9"_s << QString() << qint64(0) << Error::Kind::Rejected;
    QTest::newRow("blank") << u"1-9"_s << u" \n\t"_s << qint64(0) << Error::Kind::Rejected;
    QTest::newRow("long") << u"1-9"_s << QString(2001, u'x') << qint64(0) << Error::Kind::TooLarge;
    QTest::newRow("nobody") << u"1-8"_s << u"hello"_s << qint64(0) << Error::Kind::NotFound;
    QTest::newRow("too late") << u"1-9"_s << u"hello"_s << StandardWindowMs
                              << Error::Kind::Rejected;
}

void TestOutbox::refusals()
{
    QFETCH(QString, conversation);
    QFETCH(QString, text);
    QFETCH(qint64, later);
    QFETCH(Error::Kind, kind);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    desk.drafts.set({conversation}, text);
    desk.clock.advance(later);
    const auto sent = await(desk.outbox.send({conversation}, text));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, kind);
    QCOMPARE(desk.outbox.waiting(), 0);
    const auto draft = await(desk.drafts.text({conversation}));
    PAGEDESK_SUCCEEDS(draft);
    QCOMPARE(*draft, text); // what was typed stays
    const auto slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(slice->messages.size(), 1);
}

void TestOutbox::reasonsOfTheRelay_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<FailureKind>("failure");
    QTest::newRow("named") << Error::Kind::Rejected << u"window_closed"_s
                           << FailureKind::WindowClosed;
    QTest::newRow("refused") << Error::Kind::Rejected << u"an empty reply"_s
                             << FailureKind::InvalidRequest;
    QTest::newRow("forbidden") << Error::Kind::Forbidden << u"no"_s
                               << FailureKind::PermissionMissing;
    QTest::newRow("too large") << Error::Kind::TooLarge << u"no"_s << FailureKind::TooLong;
    QTest::newRow("gone") << Error::Kind::NotFound << u"no such conversation"_s
                          << FailureKind::Other;
    QTest::newRow("moved on") << Error::Kind::Conflict << u"taken"_s << FailureKind::Other;
}

void TestOutbox::reasonsOfTheRelay()
{
    QFETCH(Error::Kind, kind);
    QFETCH(QString, detail);
    QFETCH(FailureKind, failure);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QSignalSpy refused(&desk.commands, &CommandQueue::refused);
    QVERIFY(desk.connectTo(relay, UpToDate));
    const auto id = await(desk.outbox.send(Nine, u"hello"_s));
    PAGEDESK_SUCCEEDS(id);
    CommandId command;
    QVERIFY(relay.expectCommand<Wire::SendReply>(&command));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"command .* was refused"_s));
    relay.say(Wire::CommandResult{command, Error{kind, detail}});
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(desk.outbox.waiting(), 0);
    const auto slice = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(slice->messages.constLast().id, *id);
    QCOMPARE(slice->messages.constLast().state, DeliveryState::Failed);
    QCOMPARE(slice->messages.constLast().failure, failure);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
    // What failed before it left can be cleared away.
    PAGEDESK_SUCCEEDS(await(desk.outbox.cancel(*id)));
    const auto cleared = await(desk.threads.newest(Nine, 50));
    PAGEDESK_SUCCEEDS(cleared);
    QCOMPARE(cleared->messages.size(), 1);
}

// A relay that cannot store now, or that does not know us any more, has not refused the reply.
void TestOutbox::troubleIsNoRefusal()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, UpToDate));
    PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, u"hello"_s)));
    CommandId command;
    QVERIFY(relay.expectCommand<Wire::SendReply>(&command));
    desk.clock.advance(1000);
    relay.say(Wire::CommandResult{
        command, Error{Error::Kind::Storage, u"no room"_s, std::chrono::seconds(0)}});
    QVERIFY(relay.expectCommand<Wire::SendReply>()); // again
    relay.say(Wire::CommandResult{command, Error{Error::Kind::Unauthorized, u"revoked"_s}});
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
    QCOMPARE(desk.outbox.waiting(), 1);
}

// Timers may fire before the clock says so; a reply must not lie there until something else
// happens.
void TestOutbox::aTimerThatIsEarlyIsSetAgain()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, UpToDate));
    PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, u"hello"_s)));
    CommandId command;
    QVERIFY(relay.expectCommand<Wire::SendReply>(&command));
    relay.say(Wire::CommandResult{
        command, Error{Error::Kind::Storage, u"no room"_s, std::chrono::seconds(1)}});
    // Meanwhile the desktop's clock stands still.
    QElapsedTimer elapsed;
    elapsed.start();
    QVERIFY(QTest::qWaitFor([&elapsed] { return elapsed.hasExpired(1200); }, 5000));
    desk.clock.advance(1000);
    QVERIFY(relay.expectCommand<Wire::SendReply>());
}

void TestOutbox::takenBackBeforeItLeft()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QSignalSpy removed(&desk.threads, &Threads::messagesRemoved);
    const auto id = await(desk.outbox.send(Nine, u"oops"_s));
    PAGEDESK_SUCCEEDS(id);
    PAGEDESK_SUCCEEDS(await(desk.outbox.cancel(*id)));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(desk.outbox.waiting(), 0);
    const auto listed = await(desk.conversations.all());
    PAGEDESK_SUCCEEDS(listed);
    QCOMPARE(listed->constFirst().lastText, u"hello"_s); // as it was before
    QVERIFY(desk.connectTo(relay, UpToDate));
    QTRY_COMPARE(desk.session.status().state, ConnectionState::Live);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
    const auto unknown = await(desk.outbox.cancel(*id));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
}

void TestOutbox::takenBackAtTheRelay()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QVERIFY(desk.connectTo(relay, UpToDate));
    const auto id = await(desk.outbox.send(Nine, u"oops"_s));
    PAGEDESK_SUCCEEDS(id);
    CommandId send;
    QVERIFY(relay.expectCommand<Wire::SendReply>(&send));
    PAGEDESK_SUCCEEDS(await(desk.outbox.cancel(*id)));
    QCOMPARE(relay.unexpected(), QList<QByteArray>()); // in order: the reply is not confirmed yet
    relay.say(Wire::CommandResult{send, std::nullopt});
    CommandId cancel;
    const auto asked = relay.expectCommand<Wire::CancelReply>(&cancel);
    QVERIFY(asked);
    QCOMPARE(asked->messageId, *id);
    relay.say(Wire::CommandResult{cancel, std::nullopt});
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

void TestOutbox::takingBackWhatWasSent()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) {
        return MessageStore::apply(writer, outbound(u"1"_s, u"9"_s, u"gone"_s, Noon, 5));
    }));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    const auto cancelled = await(desk.outbox.cancel({u"gone"_s}));
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, Error::Kind::Conflict);
}

void TestOutbox::newestMarkReadOnly()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    PAGEDESK_SUCCEEDS(await(desk.conversations.markRead(Nine, Noon - 2000)));
    PAGEDESK_SUCCEEDS(await(desk.conversations.markRead(Nine, Noon)));
    PAGEDESK_SUCCEEDS(await(desk.conversations.markRead(Nine, Noon + 1))); // nothing left to read
    const auto listed = await(desk.conversations.all());
    PAGEDESK_SUCCEEDS(listed);
    QCOMPARE(listed->constFirst().unread, 0);
    QVERIFY(desk.connectTo(relay, UpToDate));
    CommandId command;
    const auto mark = relay.expectCommand<Wire::MarkRead>(&command);
    QVERIFY(mark);
    QCOMPARE(mark->upToAt, Noon);
    relay.say(Wire::CommandResult{command, std::nullopt});
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
    const auto settled = await(desk.conversations.all());
    PAGEDESK_SUCCEEDS(settled);
    QCOMPARE(settled->constFirst().unread, 0); // and stays so until the relay says otherwise
}

void TestOutbox::refusedStateLeavesNoTrace()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    QSignalSpy changed(&desk.conversations, &Conversations::conversationsChanged);
    const auto shown = [&changed] {
        return changed.constLast().constFirst().value<QList<Conversation>>().constFirst();
    };
    PAGEDESK_SUCCEEDS(
        await(desk.conversations.change(Nine, {.state = ConversationState::Resolved})));
    QCOMPARE(shown().state, ConversationState::Resolved);
    QVERIFY(desk.connectTo(relay, UpToDate));
    CommandId command;
    QVERIFY(relay.expectCommand<Wire::ChangeConversation>(&command));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"command .* was refused"_s));
    relay.say(Wire::CommandResult{command, Error{Error::Kind::Forbidden, u"no"_s}});
    QTRY_COMPARE(shown().state, ConversationState::Open);
    QCOMPARE(relay.unexpected(), QList<QByteArray>());
}

void TestOutbox::deadlines_data()
{
    QTest::addColumn<bool>("humanAgent");
    QTest::addColumn<Outbox::As>("as");
    QTest::addColumn<qint64>("window");
    const auto page = Outbox::As::Page;
    const auto agent = Outbox::As::HumanAgent;
    QTest::newRow("a day") << false << page << StandardWindowMs;
    QTest::newRow("a week for people") << true << agent << HumanAgentWindowMs;
    QTest::newRow("a day where nobody has chosen") << true << page << StandardWindowMs;
    QTest::newRow("a day where it cannot be chosen") << false << agent << StandardWindowMs;
}

void TestOutbox::deadlines()
{
    QFETCH(bool, humanAgent);
    QFETCH(Outbox::As, as);
    QFETCH(qint64, window);
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    PAGEDESK_SUCCEEDS(replica.write([humanAgent](ReplicaWriter &writer) {
        return PageStore::apply(writer, page(u"1"_s, 5, humanAgent));
    }));
    ScriptedRelay relay;
    Desk desk(replica, relay.url());
    PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, u"hello"_s, {}, as)));
    QVERIFY(desk.connectTo(relay, UpToDate));
    const auto reply = relay.expectCommand<Wire::SendReply>();
    QVERIFY(reply);
    QCOMPARE(reply->humanAgent, as == Outbox::As::HumanAgent);
    QCOMPARE(reply->deadlineAt, Noon - 1000 + window);
    QCOMPARE(reply->writtenAt, Noon);
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
