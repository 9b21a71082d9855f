// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/conversationstore.h"

#include "models/store/replica/conversationoverlay.h"
#include "models/store/replica/conversationrows.h"
#include "models/store/replica/searchindex.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/tombstones.h"

#include <algorithm>
#include <tuple>

namespace Pagedesk {

namespace {

constexpr const char *All = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation";
constexpr const char *Find
    = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation WHERE id = ?";
constexpr const char *IdsOfPage = "SELECT id FROM conversation WHERE page_id = ?";
constexpr const char *NameOf = "SELECT name FROM conversation WHERE id = ?";
constexpr const char *Remove = "DELETE FROM conversation WHERE id = ?";
constexpr const char *RemovePage = "DELETE FROM conversation WHERE page_id = ?";
constexpr const char *SettleUnread = "UPDATE conversation SET unread = ? WHERE id = ? "
                                     "AND seq = (SELECT base_seq FROM command WHERE id = ?)";
constexpr const char *BaseSeq = "SELECT base_seq FROM command WHERE id = ?";

bool isNewer(const Conversation &a, const Conversation &b)
{
    return std::tie(a.lastMessageAt, a.id.value) > std::tie(b.lastMessageAt, b.id.value);
}

} // namespace

Result<QList<Conversation>> ConversationStore::all(Connection &connection)
{
    auto conversations = connection.all(All, {}, ConversationRows::from);
    if (!conversations)
        return conversations;
    const auto overlay = ConversationOverlay::load(connection);
    if (!overlay)
        return failure(overlay.error());
    for (Conversation &conversation : *conversations) {
        if (const auto laid = overlay->lay(connection, conversation); !laid)
            return failure(laid.error());
    }
    std::sort(conversations->begin(), conversations->end(), isNewer);
    return conversations;
}

Result<std::optional<Conversation>> ConversationStore::find(
    Connection &connection, const ConversationId &id)
{
    auto found = connection.one(Find, {id.value}, ConversationRows::from);
    if (!found || !*found)
        return found;
    const auto overlay = ConversationOverlay::load(connection, id);
    if (!overlay)
        return failure(overlay.error());
    if (const auto laid = overlay->lay(connection, **found); !laid)
        return failure(laid.error());
    return found;
}

Result<> ConversationStore::apply(ReplicaWriter &writer, const Conversation &conversation)
{
    const auto gone = Tombstones::covers(
        writer.connection, "conversation", conversation.id.value, conversation.seq);
    if (!gone || *gone)
        return done(gone);
    const auto name = writer.connection.one(
        NameOf, {conversation.id.value}, [](const Row &row) { return row.text(0); });
    if (!name)
        return done(name);
    const auto written = ConversationRows::write(writer.connection, conversation);
    if (!written || !*written)
        return done(written);
    writer.changes.touched.insert(conversation.id);
    if (*name && **name == conversation.contact.name)
        return {};
    return SearchIndex::contactChanged(writer.connection, conversation.id);
}

Result<> ConversationStore::remove(
    ReplicaWriter &writer, const ConversationId &id, const QString &stream, qint64 seq)
{
    writer.changes.removedConversations.append(id);
    return inOrder(
        [&] {
            return Tombstones::add(
                writer.connection, QStringLiteral("conversation"), id.value, stream, seq);
        },
        [&] { return done(writer.connection.exec(Remove, {id.value})); },
        [&] { return SearchIndex::contactChanged(writer.connection, id); });
}

Result<> ConversationStore::removePage(ReplicaWriter &writer, const PageId &page)
{
    const auto ids = writer.connection.all(
        IdsOfPage, {page.value}, [](const Row &row) { return ConversationId{row.text(0)}; });
    if (!ids)
        return failure(ids.error());
    writer.changes.removedConversations += *ids;
    return inOrder([&] { return done(writer.connection.exec(RemovePage, {page.value})); },
        [&] { return SearchIndex::removeContacts(writer.connection, page); });
}

Result<> ConversationStore::settle(ReplicaWriter &writer, const StoredCommand &command)
{
    const QString &id = command.conversationId.value;
    if (command.kind != CommandKind::MarkRead && command.kind != CommandKind::Change)
        return {};
    const auto stored = writer.connection.one(Find, {id}, ConversationRows::from);
    if (!stored || !*stored)
        return done(stored);
    if (command.kind == CommandKind::Change) {
        const auto base = writer.connection.one(
            BaseSeq, {command.id.value}, [](const Row &row) { return row.integer(0); });
        if (!base)
            return done(base);
        Conversation changed = **stored;
        applyChange(changed, command.change);
        return ConversationRows::change(writer.connection, changed, base->value_or(0));
    }
    const auto unread = unreadAfter(writer.connection, **stored, command.value);
    if (!unread)
        return done(unread);
    return done(writer.connection.exec(SettleUnread, {*unread, id, command.id.value}));
}

} // namespace Pagedesk
