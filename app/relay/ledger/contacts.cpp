// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/contacts.h"

#include "app/relay/ledger/conversations.h"
#include "models/domain/contactjson.h"

namespace Pagedesk::Relay {

namespace {

#define PAGEDESK_CONTACT_COLUMNS "conversation_id, page_id, person_id, card, seq"

ContactCard cardFrom(const Row &row)
{
    ContactCard card = cardFromText(row.text(3));
    card.id = {row.text(0)};
    card.pageId = {row.text(1)};
    card.personId = row.text(2);
    card.seq = row.integer(4);
    return card;
}

Result<> done(const Result<qint64> &changed)
{
    return changed ? Result<>() : failure(changed.error());
}

// Whether the person has written before `at`.
Result<bool> wroteBefore(Connection &connection, const ConversationId &id, qint64 at)
{
    constexpr const char *Sql = "SELECT 1 FROM message WHERE conversation_id = ? AND sent_at < ? "
                                "AND author = 1 LIMIT 1";
    const auto found
        = connection.one(Sql, {id.value, at}, [](const Row &row) { return row.integer(0); });
    if (!found)
        return failure(found.error());
    return found->has_value();
}

} // namespace

Result<ContactCard> contactCard(Connection &connection, const Conversation &conversation)
{
    constexpr const char *Sql
        = "SELECT " PAGEDESK_CONTACT_COLUMNS " FROM contact WHERE conversation_id = ?";
    const auto found = connection.one(Sql, {conversation.id.value}, cardFrom);
    if (!found)
        return failure(found.error());
    if (*found)
        return **found;
    ContactCard card;
    card.id = conversation.id;
    card.pageId = conversation.contact.pageId;
    return card;
}

Result<> saveContact(Connection &connection, const ContactCard &card)
{
    constexpr const char *Sql
        = "INSERT INTO contact (" PAGEDESK_CONTACT_COLUMNS ") VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (conversation_id) DO UPDATE SET person_id = excluded.person_id, "
          "card = excluded.card, seq = excluded.seq";
    const auto seq = takeSeqs(connection, card.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(
        Sql, {card.id.value, card.pageId.value, card.personId, cardToText(card), *seq}));
}

Result<> setContactName(
    Connection &connection, const Conversation &conversation, const QString &name)
{
    constexpr const char *Sql = "UPDATE conversation SET name = ?, seq = ? WHERE id = ?";
    if (conversation.contact.name == name)
        return {};
    const auto seq = takeSeqs(connection, conversation.contact.pageId.value, 1);
    if (!seq)
        return failure(seq.error());
    return done(connection.exec(Sql, {name, *seq, conversation.id.value}));
}

Result<> keepProfile(Connection &connection, const Conversation &conversation,
    const ContactProfile &profile, const QString &pictureHash)
{
    auto card = contactCard(connection, conversation);
    if (!card)
        return failure(card.error());
    const ContactProfile before = card->profile;
    card->profile = profile;
    if (!profile.shared) {
        card->profile = before;
        card->profile.askedAt = profile.askedAt;
        card->profile.shared = false;
    }
    if (auto saved = saveContact(connection, *card); !saved)
        return saved;
    const QString picture = pictureHash.isEmpty() ? conversation.contact.pictureHash : pictureHash;
    return setProfile(connection, conversation, shownName(*card), picture);
}

Result<> noteOrigin(
    Connection &connection, const Conversation &conversation, const ContactOrigin &origin)
{
    auto card = contactCard(connection, conversation);
    if (!card)
        return failure(card.error());
    if (card->origin.at != 0 && card->origin.at <= origin.at)
        return {};
    const auto wrote = wroteBefore(connection, conversation.id, origin.at);
    if (!wrote)
        return failure(wrote.error());
    if (*wrote)
        return {};
    card->origin = origin;
    return saveContact(connection, *card);
}

Result<QList<ContactCard>> contactsOfPerson(Connection &connection, const QString &personId)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CONTACT_COLUMNS
                                " FROM contact WHERE person_id = ? AND person_id <> ''";
    return connection.all(Sql, {personId}, cardFrom);
}

Result<QList<ContactCard>> contactsAfter(
    Connection &connection, const PageId &page, qint64 after, qint64 upTo, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CONTACT_COLUMNS " FROM contact "
                                "WHERE page_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    return connection.all(Sql, {page.value, after, upTo, limit}, cardFrom);
}

Result<QList<ContactCard>> contactsBelow(
    Connection &connection, const PageId &page, qint64 before, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CONTACT_COLUMNS " FROM contact "
                                "WHERE page_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?";
    return connection.all(Sql, {page.value, before, limit}, cardFrom);
}

} // namespace Pagedesk::Relay
