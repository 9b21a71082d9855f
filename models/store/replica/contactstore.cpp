// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/contactstore.h"

#include "models/domain/contactjson.h"
#include "models/store/replica/searchindex.h"
#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

#define PAGEDESK_COLUMNS "conversation_id, page_id, person_id, card, seq"

constexpr const char *Find = "SELECT " PAGEDESK_COLUMNS " FROM contact WHERE conversation_id = ?";
constexpr const char *OfPerson
    = "SELECT " PAGEDESK_COLUMNS " FROM contact WHERE person_id = ? AND person_id <> ''";
constexpr const char *SuggestedFor
    = "SELECT " PAGEDESK_COLUMNS " FROM contact WHERE conversation_id IN "
      "(SELECT o.conversation_id FROM contact_suggestion s JOIN contact_suggestion o "
      "ON o.id = s.id WHERE s.conversation_id = ? AND o.conversation_id <> s.conversation_id)";
constexpr const char *FieldNames
    = "SELECT json_extract(f.value, '$.name') AS name, count(*) FROM contact, "
      "json_each(contact.card, '$.fields') AS f WHERE contact.card LIKE '%\"fields\"%' "
      "GROUP BY name ORDER BY count(*) DESC, name LIMIT 100";
constexpr const char *Upsert
    = "INSERT INTO contact (" PAGEDESK_COLUMNS ") VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (conversation_id) DO UPDATE SET page_id = excluded.page_id, "
      "person_id = excluded.person_id, card = excluded.card, seq = excluded.seq "
      "WHERE excluded.seq > contact.seq";
constexpr const char *Remove = "DELETE FROM contact WHERE conversation_id = ?";
constexpr const char *Counterparts
    = "SELECT o.conversation_id FROM contact_suggestion s JOIN contact_suggestion o "
      "ON o.id = s.id WHERE s.conversation_id = ?";
constexpr const char *AddSuggestion
    = "INSERT OR IGNORE INTO contact_suggestion (id, conversation_id) VALUES (?, ?)";
constexpr const char *RemoveSuggestions
    = "DELETE FROM contact_suggestion WHERE conversation_id = ?";
constexpr const char *OfPage = "SELECT conversation_id FROM contact WHERE page_id = ?";
constexpr const char *RemovePage = "DELETE FROM contact WHERE page_id = ?";

#undef PAGEDESK_COLUMNS

ContactCard cardFrom(const Row &row)
{
    ContactCard card = cardFromText(row.text(3));
    card.id = {row.text(0)};
    card.pageId = {row.text(1)};
    card.personId = row.text(2);
    card.seq = row.integer(4);
    return card;
}

// What is suggested of this one is shown with the others too.
Result<> noteCounterparts(ReplicaWriter &writer, const ConversationId &id)
{
    return writer.connection.each(Counterparts, {id.value},
        [&writer](const Row &row) { writer.changes.contacts.insert({row.text(0)}); });
}

Result<> removeSuggestions(ReplicaWriter &writer, const ConversationId &id)
{
    return inOrder([&] { return noteCounterparts(writer, id); },
        [&] { return done(writer.connection.exec(RemoveSuggestions, {id.value})); });
}

Result<> keepSuggestions(ReplicaWriter &writer, const ContactCard &card)
{
    if (const auto removed = removeSuggestions(writer, card.id); !removed)
        return removed;
    for (const QString &suggestion : card.suggestions) {
        if (const auto added = writer.connection.exec(AddSuggestion, {suggestion, card.id.value});
            !added)
            return failure(added.error());
    }
    return card.suggestions.isEmpty() ? Result<>() : noteCounterparts(writer, card.id);
}

} // namespace

Result<std::optional<ContactCard>> ContactStore::find(
    Connection &connection, const ConversationId &id)
{
    return connection.one(Find, {id.value}, cardFrom);
}

Result<QList<ContactCard>> ContactStore::ofPerson(Connection &connection, const QString &personId)
{
    return connection.all(OfPerson, {personId}, cardFrom);
}

Result<QList<ContactCard>> ContactStore::suggestedFor(
    Connection &connection, const ConversationId &id)
{
    return connection.all(SuggestedFor, {id.value}, cardFrom);
}

Result<QStringList> ContactStore::fieldNames(Connection &connection)
{
    const auto names = connection.all(FieldNames, {}, [](const Row &row) { return row.text(0); });
    if (!names)
        return failure(names.error());
    return QStringList(*names);
}

Result<> ContactStore::apply(ReplicaWriter &writer, const ContactCard &card)
{
    const auto changed = writer.connection.exec(
        Upsert, {card.id.value, card.pageId.value, card.personId, cardToText(card), card.seq});
    if (!changed || *changed == 0)
        return done(changed);
    writer.changes.contacts.insert(card.id);
    return inOrder([&] { return keepSuggestions(writer, card); },
        [&] { return SearchIndex::contactChanged(writer.connection, card.id); });
}

Result<> ContactStore::remove(ReplicaWriter &writer, const ConversationId &id)
{
    writer.changes.contacts.insert(id);
    return inOrder([&] { return removeSuggestions(writer, id); },
        [&] { return done(writer.connection.exec(Remove, {id.value})); },
        [&] { return SearchIndex::contactChanged(writer.connection, id); });
}

Result<> ContactStore::removePage(ReplicaWriter &writer, const PageId &page)
{
    const auto ids = writer.connection.all(
        OfPage, {page.value}, [](const Row &row) { return ConversationId{row.text(0)}; });
    if (!ids)
        return failure(ids.error());
    for (const ConversationId &id : *ids) {
        writer.changes.contacts.insert(id);
        if (const auto removed = removeSuggestions(writer, id); !removed)
            return removed;
    }
    return inOrder([&] { return done(writer.connection.exec(RemovePage, {page.value})); },
        [&] { return SearchIndex::removeContacts(writer.connection, page); });
}

} // namespace Pagedesk
