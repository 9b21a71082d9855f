// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/draftstore.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *All = "SELECT conversation_id, text FROM draft";
constexpr const char *Find = "SELECT text FROM draft WHERE conversation_id = ?";
constexpr const char *Upsert = "INSERT INTO draft (conversation_id, text) VALUES (?, ?) "
                               "ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text "
                               "WHERE excluded.text <> draft.text";
constexpr const char *Remove = "DELETE FROM draft WHERE conversation_id = ?";
constexpr const char *RemovePage
    = "DELETE FROM draft WHERE substr(conversation_id, 1, length(?)) = ?";

} // namespace

Result<QHash<ConversationId, QString>> DraftStore::all(Connection &connection)
{
    QHash<ConversationId, QString> drafts;
    const auto read = connection.each(
        All, {}, [&drafts](const Row &row) { drafts.insert({row.text(0)}, row.text(1)); });
    if (!read)
        return failure(read.error());
    return drafts;
}

Result<QString> DraftStore::text(Connection &connection, const ConversationId &conversation)
{
    const auto found
        = connection.one(Find, {conversation.value}, [](const Row &row) { return row.text(0); });
    if (!found)
        return failure(found.error());
    return found->value_or(QString());
}

Result<> DraftStore::set(
    ReplicaWriter &writer, const ConversationId &conversation, const QString &text)
{
    const auto changed = text.isEmpty()
        ? writer.connection.exec(Remove, {conversation.value})
        : writer.connection.exec(Upsert, {conversation.value, text});
    if (changed && *changed > 0)
        writer.changes.drafts.insert(conversation, text);
    return done(changed);
}

Result<> DraftStore::removePage(ReplicaWriter &writer, const PageId &page)
{
    const QString prefix = page.value + u'-'; // see conversationId()
    return done(writer.connection.exec(RemovePage, {prefix, prefix}));
}

} // namespace Pagedesk
