// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/messagerows.h"

#include "models/domain/detailsjson.h"
#include "models/store/replica/searchindex.h"
#include "models/store/replica/steps.h"

namespace Pagedesk::MessageRows {

namespace {

constexpr const char *ReadAttachments
    = "SELECT kind, state, name, mime_type, size, hash, url, reason, sticker_id, width, height, "
      "latitude, longitude, thumbnail FROM attachment WHERE message = ? ORDER BY position";
constexpr const char *Find = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE id = ?";
constexpr const char *ClearAttachments = "DELETE FROM attachment WHERE message = ?";
constexpr const char *WriteAttachment
    = "INSERT INTO attachment (message, position, kind, state, name, mime_type, size, hash, url, "
      "reason, sticker_id, width, height, latitude, longitude, thumbnail) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
// A message made here has seq 0 and gives way to the relay's row of the same id.
constexpr const char *WriteMessage
    = "INSERT INTO message (id, conversation_id, page_id, mid, direction, author, author_name, "
      "text, attachment_count, reply_to, sent_at, arrival, state, delivered_at, read_at, failure, "
      "seq, details) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET conversation_id = excluded.conversation_id, "
      "page_id = excluded.page_id, mid = excluded.mid, direction = excluded.direction, "
      "author = excluded.author, author_name = excluded.author_name, text = excluded.text, "
      "attachment_count = excluded.attachment_count, reply_to = excluded.reply_to, "
      "sent_at = excluded.sent_at, arrival = excluded.arrival, state = excluded.state, "
      "delivered_at = excluded.delivered_at, read_at = excluded.read_at, "
      "failure = excluded.failure, seq = excluded.seq, details = excluded.details "
      "WHERE excluded.seq > message.seq "
      "RETURNING row";

struct Found {
    qint64 row = 0;
    bool hasAttachments = false;
    Message message;
};

Found foundFrom(const Row &row)
{
    Found found{row.integer(0), row.flag(1), {}};
    Message &message = found.message;
    message.id = {row.text(2)};
    message.conversationId = {row.text(3)};
    message.pageId = {row.text(4)};
    message.mid = {row.text(5)};
    message.direction = directionFromNumber(row.integer(6)).value_or(Direction::In);
    message.author = authorFromNumber(row.integer(7)).value_or(Author::Contact);
    message.authorName = row.text(8);
    message.text = row.text(9);
    message.replyTo = {row.text(10)};
    message.sentAt = row.integer(11);
    message.arrival = row.integer(12);
    message.state = deliveryStateFromNumber(row.integer(13)).value_or(DeliveryState::Received);
    message.deliveredAt = row.integer(14);
    message.readAt = row.integer(15);
    message.failure = failureKindFromNumber(row.integer(16)).value_or(FailureKind::Other);
    message.seq = row.integer(17);
    message.details = detailsFromText(row.text(18));
    return found;
}

Attachment attachmentFrom(const Row &row)
{
    Attachment attachment;
    attachment.kind = attachmentKindFromNumber(row.integer(0)).value_or(AttachmentKind::Unknown);
    attachment.state = attachmentStateFromNumber(row.integer(1)).value_or(AttachmentState::None);
    attachment.name = row.text(2);
    attachment.mimeType = row.text(3);
    attachment.size = row.integer(4);
    attachment.hash = row.text(5);
    attachment.url = row.text(6);
    attachment.reason = row.text(7);
    attachment.stickerId = row.text(8);
    attachment.width = row.number(9);
    attachment.height = row.number(10);
    attachment.latitude = row.real(11);
    attachment.longitude = row.real(12);
    attachment.thumbnail = row.text(13);
    return attachment;
}

Result<> writeAttachments(Connection &connection, qint64 row, const QList<Attachment> &attachments)
{
    if (const auto cleared = connection.exec(ClearAttachments, {row}); !cleared)
        return done(cleared);
    for (qsizetype i = 0; i < attachments.size(); ++i) {
        const Attachment &one = attachments.at(i);
        const auto written = connection.exec(WriteAttachment,
            {row, i, static_cast<int>(one.kind), static_cast<int>(one.state), one.name,
                one.mimeType, one.size, one.hash, one.url, one.reason, one.stickerId, one.width,
                one.height, one.latitude, one.longitude, one.thumbnail});
        if (!written)
            return done(written);
    }
    return {};
}

} // namespace

Result<QList<Numbered>> readWithRows(Connection &connection, const char *sql, const Values &values)
{
    auto rows = connection.all(sql, values, foundFrom);
    if (!rows)
        return failure(rows.error());
    QList<Numbered> messages;
    messages.reserve(rows->size());
    for (Found &found : *rows) {
        messages.append({found.row, std::move(found.message)});
        if (!found.hasAttachments)
            continue;
        auto attachments = connection.all(ReadAttachments, {found.row}, attachmentFrom);
        if (!attachments)
            return failure(attachments.error());
        messages.last().message.attachments = std::move(*attachments);
    }
    return messages;
}

Result<QList<Message>> read(Connection &connection, const char *sql, const Values &values)
{
    auto rows = readWithRows(connection, sql, values);
    if (!rows)
        return failure(rows.error());
    QList<Message> messages;
    messages.reserve(rows->size());
    for (Numbered &one : *rows)
        messages.append(std::move(one.message));
    return messages;
}

Result<bool> write(Connection &connection, const Message &message)
{
    const auto before = readWithRows(connection, Find, {message.id.value});
    if (!before)
        return failure(before.error());
    const auto row = connection.one(WriteMessage,
        {message.id.value, message.conversationId.value, message.pageId.value, message.mid.value,
            static_cast<int>(message.direction), static_cast<int>(message.author),
            message.authorName, message.text, message.attachments.size(), message.replyTo.value,
            message.sentAt, message.arrival, static_cast<int>(message.state), message.deliveredAt,
            message.readAt, static_cast<int>(message.failure), message.seq,
            detailsToText(message.details)},
        [](const Row &found) { return found.integer(0); });
    if (!row)
        return failure(row.error());
    if (!*row)
        return false;
    if (const auto written = writeAttachments(connection, **row, message.attachments); !written)
        return failure(written.error());
    const auto known
        = before->isEmpty() ? std::nullopt : std::optional(before->constFirst().message);
    if (const auto found = SearchIndex::replace(connection, **row, known, message); !found)
        return failure(found.error());
    return true;
}

Result<> forget(Connection &connection, const char *sql, const Values &values)
{
    const auto rows = readWithRows(connection, sql, values);
    if (!rows)
        return done(rows);
    for (const auto &[row, message] : *rows) {
        if (const auto gone = SearchIndex::remove(connection, row, message); !gone)
            return gone;
    }
    return {};
}

} // namespace Pagedesk::MessageRows
