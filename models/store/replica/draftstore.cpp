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
constexpr const char *Files
    = "SELECT kind, name, mime_type, size, hash, width, height FROM draft_file "
      "WHERE conversation_id = ? ORDER BY position";
constexpr const char *AddFile
    = "INSERT INTO draft_file (conversation_id, position, kind, name, mime_type, size, hash, "
      "width, height) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char *RemoveFiles = "DELETE FROM draft_file WHERE conversation_id = ?";
constexpr const char *FileHashes = "SELECT DISTINCT hash FROM draft_file";
constexpr const char *RemovePageFiles
    = "DELETE FROM draft_file WHERE substr(conversation_id, 1, length(?)) = ?";

Attachment fileFrom(const Row &row)
{
    Attachment file;
    file.kind = attachmentKindFromNumber(row.integer(0)).value_or(AttachmentKind::File);
    file.state = AttachmentState::Captured;
    file.name = row.text(1);
    file.mimeType = row.text(2);
    file.size = row.integer(3);
    file.hash = row.text(4);
    file.width = row.number(5);
    file.height = row.number(6);
    return file;
}

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

Result<QList<Attachment>> DraftStore::files(
    Connection &connection, const ConversationId &conversation)
{
    return connection.all(Files, {conversation.value}, fileFrom);
}

Result<> DraftStore::setFiles(
    ReplicaWriter &writer, const ConversationId &conversation, const QList<Attachment> &files)
{
    auto written = writer.connection.exec(RemoveFiles, {conversation.value});
    for (int i = 0; written && i < files.size(); ++i) {
        const Attachment &file = files.at(i);
        written = writer.connection.exec(AddFile,
            {conversation.value, i, static_cast<int>(file.kind), file.name, file.mimeType,
                file.size, file.hash, file.width, file.height});
    }
    return done(written);
}

Result<QStringList> DraftStore::fileHashes(Connection &connection)
{
    const auto hashes = connection.all(FileHashes, {}, [](const Row &row) { return row.text(0); });
    if (!hashes)
        return failure(hashes.error());
    return QStringList(*hashes);
}

Result<> DraftStore::removePage(ReplicaWriter &writer, const PageId &page)
{
    const QString prefix = page.value + u'-'; // see conversationId()
    if (const auto removed = writer.connection.exec(RemovePageFiles, {prefix, prefix}); !removed)
        return done(removed);
    return done(writer.connection.exec(RemovePage, {prefix, prefix}));
}

} // namespace Pagedesk
