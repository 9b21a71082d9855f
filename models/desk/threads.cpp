// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/threads.h"

#include "models/desk/syncer.h"
#include "models/desk/threadslice.h"
#include "models/store/replica/replica.h"
#include "models/store/replica/threadplaces.h"

#include <algorithm>

namespace Pagedesk {

namespace {

constexpr int MostRounds = 1000; // of fetching what lies before a place
constexpr int LeastAsked = 200; // at the relay, so that paging back does not ask for every page

} // namespace

class Threads::Implementation : public QObject {
public:
    Implementation(Threads &threads, Replica &replica, Syncer &syncer)
        : m_threads(threads)
        , m_replica(replica)
        , m_syncer(syncer)
    {
        connect(&replica, &Replica::changed, this,
            [this](const ReplicaChanges &changes) { handleChanges(changes); });
        connect(&replica, &Replica::reset, this, [this] { m_edges.clear(); });
    }

    Task<Slice> slice(const ThreadQuestion &question);
    Task<Slice> around(
        const ConversationId &conversation, const MessagePlace &place, int limit, int rounds = 0);
    Task<Slice> after(const ConversationId &conversation, const Message &last, int limit);
    Replica &replica() { return m_replica; }
    Task<Wire::Inspection> inspect(const MessageId &message) { return m_syncer.inspect(message); }

private:
    // From where on whoever asked has every message.
    struct Edge {
        Message first;
        bool moreBefore = false;
    };

    Task<ThreadReading> read(const ThreadQuestion &question);
    Task<Slice> fetched(const ThreadQuestion &question, const ThreadReading &local);
    Task<Slice> around(const ConversationId &conversation, const ThreadAround &here, int limit);
    Task<Slice> fetchedDownTo(
        const ConversationId &conversation, const MessagePlace &place, int limit, int rounds);
    Task<Slice> handOut(const ThreadQuestion &question, const ThreadSlice &slice);
    void handleChanges(const ReplicaChanges &changes);

