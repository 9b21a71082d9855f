// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/commandqueue.h"

#include "models/base/logging.h"
#include "models/desk/livechannel.h"
#include "models/store/replica/commandstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/replica.h"
#include "models/store/replica/steps.h"

#include <QSet>

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int MostInFlight = 32;
constexpr auto PauseAfterTrouble = 5s;

struct Describer {
    StoredCommand &command;

    void operator()(const Wire::SendReply &body) const
    {
        command.kind = CommandKind::SendReply;
        command.messageId = body.messageId;
    }
    void operator()(const Wire::CancelReply &body) const
    {
        command.kind = CommandKind::CancelReply;
        command.messageId = body.messageId;
    }
    void operator()(const Wire::MarkRead &body) const
    {
        command.kind = CommandKind::MarkRead;
        command.value = body.upToAt;
    }
    void operator()(const Wire::ChangeConversation &body) const
    {
        command.kind = CommandKind::Change;
        command.change = body.change;
    }
    void operator()(const Wire::SaveLabel &) const { command.kind = CommandKind::Label; }
    void operator()(const Wire::TakeThread &) const { command.kind = CommandKind::TakeThread; }
    void operator()(const Wire::SetPageSettings &) const
    {
        Q_ASSERT_X(false, "commands", "settings are set at once or not at all");
    }
    // All others are about a person.
    template <typename Other> void operator()(const Other &) const
    {
        command.kind = CommandKind::Contact;
    }
};

// Trouble of the relay, not an answer to the command: the same command may succeed later. That a
// device was revoked must not destroy what its operator wrote, so it counts as trouble too.
bool isTrouble(const Error &error)
{
    using Kind = Error::Kind;
    return error.retryAfter.has_value() || error.kind == Kind::Storage
        || error.kind == Kind::Timeout || error.kind == Kind::Offline
        || error.kind == Kind::Cancelled || error.kind == Kind::Unauthorized
        || error.kind == Kind::Damaged;
}

Result<> settleIn(
    ReplicaWriter &writer, const StoredCommand &command, const std::optional<Error> &error)
{
    const auto stored = CommandStore::find(writer.connection, command.id);
    if (!stored || !*stored)
        return done(stored); // a newer command has taken its place
    if (!error) {
        if (const auto settled = ConversationStore::settle(writer, command); !settled)
            return settled;
    } else if (command.kind == CommandKind::SendReply) {
        const auto failed = MessageStore::fail(writer, command.messageId, failureKindOf(*error));
        if (!failed)
            return failed;
    }
    return CommandStore::remove(writer, command);
}

} // namespace

StoredCommand storedCommand(
    const CommandId &id, const Wire::CommandBody &body, const ConversationId &conversation)
{
    StoredCommand command;
    command.id = id;
    command.conversationId = conversation;
    std::visit(Describer{command}, body);
    command.frame = Wire::encode(Wire::ClientFrame(Wire::Command{id, body}));
    return command;
}

FailureKind failureKindOf(const Error &error)
{
    const auto named = failureKindFromName(error.detail);
    if (named && *named != FailureKind::None)
        return *named;
    switch (error.kind) {
    case Error::Kind::TooLarge:
        return FailureKind::TooLong;
    case Error::Kind::Forbidden:
        return FailureKind::PermissionMissing;
    case Error::Kind::Rejected:
        return FailureKind::InvalidRequest;
    default:
        return FailureKind::Other;
    }
}

CommandQueue::CommandQueue(
    Replica &replica, LiveChannel &channel, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_replica(replica)
    , m_channel(channel)
    , m_clock(clock)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &CommandQueue::sendNext);
    connect(&replica, &Replica::changed, this, &CommandQueue::handleChanges);
    connect(&replica, &Replica::reset, this, &CommandQueue::load);
    connect(&channel, &LiveChannel::frameReceived, this, &CommandQueue::handleFrame);
    connect(&channel, &LiveChannel::closed, this, &CommandQueue::handleClosed);
    if (replica.isOpen())
        load();
}

CommandQueue::~CommandQueue() = default;

CommandId CommandQueue::newId() const
{
    return {newUuid(m_clock.now())};
}

