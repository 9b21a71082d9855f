// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/conversationrows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Pagedesk::ConversationRows {

namespace {

constexpr const char *Write
    = "INSERT INTO conversation (" PAGEDESK_CONVERSATION_COLUMNS ") "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET page_id = excluded.page_id, psid = excluded.psid, "
      "name = excluded.name, picture_hash = excluded.picture_hash, state = excluded.state, "
      "assignee = excluded.assignee, escalated = excluded.escalated, labels = excluded.labels, "
      "unread = excluded.unread, last_message_at = excluded.last_message_at, "
      "last_text = excluded.last_text, last_attachment = excluded.last_attachment, "
      "last_attachment_count = excluded.last_attachment_count, "
      "last_direction = excluded.last_direction, last_author = excluded.last_author, "
      "last_state = excluded.last_state, last_customer_at = excluded.last_customer_at, "
      "waiting_since = excluded.waiting_since, seq = excluded.seq, "
      "owner_app = excluded.owner_app, team = excluded.team, priority = excluded.priority, "
      "snoozed_until = excluded.snoozed_until, taking_since = excluded.taking_since, "
      "taking_failed = excluded.taking_failed "
      "WHERE excluded.seq > conversation.seq";

QString labelsToText(const QStringList &labels)
{
    if (labels.isEmpty())
        return QStringLiteral("[]");
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(labels)).toJson(QJsonDocument::Compact));
}

QStringList labelsFrom(const QString &text)
{
    if (text == u"[]")
        return {};
    QStringList labels;
    const QJsonArray list = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &label : list)
        labels.append(label.toString());
    return labels;
}

} // namespace

Conversation from(const Row &row)
{
    Conversation read;
    read.id = {row.text(0)};
    read.contact = {{row.text(1)}, {row.text(2)}, row.text(3), row.text(4)};
    read.state = conversationStateFromNumber(row.integer(5)).value_or(ConversationState::Open);
    read.assignee = {row.text(6)};
    read.escalated = row.flag(7);
    read.labels = labelsFrom(row.text(8));
    read.unread = row.number(9);
    read.lastMessageAt = row.integer(10);
    read.lastText = row.text(11);
    read.lastAttachment
        = attachmentKindFromNumber(row.integer(12)).value_or(AttachmentKind::Unknown);
    read.lastAttachmentCount = row.number(13);
    read.lastDirection = directionFromNumber(row.integer(14)).value_or(Direction::In);
    read.lastAuthor = authorFromNumber(row.integer(15)).value_or(Author::Contact);
    read.lastState = deliveryStateFromNumber(row.integer(16)).value_or(DeliveryState::Received);
    read.lastCustomerAt = row.integer(17);
    read.waitingSince = row.integer(18);
    read.seq = row.integer(19);
    read.ownerApp = row.text(20);
    read.team = {row.text(21)};
    read.priority = priorityFromNumber(row.integer(22)).value_or(Priority::None);
    read.snoozedUntil = row.integer(23);
    read.takingSince = row.integer(24);
    read.takingFailed = failureKindFromNumber(row.integer(25)).value_or(FailureKind::Other);
    return read;
}

Result<bool> write(Connection &connection, const Conversation &conversation)
{
    const auto changed = connection.exec(Write,
        {conversation.id.value, conversation.contact.pageId.value, conversation.contact.psid.value,
            conversation.contact.name, conversation.contact.pictureHash,
            static_cast<int>(conversation.state), conversation.assignee.value,
            int(conversation.escalated), labelsToText(conversation.labels), conversation.unread,
            conversation.lastMessageAt, conversation.lastText,
            static_cast<int>(conversation.lastAttachment), conversation.lastAttachmentCount,
            static_cast<int>(conversation.lastDirection), static_cast<int>(conversation.lastAuthor),
            static_cast<int>(conversation.lastState), conversation.lastCustomerAt,
            conversation.waitingSince, conversation.seq, conversation.ownerApp,
            conversation.team.value, static_cast<int>(conversation.priority),
            conversation.snoozedUntil, conversation.takingSince,
            static_cast<int>(conversation.takingFailed)});
    if (!changed)
        return failure(changed.error());
    return *changed > 0;
}

Result<> change(Connection &connection, const Conversation &changed, qint64 atSeq)
{
    constexpr const char *Sql
        = "UPDATE conversation SET state = ?, snoozed_until = ?, assignee = ?, team = ?, "
          "priority = ?, labels = ?, unread = ? WHERE id = ? AND seq = ?";
    const auto written = connection.exec(Sql,
        {static_cast<int>(changed.state), changed.snoozedUntil, changed.assignee.value,
            changed.team.value, static_cast<int>(changed.priority), labelsToText(changed.labels),
            changed.unread, changed.id.value, atSeq});
    if (!written)
        return failure(written.error());
    return {};
}

} // namespace Pagedesk::ConversationRows
