// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/commandqueue.h"
#include "models/desk/conversations.h"
#include "models/desk/drafts.h"
#include "models/desk/livechannel.h"
#include "models/desk/mediafetcher.h"
#include "models/desk/outbox.h"
#include "models/desk/outgoingfiles.h"
#include "models/desk/people.h"
#include "models/desk/secretstore.h"
#include "models/desk/session.h"
#include "models/desk/syncer.h"
#include "models/desk/threads.h"
#include "models/desk/uploader.h"
#include "models/store/replica/replica.h"

namespace Pagedesk::Tests {

// Keeps the token in a file of the profile.
class FileTokens final : public SecretStore {
public:
    explicit FileTokens(const QString &profile);
    Task<Secret> load() override;
    Task<> save(const Secret &token) override;
    Task<> remove() override;
    bool isProtected() const override { return false; }

private:
    QString m_path;
};

// Everything of the desktop but its window, on a profile folder.
class TestDesk {
public:
    explicit TestDesk(const QString &profile, const ChannelTiming &timing = {});

    bool start(); // false when the replica cannot be opened
    Result<> pair(const QString &link); // waits
    bool waitFor(ConnectionState state, int deadlineMs = 20'000);
    // The state of a message in the replica; nothing while it is not there.
    std::optional<Message> message(const ConversationId &conversation, const MessageId &id);
    QList<Message> thread(const ConversationId &conversation);
    std::optional<Conversation> conversation(const ConversationId &id);

    SystemClock clock;
    Replica replica;
    LiveChannel channel;
    Syncer syncer;
    CommandQueue commands;
    IdentityStore identity;
    FileTokens tokens;
    Session session;
    Conversations conversations;
    Threads threads;
    Drafts drafts;
    Outbox outbox;
    MediaFetcher media;
    OutgoingFiles outgoing;
    Uploader uploader;
    People people;

private:
    QString m_profile;
};

} // namespace Pagedesk::Tests
