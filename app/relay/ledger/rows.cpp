// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/rows.h"

#include "models/domain/detailsjson.h"
#include "models/wire/entities.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace Pagedesk::Relay {

namespace {

QStringList labelsFrom(const QString &text)
{
    QStringList labels;
    const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &label : array)
        labels.append(label.toString());
    return labels;
}

} // namespace

QString labelsToText(const QStringList &labels)
{
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(labels)).toJson(QJsonDocument::Compact));
}

Result<qint64> takeSeqs(Connection &connection, const QString &stream, int count)
{
    // A transaction that takes again is a group of many: it reserves a block, of which the rest is
    // left unused. Gaps are harmless, numbers only have to rise.
    constexpr int Block = 128;
    const auto known = connection.reservedNumbers().find(stream);
    if (known != connection.reservedNumbers().end() && known->end - known->next >= count)
        return std::exchange(known->next, known->next + count);
    const int taken = known == connection.reservedNumbers().end() ? count : count + Block;
    constexpr const char *Advance = "UPDATE stream SET seq = seq + ? WHERE name = ?";
    constexpr const char *Begin = "INSERT INTO stream (name, seq) VALUES (?, ?)";
    auto changed = connection.exec(Advance, {taken, stream});
    if (changed && *changed == 0)
        changed = connection.exec(Begin, {stream, taken});
    if (!changed)
        return failure(changed.error());
    const auto head = streamHead(connection, stream);
    if (!head)
        return failure(head.error());
    const qint64 first = *head - taken + 1;
    connection.reservedNumbers().insert(stream, {first + count, *head + 1});
    return first;
}

Result<qint64> streamHead(Connection &connection, const QString &stream)
{
    constexpr const char *Sql = "SELECT seq FROM stream WHERE name = ?";
    const auto seq = connection.one(Sql, {stream}, [](const Row &row) { return row.integer(0); });
    if (!seq)
        return failure(seq.error());
    return seq->value_or(0);
}

Conversation conversationFrom(const Row &row)
{
    Conversation c;
    c.id = {row.text(0)};
    c.contact = {{row.text(1)}, {row.text(2)}, row.text(3), row.text(4)};
    c.state = conversationStateFromNumber(row.integer(5)).value_or(ConversationState::Open);
    c.assignee = {row.text(6)};
    c.escalated = row.flag(7);
    c.labels = labelsFrom(row.text(8));
    c.unread = row.number(9);
    c.lastMessageAt = row.integer(10);
    c.lastText = row.text(11);
    c.lastAttachment = attachmentKindFromNumber(row.integer(12)).value_or(AttachmentKind::Unknown);
    c.lastAttachmentCount = row.number(13);
    c.lastDirection = directionFromNumber(row.integer(14)).value_or(Direction::In);
    c.lastAuthor = authorFromNumber(row.integer(15)).value_or(Author::Contact);
    c.lastState = deliveryStateFromNumber(row.integer(16)).value_or(DeliveryState::Received);
    c.lastCustomerAt = row.integer(17);
    c.waitingSince = row.integer(18);
    c.seq = row.integer(19);
    c.ownerApp = row.text(20);
    c.team = {row.text(21)};
    c.priority = priorityFromNumber(row.integer(22)).value_or(Priority::None);
    // A customer who writes ends a snooze without touching its time.
    c.snoozedUntil = c.state == ConversationState::Snoozed ? row.integer(23) : 0;
    if (!c.ownerApp.isEmpty()) { // a customer who writes to us ends it without touching these
        c.takingSince = row.integer(24);
        c.takingFailed = failureKindFromNumber(row.integer(25)).value_or(FailureKind::Other);
    }
    return c;
}

Message messageFrom(const Row &row)
{
    Message m;
    m.id = {row.text(0)};
    m.pageId = {row.text(1)};
    m.conversationId = {row.text(2)};
    m.mid = {row.text(3)};
    m.direction = directionFromNumber(row.integer(4)).value_or(Direction::In);
    m.author = authorFromNumber(row.integer(5)).value_or(Author::Contact);
    m.authorName = row.text(6);
    m.text = row.text(7);
    m.attachments = attachmentsFromText(row.text(8));
    m.replyTo = {row.text(9)};
    m.sentAt = row.integer(10);
    m.arrival = row.integer(11);
    m.state = deliveryStateFromNumber(row.integer(12)).value_or(DeliveryState::Received);
    m.deliveredAt = row.integer(13);
    m.readAt = row.integer(14);
    m.failure = failureKindFromNumber(row.integer(15)).value_or(FailureKind::None);
    m.seq = row.integer(16);
    m.details = detailsFromText(row.text(17));
    return m;
}

QString attachmentsToText(const QList<Attachment> &attachments)
{
    if (attachments.isEmpty())
        return {};
    QJsonArray array;
    for (const Attachment &attachment : attachments)
        array.append(Wire::attachmentToJson(attachment));
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<Attachment> attachmentsFromText(const QString &text)
{
    QList<Attachment> attachments;
    if (text.isEmpty())
        return attachments;
    const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &value : array) {
        if (const auto attachment = Wire::attachmentFromJson(value.toObject()))
            attachments.append(*attachment);
    }
    return attachments;
}

} // namespace Pagedesk::Relay
