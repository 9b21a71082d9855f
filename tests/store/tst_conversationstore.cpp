// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/commandstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/steps.h"
#include "tests/support/rows.h"
#include "tests/support/temporaryreplica.h"

#include <QRegularExpression>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId Nine = {u"1-9"_s};

StoredCommand markRead(const QString &id, qint64 upToAt)
{
    return {{id}, CommandKind::MarkRead, Nine, {}, upToAt, "frame"};
}

StoredCommand setState(const QString &id, ConversationState state)
{
    return {{id}, CommandKind::Change, Nine, {}, 0, "frame", {.state = state}};
}

} // namespace

class TestConversationStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyFieldIsKept();
    void newestActivityFirst();
    void readUpTo_data();
    void readUpTo();
    void newerCommandTakesThePlace();
    void everyDecisionShows();
    void markedUnreadAgain();
    void settledCommandStays();
    void newerRowSaysItBetter();
    void refusedCommandLeavesNoTrace();
    void ourReplyIsTheLastMessage();
    void failedReplyKeepsSomebodyWaiting();
    void olderReplyIsNotTheLastMessage();
    void allAndFindAgree();

private:
    template <typename F> void store(F work) { PAGEDESK_SUCCEEDS(m_replica->write(work)); }
    void apply(const Conversation &row)
    {
        store([row](ReplicaWriter &writer) { return ConversationStore::apply(writer, row); });
    }
    void give(const StoredCommand &command)
    {
        store([command](ReplicaWriter &writer) { return CommandStore::add(writer, command); });
    }
    Conversation read()
    {
        const auto found = m_replica->read(
            [](Connection &connection) { return ConversationStore::find(connection, Nine); });
        return found && *found ? **found : Conversation();
    }
    void writeReply(qint64 at, DeliveryState state)
    {
        store([at, state](ReplicaWriter &writer) {
            Message reply = outbound(u"1"_s, u"9"_s, u"ours"_s, at, 0, state);
            reply.text = u"our words"_s;
            return MessageStore::add(writer, reply);
        });
    }

    std::unique_ptr<TemporaryReplica> m_replica;
};

// Three unread messages, a second apart, the last one at noon.
void TestConversationStore::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_replica = std::make_unique<TemporaryReplica>();
    Conversation row = conversation(u"1"_s, u"9"_s, Noon, 10);
    row.unread = 3;
    apply(row);
    store([](ReplicaWriter &writer) -> Result<> {
        for (int i = 0; i < 3; ++i) {
            const auto stored = MessageStore::apply(
                writer, inbound(u"1"_s, u"9"_s, QString::number(i), Noon - 2000 + 1000 * i, 5 + i));
            if (!stored)
                return stored;
        }
        return {};
    });
}

void TestConversationStore::everyFieldIsKept()
{
    Conversation row = conversation(u"1"_s, u"9"_s, Noon + 1, 11);
    row.contact.pictureHash = u"ab"_s;
    row.state = ConversationState::Snoozed;
    row.assignee = {u"op"_s};
    row.team = {u"t1"_s};
    row.priority = Priority::Urgent;
    row.snoozedUntil = Noon + 5;
    row.escalated = true;
    row.labels = {u"vip"_s, u"\"quoted\", with comma"_s, u"日本"_s};
    row.unread = 7;
    row.lastText = u"text 👋"_s;
    row.lastAttachment = AttachmentKind::Video;
    row.lastAttachmentCount = 2;
    row.lastDirection = Direction::Note;
    row.lastAuthor = Author::Assistant;
    row.lastState = DeliveryState::Unknown;
    row.lastCustomerAt = 5;
    row.waitingSince = 6;
    apply(row);
    QCOMPARE(read(), row);
}

void TestConversationStore::newestActivityFirst()
{
    for (int i = 0; i < 20; ++i)
        apply(conversation(u"2"_s, QString::number(i), Noon - (i * 7919) % 1000, 20 + i));
    const auto all = m_replica->read(&ConversationStore::all);
    PAGEDESK_SUCCEEDS(all);
    QCOMPARE(all->size(), 21);
    QVERIFY(std::is_sorted(all->begin(), all->end(),
        [](const auto &a, const auto &b) { return a.lastMessageAt > b.lastMessageAt; }));
}

void TestConversationStore::readUpTo_data()
{
    QTest::addColumn<qint64>("upToAt");
    QTest::addColumn<int>("unread");
    QTest::newRow("before all") << Noon - 5000 << 3;
    QTest::newRow("the first") << Noon - 2000 << 2;
    QTest::newRow("between") << Noon - 1 << 1;
    QTest::newRow("the last") << Noon << 0;
    QTest::newRow("beyond") << Noon + 5000 << 0;
}

void TestConversationStore::readUpTo()
{
    QFETCH(qint64, upToAt);
    QFETCH(int, unread);
    give(markRead(u"c"_s, upToAt));
    QCOMPARE(read().unread, unread);
}

void TestConversationStore::newerCommandTakesThePlace()
{
    give(markRead(u"c1"_s, Noon - 2000));
    give(setState(u"c2"_s, ConversationState::Pending));
    give(markRead(u"c3"_s, Noon));
    give(setState(u"c4"_s, ConversationState::Resolved));
    QCOMPARE(read().unread, 0);
    QCOMPARE(read().state, ConversationState::Resolved);
    const auto commands = m_replica->read(&CommandStore::all);
    PAGEDESK_SUCCEEDS(commands);
    // What the team decides stands line by line in the thread: none of it is skipped.
    QCOMPARE(commands->size(), 3);
    QCOMPARE(commands->at(0).id.value, u"c2"_s);
    QCOMPARE(commands->at(1).id.value, u"c3"_s);
    QCOMPARE(commands->at(2).id.value, u"c4"_s);
}