int CommandQueue::waitingReplies() const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
        [](const Entry &entry) { return entry.command.kind == CommandKind::SendReply; }));
}

void CommandQueue::load()
{
    m_loading = ++m_loads;
    m_removedWhileLoading.clear();
    m_replica.read<QList<StoredCommand>>(&CommandStore::all)
        .then(this, [this, load = m_loading](const Result<QList<StoredCommand>> &stored) {
            if (load != m_loading)
                return; // a newer one is under way
            m_loading = 0;
            if (stored)
                takeLoaded(*stored);
            else
                qCWarning(logDesk) << "cannot read the commands" << kindName(stored.error().kind);
        });
}

void CommandQueue::takeLoaded(const QList<StoredCommand> &stored)
{
    std::list<Entry> older;
    for (const StoredCommand &command : stored) {
        if (!find(command.id) && !m_removedWhileLoading.contains(command.id))
            older.push_back({command});
    }
    m_entries.splice(m_entries.begin(), older);
    tellWaiting();
    sendNext();
}

void CommandQueue::handleChanges(const ReplicaChanges &changes)
{
    for (const CommandId &id : changes.removedCommands) {
        m_entries.remove_if([&id](const Entry &entry) { return entry.command.id == id; });
        if (m_loading != 0)
            m_removedWhileLoading.insert(id);
    }
    for (const StoredCommand &command : changes.addedCommands)
        m_entries.push_back({command});
    if (changes.addedCommands.isEmpty() && changes.removedCommands.isEmpty())
        return;
    tellWaiting();
    sendNext();
}

void CommandQueue::handleFrame(const Wire::ServerFrame &frame)
{
    if (const auto *result = std::get_if<Wire::CommandResult>(&frame)) {
        handleResult(*result);
    } else if (std::holds_alternative<Wire::Welcome>(frame)) {
        m_connected = m_channel.isOpen(); // somebody may have hung up on this very welcome
        sendNext();
    }
}

void CommandQueue::handleResult(const Wire::CommandResult &result)
{
    Entry *entry = find(result.id);
    if (!entry)
        return;
    if (result.error && isTrouble(*result.error)) {
        postpone(*entry, result.error->retryAfter.value_or(PauseAfterTrouble));
        return;
    }
    settle(entry->command, result.error);
}

void CommandQueue::handleClosed()
{
    m_connected = false;
    for (Entry &entry : m_entries)
        entry.inFlight = false;
}

