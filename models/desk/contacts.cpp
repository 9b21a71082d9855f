// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/contacts.h"

#include "models/desk/commandqueue.h"
#include "models/store/replica/commandstore.h"
#include "models/store/replica/contactstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/originstore.h"
#include "models/store/replica/replica.h"
#include "models/store/replica/steps.h"

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

// Carries a command out on the card as the relay will. What concerns other cards too, or Meta,
// shows when the relay has done it.
struct Overlay {
    ContactCard &card;
    const Origin &self;

    Result<> operator()(const Wire::EditContact &body) const
    {
        ContactCard edited = card;
        for (const ContactEdit &edit : body.edits) {
            if (auto applied = applyEdit(edited, edit); !applied)
                return applied;
        }
        card = edited;
        return {};
    }
    Result<> operator()(const Wire::AddContactNote &body) const
    {
        return addNote(
            card, {body.noteId, self.operatorId, self.operatorName, body.text, body.writtenAt});
    }
    Result<> operator()(const Wire::RemoveContactNote &body) const
    {
        return removeNote(card, body.noteId);
    }
    Result<> operator()(const Wire::DeclineSuggestion &body) const
    {
        card.suggestions.removeAll(body.suggestionId);
        return {};
    }
    template <typename Other> Result<> operator()(const Other &) const { return {}; }
};

Result<ContactCard> storedCard(Connection &connection, const ConversationId &id)
{
    const auto found = ContactStore::find(connection, id);
    if (!found)
        return failure(found.error());
    if (*found)
        return **found;
    const auto conversation = ConversationStore::find(connection, id);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation)
        return failure(Error::Kind::NotFound, u"no such conversation"_s);
    ContactCard card;
    card.id = id;
    card.pageId = (*conversation)->contact.pageId;
    return card;
}

// Whom to ask about: not who is the same person already, or will be when the relay has done what
// waits here.
Result<> findSuggestions(
    Connection &connection, ContactView &view, const QSet<ConversationId> &merging)
{
    if (view.card.suggestions.isEmpty())
        return {};
    const auto suggested = ContactStore::suggestedFor(connection, view.card.id);
    if (!suggested)
        return failure(suggested.error());
    for (const ContactCard &other : *suggested) {
        const bool isSame = !other.personId.isEmpty() && other.personId == view.card.personId;
        if (isSame || merging.contains(other.id))
            continue;
        for (const QString &id : std::as_const(view.card.suggestions)) {
            if (other.suggestions.contains(id))
                view.suggestions.append({id, other});
        }
    }
    return {};
}

// The card with what waits here laid over it.
Result<ContactView> read(Connection &connection, const ConversationId &id)
{
    auto card = storedCard(connection, id);
    if (!card)
        return failure(card.error());
    const auto origin = OriginStore::load(connection);
    if (!origin)
        return failure(origin.error());
    const auto waiting = CommandStore::ofConversation(connection, id, CommandKind::Contact);
    if (!waiting)
        return failure(waiting.error());
    ContactView view{*card, {}, {}, !waiting->isEmpty()};
    QSet<ConversationId> merging;
    const Origin self = origin->value_or(Origin());
    for (const StoredCommand &stored : *waiting) {
        const auto frame = Wire::decodeClientFrame(stored.frame);
        const auto *command = frame ? std::get_if<Wire::Command>(&*frame) : nullptr;
        // One that the relay will refuse changes nothing here either.
        if (command)
            (void)std::visit(Overlay{view.card, self}, command->body);
        if (const auto *merge
            = command ? std::get_if<Wire::MergeContacts>(&command->body) : nullptr)
            merging.insert(merge->otherConversationId);
    }
    if (auto found = findSuggestions(connection, view, merging); !found)
        return failure(found.error());
    const auto group = ContactStore::ofPerson(connection, view.card.personId);
    if (!group)
        return failure(group.error());
    for (const ContactCard &other : *group) {
        if (other.id != id)
            view.others.append(other);
    }
    return view;
}

} // namespace

Contacts::Contacts(Replica &replica, CommandQueue &commands, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_replica(replica)
    , m_commands(commands)
    , m_clock(clock)
{
    connect(&replica, &Replica::changed, this, &Contacts::handleChanges);
    connect(&commands, &CommandQueue::refused, this,
        [this](CommandKind kind, const ConversationId &id, const Error &error) {
            if (kind == CommandKind::Contact)
                Q_EMIT refused(id, error);
        });
}

Task<ContactView> Contacts::load(const ConversationId &id)
{
    return m_replica.read<ContactView>(
        [id](Connection &connection) { return read(connection, id); });
}

Task<QStringList> Contacts::fieldNames()
{
    return m_replica.read<QStringList>(&ContactStore::fieldNames);
}

Task<> Contacts::edit(const ConversationId &id, const QList<ContactEdit> &edits)
{
    return give(id, Wire::EditContact{id, edits});
}

Task<> Contacts::addNote(const ConversationId &id, const QString &text)
{
    const qint64 now = m_clock.now();
    return give(id, Wire::AddContactNote{id, newUuid(now), text, now});
}

Task<> Contacts::removeNote(const ConversationId &id, const QString &noteId)
{
    return give(id, Wire::RemoveContactNote{id, noteId});
}

Task<> Contacts::merge(const ConversationId &id, const ConversationId &other)
{
    return give(id, Wire::MergeContacts{id, other});
}

Task<> Contacts::unmerge(const ConversationId &id)
{
    return give(id, Wire::UnmergeContact{id});
}

Task<> Contacts::refresh(const ConversationId &id)
{
    return give(id, Wire::RefreshContact{id});
}

Task<> Contacts::declineSuggestion(const ConversationId &id, const QString &suggestionId)
{
    return give(id, Wire::DeclineSuggestion{id, suggestionId});
}

Task<> Contacts::give(const ConversationId &id, const Wire::CommandBody &body)
{
    const StoredCommand command = storedCommand(m_commands.newId(), body, id);
    return m_replica.write<void>([id, body, command](ReplicaWriter &writer) -> Result<> {
        auto view = read(writer.connection, id);
        if (!view)
            return failure(view.error());
        if (auto applied = std::visit(Overlay{view->card, Origin()}, body); !applied)
            return applied;
        return CommandStore::add(writer, command);
    });
}

void Contacts::handleChanges(const ReplicaChanges &changes)
{
    if (!changes.contacts.isEmpty())
        Q_EMIT changed(changes.contacts);
}

} // namespace Pagedesk