// Several decisions that wait are laid over each other in their order, and settle one by one.
void TestConversationStore::everyDecisionShows()
{
    const ConversationChange snooze{.state = ConversationState::Snoozed,
        .snoozedUntil = Noon + 100,
        .assignee = OperatorId{u"op"_s},
        .team = TeamId{u"t1"_s},
        .priority = Priority::High,
        .addLabel = {u"l1"_s}};
    const ConversationChange back{
        .assignee = OperatorId(), .addLabel = {u"l2"_s}, .removeLabel = {u"l1"_s}};
    const StoredCommand first{{u"c1"_s}, CommandKind::Change, Nine, {}, 0, "frame", snooze};
    const StoredCommand second{{u"c2"_s}, CommandKind::Change, Nine, {}, 0, "frame", back};
    give(first);
    give(second);
    const Conversation shown = read();
    QCOMPARE(shown.state, ConversationState::Snoozed);
    QCOMPARE(shown.snoozedUntil, Noon + 100);
    QCOMPARE(shown.assignee, OperatorId());
    QCOMPARE(shown.team.value, u"t1"_s);
    QCOMPARE(shown.priority, Priority::High);
    QCOMPARE(shown.labels, QStringList{u"l2"_s});
    for (const StoredCommand &command : {first, second}) {
        store([command](ReplicaWriter &writer) {
            return inOrder([&] { return ConversationStore::settle(writer, command); },
                [&] { return CommandStore::remove(writer, command); });
        });
        QCOMPARE(read(), shown);
    }
}

// Marked unread again after it was read, and the other way round.
void TestConversationStore::markedUnreadAgain()
{
    const StoredCommand unread{
        {u"c2"_s}, CommandKind::Change, Nine, {}, 0, "frame", {.markUnread = true}};
    give(markRead(u"c1"_s, Noon));
    QCOMPARE(read().unread, 0);
    give(unread);
    QCOMPARE(read().unread, 1);
    give(markRead(u"c3"_s, Noon));
    QCOMPARE(read().unread, 0);
}

void TestConversationStore::settledCommandStays()
{
    const StoredCommand state = setState(u"c1"_s, ConversationState::Resolved);
    const StoredCommand mark = markRead(u"c2"_s, Noon - 1000);
    for (const StoredCommand &command : {state, mark}) {
        give(command);
        store([command](ReplicaWriter &writer) {
            return inOrder([&] { return ConversationStore::settle(writer, command); },
                [&] { return CommandStore::remove(writer, command); });
        });
    }
    QCOMPARE(read().state, ConversationState::Resolved);
    QCOMPARE(read().unread, 1);
    QCOMPARE(read().seq, 10);
}

// The relay's newer row arrives before the result of the command: it is right, whatever we thought.
void TestConversationStore::newerRowSaysItBetter()
{
    const StoredCommand state = setState(u"c1"_s, ConversationState::Resolved);
    give(state);
    Conversation reopened = conversation(u"1"_s, u"9"_s, Noon + 1, 12);
    reopened.state = ConversationState::Pending;
    apply(reopened);
    QCOMPARE(read().state, ConversationState::Resolved); // as long as the command is under way
    store([state](ReplicaWriter &writer) {
        return inOrder([&] { return ConversationStore::settle(writer, state); },
            [&] { return CommandStore::remove(writer, state); });
    });
    QCOMPARE(read(), reopened);
}

void TestConversationStore::refusedCommandLeavesNoTrace()
{
    const Conversation before = read();
    for (const StoredCommand &command :
        {setState(u"c1"_s, ConversationState::Resolved), markRead(u"c2"_s, Noon)}) {
        give(command);
        QVERIFY(read() != before);
        store([command](ReplicaWriter &writer) { return CommandStore::remove(writer, command); });
        QCOMPARE(read(), before);
    }
}

void TestConversationStore::ourReplyIsTheLastMessage()
{
    writeReply(Noon + 500, DeliveryState::Queued);
    const Conversation shown = read();
    QCOMPARE(shown.lastText, u"our words"_s);
    QCOMPARE(shown.lastMessageAt, Noon + 500);
    QCOMPARE(shown.lastDirection, Direction::Out);
    QCOMPARE(shown.lastState, DeliveryState::Queued);
    QCOMPARE(shown.waitingSince, 0);
    QCOMPARE(shown.lastCustomerAt, Noon); // the window stays what it is
}

void TestConversationStore::failedReplyKeepsSomebodyWaiting()
{
    writeReply(Noon + 500, DeliveryState::Queued);
    store([](ReplicaWriter &writer) {
        return MessageStore::fail(writer, {u"ours"_s}, FailureKind::WindowClosed);
    });
    QCOMPARE(read().lastState, DeliveryState::Failed);
    QCOMPARE(read().waitingSince, Noon);
}

void TestConversationStore::olderReplyIsNotTheLastMessage()
{
    writeReply(Noon - 500, DeliveryState::Failed);
    QCOMPARE(read().lastText, u"hello"_s);
    QCOMPARE(read().lastState, DeliveryState::Received);
}

void TestConversationStore::allAndFindAgree()
{
    writeReply(Noon + 500, DeliveryState::Queued);
    give(markRead(u"c1"_s, Noon - 1000));
    give(setState(u"c2"_s, ConversationState::Pending));
    const auto all = m_replica->read(&ConversationStore::all);
    PAGEDESK_SUCCEEDS(all);
    QCOMPARE(*all, QList{read()});
    QCOMPARE(read().unread, 1);
}

QTEST_GUILESS_MAIN(TestConversationStore)
#include "tst_conversationstore.moc"