void CommandQueue::sendNext()
{
    if (!m_connected)
        return;
    const qint64 now = m_clock.now();
    qint64 wakeAt = 0;
    QSet<ConversationId> busy;
    auto inFlight = std::count_if(
        m_entries.begin(), m_entries.end(), [](const Entry &entry) { return entry.inFlight; });
    for (Entry &entry : m_entries) {
        const ConversationId &conversation = entry.command.conversationId;
        if (busy.contains(conversation))
            continue;
        busy.insert(conversation); // what follows waits for this one
        if (entry.notBefore > now)
            wakeAt = wakeAt == 0 ? entry.notBefore : std::min(wakeAt, entry.notBefore);
        if (entry.inFlight || entry.held || entry.bringing || entry.notBefore > now
            || inFlight >= MostInFlight)
            continue;
        send(entry);
        inFlight += entry.inFlight ? 1 : 0;
    }
    // Timers may be early, and clocks be set back.
    if (wakeAt > 0)
        m_retry.start(static_cast<int>(std::clamp<qint64>(wakeAt - now, 10, 60'000)));
}

void CommandQueue::send(Entry &entry)
{
    const auto frame = Wire::decodeClientFrame(entry.command.frame);
    if (!frame) {
        entry.inFlight = true;
        settle(entry.command, frame.error());
        return;
    }
    const auto *command = std::get_if<Wire::Command>(&*frame);
    const auto *reply = command ? std::get_if<Wire::SendReply>(&command->body) : nullptr;
    if (reply && reply->attachment && !entry.brought) {
        bringFile(entry, *reply->attachment);
        return;
    }
    entry.inFlight = true;
    m_channel.send(*frame);
}

// The reply can still be taken back meanwhile.
void CommandQueue::bringFile(Entry &entry, const Attachment &file)
{
    entry.bringing = true;
    auto task = m_bring ? m_bring(file)
                        : Task<>::finished(failure(Error::Kind::Offline, u"no way to the relay"_s));
    task.then(this, [this, id = entry.command.id](const Result<> &brought) {
        Entry *waiting = find(id);
        if (!waiting)
            return; // taken back
        waiting->bringing = false;
        waiting->brought = brought.has_value();
        if (!brought && isTrouble(brought.error())) {
            postpone(*waiting, PauseAfterTrouble);
        } else if (!brought) {
            waiting->inFlight = true;
            const FailureKind kind = brought.error().kind == Error::Kind::NotFound
                ? FailureKind::AttachmentLost
                : FailureKind::AttachmentRefused;
            settle(waiting->command, Error{brought.error().kind, failureKindName(kind)});
        }
        QMetaObject::invokeMethod(this, &CommandQueue::sendNext, Qt::QueuedConnection);
    });
}

void CommandQueue::settle(const StoredCommand &command, const std::optional<Error> &error)
{
    if (error) {
        qCWarning(logDesk) << "command" << command.id.value
                           << "was refused:" << kindName(error->kind) << error->detail;
    }
    m_replica
        .write<void>(
            [command, error](ReplicaWriter &writer) { return settleIn(writer, command, error); })
        .then(this, [this, command, error](const Result<> &settled) {
            if (!settled) {
                // It is asked again; the relay will answer the same.
                if (Entry *entry = find(command.id))
                    postpone(*entry, PauseAfterTrouble);
                return;
            }
            m_entries.remove_if(
                [&command](const Entry &entry) { return entry.command.id == command.id; });
            if (error)
                Q_EMIT refused(command.kind, command.conversationId, *error);
            sendNext();
        });
}

void CommandQueue::postpone(Entry &entry, std::chrono::milliseconds pause)
{
    entry.inFlight = false;
    entry.notBefore = m_clock.now() + pause.count();
    if (!m_retry.isActive() || m_retry.remainingTimeAsDuration() > pause)
        m_retry.start(pause);
}

Task<> CommandQueue::cancelReply(const MessageId &id)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&id](const Entry &entry) {
        return entry.command.kind == CommandKind::SendReply && entry.command.messageId == id;
    });
    if (found == m_entries.end() || found->inFlight)
        return askToCancel(id);
    found->held = true;
    Promise<> promise;
    auto task = promise.task();
    m_replica
        .write<void>([command = found->command](ReplicaWriter &writer) {
            return inOrder([&] { return MessageStore::takeBack(writer, command.messageId); },
                [&] { return CommandStore::remove(writer, command); });
        })
        .then(this,
            [this, command = found->command.id,
                promise = std::make_shared<Promise<>>(std::move(promise))](const Result<> &done) {
                if (Entry *entry = find(command))
                    entry->held = false;
                promise->finish(done);
                sendNext();
            });
    return task;
}

Task<> CommandQueue::askToCancel(const MessageId &id)
{
    return m_replica.write<void>([command = newId(), id](ReplicaWriter &writer) -> Result<> {
        const auto message = MessageStore::find(writer.connection, id);
        if (!message)
            return done(message);
        if (!*message)
            return failure(Error::Kind::NotFound, u"no such reply"_s);
        if ((*message)->seq == 0 && (*message)->state == DeliveryState::Failed)
            return MessageStore::takeBack(writer, id);
        if ((*message)->state != DeliveryState::Queued)
            return failure(Error::Kind::Conflict, u"the reply has left"_s);
        return CommandStore::add(
            writer, storedCommand(command, Wire::CancelReply{id}, (*message)->conversationId));
    });
}

void CommandQueue::tellWaiting()
{
    const int waiting = waitingReplies();
    if (std::exchange(m_toldWaiting, waiting) != waiting)
        Q_EMIT waitingRepliesChanged(waiting);
}

CommandQueue::Entry *CommandQueue::find(const CommandId &id)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
        [&id](const Entry &entry) { return entry.command.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

} // namespace Pagedesk