    Threads &m_threads;
    Replica &m_replica;
    Syncer &m_syncer;
    QHash<ConversationId, Edge> m_edges;
};

Task<ThreadReading> Threads::Implementation::read(const ThreadQuestion &question)
{
    return m_replica.read<ThreadReading>(
        [question](Connection &connection) { return readThread(connection, question); });
}

Task<Threads::Slice> Threads::Implementation::slice(const ThreadQuestion &question)
{
    return read(question).andThen(this, [this, question](const ThreadReading &local) {
        if (const auto enough = local.gapless(question))
            return handOut(question, *enough);
        if (!m_syncer.isConnected())
            return handOut(question, local.whatever(question));
        return fetched(question, local);
    });
}

Task<Threads::Slice> Threads::Implementation::fetched(
    const ThreadQuestion &question, const ThreadReading &local)
{
    auto promise = std::make_shared<Promise<Slice>>();
    auto task = promise->task();
    const int limit = std::max(question.limit, LeastAsked);
    m_syncer.fetchThread(question.conversation, local.askBefore(question), limit)
        .then(this, [this, question, promise](const Result<Syncer::ThreadPart> &part) {
            read(question)
                .andThen(this,
                    [this, question, part](const ThreadReading &now) {
                        return handOut(question,
                            part ? now.down(question, part->lowest, part->more)
                                 : now.whatever(question));
                    })
                .then(this, [promise](const Result<Slice> &slice) { promise->finish(slice); });
        });
    return task;
}

Task<Threads::Slice> Threads::Implementation::handOut(
    const ThreadQuestion &question, const ThreadSlice &slice)
{
    if (!slice.messages.isEmpty())
        m_edges.insert(question.conversation, {slice.messages.constFirst(), slice.moreBefore});
    else if (const auto edge = m_edges.find(question.conversation); edge != m_edges.end())
        edge->moreBefore = slice.moreBefore;
    return Task<Slice>::finished(Slice{slice.messages, slice.moreBefore});
}

Task<Threads::Slice> Threads::Implementation::around(
    const ConversationId &conversation, const MessagePlace &place, int limit, int rounds)
{
    return m_replica
        .read<ThreadAround>([conversation, place, limit](Connection &connection) {
            return readAround(connection, conversation, place, limit);
        })
        .andThen(this,
            [this, conversation, place, limit, rounds](const ThreadAround &here) -> Task<Slice> {
                if (here.isHere || !m_syncer.isConnected() || rounds >= MostRounds)
                    return around(conversation, here, limit);
                return fetchedDownTo(conversation, place, limit, rounds);
            });
}

// Goes on asking the relay below what is here until the place is reached.
Task<Threads::Slice> Threads::Implementation::fetchedDownTo(
    const ConversationId &conversation, const MessagePlace &place, int limit, int rounds)
{
    const ThreadQuestion newest{conversation, std::nullopt, LeastAsked};
    auto promise = std::make_shared<Promise<Slice>>();
    auto task = promise->task();
    read(newest)
        .andThen(this,
            [this, newest](const ThreadReading &local) {
                return m_syncer.fetchThread(
                    newest.conversation, local.askBefore(newest), LeastAsked);
            })
        .then(this,
            [this, conversation, place, limit, rounds, promise](
                const Result<Syncer::ThreadPart> &part) {
                // The relay's refusal ends it: then what is here has to do.
                around(conversation, place, limit, part ? rounds + 1 : MostRounds)
                    .then(this, [promise](const Result<Slice> &slice) { promise->finish(slice); });
            });
    return task;
}

Task<Threads::Slice> Threads::Implementation::around(
    const ConversationId &conversation, const ThreadAround &here, int limit)
{
    const ThreadAround::Part part = here.part(limit);
    if (!part.messages.isEmpty())
        m_edges.insert(conversation, {part.messages.constFirst(), part.moreBefore});
    return Task<Slice>::finished(Slice{part.messages, part.moreBefore, part.moreAfter});
}

Task<Threads::Slice> Threads::Implementation::after(
    const ConversationId &conversation, const Message &last, int limit)
{
    return m_replica
        .read<ThreadAround>([conversation, last, limit](Connection &connection) {
            return readAfter(connection, conversation, last, limit);
        })
        .andThen(this, [limit](const ThreadAround &here) {
            const ThreadAround::Part part = here.part(limit);
            return Task<Slice>::finished(Slice{part.messages, true, part.moreAfter});
        });
}

// Old messages that arrive with the history of the Page are not told while there is a gap between
// them and what was handed out: they come when somebody pages back to them.
void Threads::Implementation::handleChanges(const ReplicaChanges &changes)
{
    for (auto it = changes.messages.cbegin(); it != changes.messages.cend(); ++it) {
        const auto edge = m_edges.constFind(it.key());
        QList<Message> told = *it;
        if (edge != m_edges.constEnd() && edge->moreBefore) {
            told.removeIf([&edge](const Message &message) {
                return isBefore(message, edge->first) && message.id != edge->first.id;
            });
        }
        if (!told.isEmpty())
            Q_EMIT m_threads.messagesChanged(it.key(), told);
    }
    for (auto it = changes.removedMessages.cbegin(); it != changes.removedMessages.cend(); ++it)
        Q_EMIT m_threads.messagesRemoved(it.key(), *it);
}

Threads::Threads(Replica &replica, Syncer &syncer, QObject *parent)
    : QObject(parent)
    , m_implementation(std::make_unique<Implementation>(*this, replica, syncer))
{
}

Threads::~Threads() = default;

Task<Threads::Slice> Threads::newest(const ConversationId &conversation, int limit)
{
    return m_implementation->slice({conversation, std::nullopt, limit});
}

Task<Threads::Slice> Threads::around(
    const ConversationId &conversation, const MessagePlace &place, int limit)
{
    return m_implementation->around(conversation, place, limit);
}

Task<Threads::Slice> Threads::after(
    const ConversationId &conversation, const Message &last, int limit)
{
    return m_implementation->after(conversation, last, limit);
}

Task<ThreadFound> Threads::find(const ConversationId &conversation, const QString &folded,
    const std::optional<MessagePlace> &before)
{
    return m_implementation->replica().read<ThreadFound>(
        [conversation, folded, before](Connection &connection) {
            return findInThread(connection, conversation, folded, before);
        });
}

Task<std::optional<MessagePlace>> Threads::lastFromCustomer(
    const ConversationId &conversation, int count, qint64 upTo)
{
    return m_implementation->replica().read<std::optional<MessagePlace>>(
        [conversation, count, upTo](Connection &connection) {
            return ThreadPlaces::lastFromCustomer(connection, conversation, count, upTo);
        });
}

Task<Wire::Inspection> Threads::inspect(const MessageId &message)
{
    return m_implementation->inspect(message);
}

Task<Threads::Slice> Threads::before(
    const ConversationId &conversation, const Message &first, int limit)
{
    return m_implementation->slice({conversation, first, limit});
}

} // namespace Pagedesk
