// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/commandqueue.h"
#include "models/desk/conversations.h"
#include "models/desk/drafts.h"
#include "models/desk/livechannel.h"
#include "models/desk/outbox.h"
#include "models/desk/secretstore.h"
#include "models/desk/session.h"
#include "models/desk/syncer.h"
#include "models/desk/threads.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamstore.h"
#include "tests/support/rows.h"
#include "tests/support/scriptedrelay.h"
#include "tests/support/temporaryreplica.h"

namespace Pagedesk::Testing {

class MemorySecrets final : public SecretStore {
public:
    Task<Secret> load() override
    {
        if (m_token.isEmpty())
            return Task<Secret>::finished(failure(Error::Kind::NotFound, QStringLiteral("none")));
        return Task<Secret>::finished(m_token);
    }
    Task<> save(const Secret &token) override
    {
        m_token = token;
        return Task<>::finished({});
    }
    Task<> remove() override
    {
        m_token = Secret();
        return Task<>::finished({});
    }
    bool isProtected() const override { return true; }

private:
    Secret m_token;
};

// The desktop without a window: every use case, over a replica in a temporary folder.
struct Desk {
    // `relay` is where the stored identity says the relay is.
    explicit Desk(TemporaryReplica &replica, const QUrl &relay, const ChannelTiming &timing = {})
        : identity(replica.folder())
        , channel(timing)
        , syncer(replica.get(), channel)
        , commands(replica.get(), channel, clock)
        , conversations(replica.get(), commands)
        , threads(replica.get(), syncer)
        , drafts(replica.get())
        , outbox(replica.get(), commands, clock)
        , session(channel, syncer, identity, secrets, clock)
    {
        self = {{QStringLiteral("op-1")}, QStringLiteral("Amal"), Role::Agent, true, 1};
        (void)identity.save({relay, QStringLiteral("Bakery"), self});
        (void)secrets.save(Secret("token"));
    }

    // Connects and lets the relay say which streams there are; the cursors of the hello.
    std::optional<Wire::Hello> connectTo(
        ScriptedRelay &relay, const QList<Wire::StreamInfo> &streams)
    {
        session.start();
        return greet(relay, streams);
    }
    std::optional<Wire::Hello> greet(ScriptedRelay &relay, const QList<Wire::StreamInfo> &streams)
    {
        if (!relay.expectConnection())
            return std::nullopt;
        const auto hello = relay.expect<Wire::Hello>();
        relay.say(
            Wire::Welcome{Wire::ProtocolVersion, self, QStringLiteral("Bakery"), Noon, streams});
        return hello;
    }

    ManualClock clock{Noon};
    Operator self;
    IdentityStore identity;
    MemorySecrets secrets;
    LiveChannel channel;
    Syncer syncer;
    CommandQueue commands;
    Conversations conversations;
    Threads threads;
    Drafts drafts;
    Outbox outbox;
    Session session;
};

// A Page "1" with a conversation with "9", synced completely up to `head`.
inline Result<> seed(TemporaryReplica &replica, qint64 head = 10)
{
    return replica.write([head](ReplicaWriter &writer) {
        const QString stream = QStringLiteral("1");
        const QString person = QStringLiteral("9");
        return inOrder(
            [&] {
                return StreamStore::save(
                    writer.connection, {stream, head, 0, StreamProgress::Listed::All, 0, {}});
            },
            [&] { return PageStore::apply(writer, page(stream, 1)); },
            [&] {
                return ConversationStore::apply(
                    writer, conversation(stream, person, Noon - 1000, 2));
            },
            [&] {
                return MessageStore::apply(
                    writer, inbound(stream, person, QStringLiteral("first"), Noon - 1000, 3));
            });
    });
}

} // namespace Pagedesk::Testing
