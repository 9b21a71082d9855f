// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/files.h"

namespace Pagedesk::Relay {

namespace {

Result<> done(const Result<qint64> &changed)
{
    return changed ? Result<>() : failure(changed.error());
}

} // namespace

Result<> keepFile(Connection &connection, const KeptFile &file, qint64 now)
{
    constexpr const char *Sql
        = "INSERT INTO file (hash, size, mime_type, width, height, thumbnail, kept_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING";
    return done(connection.exec(
        Sql, {file.hash, file.size, file.mimeType, file.width, file.height, file.thumbnail, now}));
}

Result<> noteSeen(Connection &connection, const KeptFile &file, qint64 now)
{
    constexpr const char *Sql
        = "INSERT INTO file (hash, size, mime_type, width, height, thumbnail, kept_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET width = excluded.width, "
          "height = excluded.height, thumbnail = excluded.thumbnail";
    return done(connection.exec(
        Sql, {file.hash, file.size, file.mimeType, file.width, file.height, file.thumbnail, now}));
}

Result<std::optional<KeptFile>> fileByHash(Connection &connection, const QString &hash)
{
    constexpr const char *Sql
        = "SELECT hash, size, mime_type, width, height, thumbnail FROM file WHERE hash = ?";
    return connection.one(Sql, {hash}, [](const Row &row) {
        return KeptFile{
            row.text(0), row.integer(1), row.text(2), row.number(3), row.number(4), row.text(5)};
    });
}

Result<MetaAttachment> knownAtMeta(
    Connection &connection, const MetaAttachment &wanted, qint64 since)
{
    constexpr const char *Sql
        = "SELECT attachment_id FROM meta_attachment WHERE page_id = ? AND hash = ? AND kind = ? "
          "AND name = ? AND uploaded_at > ?";
    const auto id = connection.one(Sql,
        {wanted.page.value, wanted.hash, static_cast<int>(wanted.kind), wanted.name, since},
        [](const Row &row) { return row.text(0); });
    if (!id)
        return failure(id.error());
    MetaAttachment known = wanted;
    known.id = id->value_or(QString());
    return known;
}

Result<> keepAtMeta(Connection &connection, const MetaAttachment &attachment, qint64 now)
{
    constexpr const char *Sql
        = "INSERT INTO meta_attachment (page_id, hash, kind, name, attachment_id, uploaded_at) "
          "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (page_id, hash, kind, name) DO UPDATE SET "
          "attachment_id = excluded.attachment_id, uploaded_at = excluded.uploaded_at";
    return done(connection.exec(Sql,
        {attachment.page.value, attachment.hash, static_cast<int>(attachment.kind), attachment.name,
            attachment.id, now}));
}

Result<> forgetAtMeta(Connection &connection, const PageId &page, const QString &id)
{
    constexpr const char *Sql
        = "DELETE FROM meta_attachment WHERE page_id = ? AND attachment_id = ?";
    return done(connection.exec(Sql, {page.value, id}));
}

} // namespace Pagedesk::Relay
