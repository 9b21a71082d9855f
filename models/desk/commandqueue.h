// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/task.h"
#include "models/store/replica/replicachanges.h"
#include "models/wire/frames.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <list>

namespace Pagedesk {

class LiveChannel;
class Replica;

// Commands on their way to the relay. They are stored before they are sent, sent again until they
// are confirmed (the relay knows a repeated id), and keep their order within a conversation. What a
// transaction adds with CommandStore::add() leaves by itself after the commit.
class CommandQueue : public QObject {
    Q_OBJECT

public:
    CommandQueue(
        Replica &replica, LiveChannel &channel, const Clock &clock, QObject *parent = nullptr);
    ~CommandQueue() override;

    // How the file of a reply comes to the relay before the reply does; see Uploader::bring().
    using BringFile = std::function<Task<>(const Attachment &)>;
    void useFiles(BringFile bring) { m_bring = std::move(bring); }

    CommandId newId() const;

    // Takes a reply back: at once while it has not left this desktop, else by asking the relay.
    // NotFound, or Conflict when it is sent already.
    Task<> cancelReply(const MessageId &id);

    // How many replies have not been confirmed by the relay.
    int waitingReplies() const;

Q_SIGNALS:
    void waitingRepliesChanged(int waiting);
    // The relay refused a command, and what it had changed here was undone. A refused reply stands
    // in its thread as failed besides.
    void refused(Pagedesk::CommandKind kind, const Pagedesk::ConversationId &conversation,
        const Pagedesk::Error &error);

private:
    struct Entry {
        StoredCommand command;
        bool inFlight = false;
        bool held = false; // is being taken back
        bool bringing = false; // its file is on the way to the relay
        bool brought = false;
        qint64 notBefore = 0; // ms UTC
    };

    void load();
    void takeLoaded(const QList<StoredCommand> &stored);
    void handleChanges(const ReplicaChanges &changes);
    void handleFrame(const Wire::ServerFrame &frame);
    void handleResult(const Wire::CommandResult &result);
    void handleClosed();
    void sendNext();
    void send(Entry &entry);
    void bringFile(Entry &entry, const Attachment &file);
    void settle(const StoredCommand &command, const std::optional<Error> &error);
    void postpone(Entry &entry, std::chrono::milliseconds pause);
    Task<> askToCancel(const MessageId &id);
    void tellWaiting();
    Entry *find(const CommandId &id);

    Replica &m_replica;
    LiveChannel &m_channel;
    const Clock &m_clock;
    BringFile m_bring;
    std::list<Entry> m_entries; // oldest first
    QSet<CommandId> m_removedWhileLoading;
    int m_loading = 0; // the number of the newest load, 0 when none is under way
    int m_loads = 0;
    bool m_connected = false;
    int m_toldWaiting = 0;
    QTimer m_retry;
};

// A command as CommandStore keeps it.
StoredCommand storedCommand(
    const CommandId &id, const Wire::CommandBody &body, const ConversationId &conversation);

// Why a refused reply was not sent. The relay names the reason in the error's detail where it
// knows one (see failureKindName()).
FailureKind failureKindOf(const Error &error);

} // namespace Pagedesk
