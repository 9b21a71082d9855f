// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/conversationoverlay.h"

#include <algorithm>

namespace Pagedesk {

namespace {

constexpr const char *Commands
    = "SELECT conversation_id, kind, value, change FROM command WHERE kind IN (3, 4, 7) "
      "ORDER BY position";
constexpr const char *CommandsOfOne = "SELECT conversation_id, kind, value, change FROM command "
                                      "WHERE conversation_id = ? AND kind IN (3, 4, 7) "
                                      "ORDER BY position";
constexpr const char *Replies
    = "SELECT conversation_id, text, sent_at, state FROM message WHERE seq = 0 ORDER BY sent_at";
constexpr const char *RepliesOfOne = "SELECT conversation_id, text, sent_at, state FROM message "
                                     "WHERE conversation_id = ? AND seq = 0 ORDER BY sent_at";
// From customers (direction in), after the point up to which was read.
constexpr const char *CountNewer = "SELECT count(*) FROM message WHERE conversation_id = ? "
                                   "AND pending = 0 AND sent_at > ? AND direction = 1";

} // namespace

Result<ConversationOverlay> ConversationOverlay::load(Connection &connection)
{
    ConversationOverlay overlay;
    const auto commands
        = connection.each(Commands, {}, [&overlay](const Row &row) { overlay.noteCommand(row); });
    if (!commands)
        return failure(commands.error());
    const auto replies
        = connection.each(Replies, {}, [&overlay](const Row &row) { overlay.noteReply(row); });
    if (!replies)
        return failure(replies.error());
    return overlay;
}

Result<ConversationOverlay> ConversationOverlay::load(
    Connection &connection, const ConversationId &only)
{
    ConversationOverlay overlay;
    const auto commands = connection.each(
        CommandsOfOne, {only.value}, [&overlay](const Row &row) { overlay.noteCommand(row); });
    if (!commands)
        return failure(commands.error());
    const auto replies = connection.each(
        RepliesOfOne, {only.value}, [&overlay](const Row &row) { overlay.noteReply(row); });
    if (!replies)
        return failure(replies.error());
    return overlay;
}

void ConversationOverlay::noteCommand(const Row &row)
{
    Waiting &waiting = m_waiting[{row.text(0)}];
    const auto kind = static_cast<CommandKind>(row.number(1));
    if (kind == CommandKind::TakeThread) {
        waiting.takingSince = row.integer(2);
        return;
    }
    if (kind == CommandKind::MarkRead) {
        waiting.readUpTo = row.integer(2);
        waiting.unreadAgain = false;
        return;
    }
    waiting.changes.append(changeFromText(row.text(3)));
    waiting.unreadAgain = waiting.unreadAgain || waiting.changes.constLast().markUnread;
    waiting.changes.last().markUnread = false;
}

void ConversationOverlay::noteReply(const Row &row)
{
    const auto state = deliveryStateFromNumber(row.integer(3)).value_or(DeliveryState::Queued);
    m_waiting[{row.text(0)}].lastReply = {row.text(1), row.integer(2), state};
}

Result<> ConversationOverlay::lay(Connection &connection, Conversation &conversation) const
{
    const auto found = m_waiting.constFind(conversation.id);
    if (found == m_waiting.constEnd())
        return {};
    if (found->readUpTo) {
        const auto unread = unreadAfter(connection, conversation, *found->readUpTo);
        if (!unread)
            return failure(unread.error());
        conversation.unread = *unread;
    }
    for (const ConversationChange &change : found->changes)
        applyChange(conversation, change);
    if (found->unreadAgain)
        applyChange(conversation, {.markUnread = true});
    if (found->takingSince > 0 && !conversation.ownerApp.isEmpty()) {
        conversation.takingSince = found->takingSince;
        conversation.takingFailed = FailureKind::None;
    }
    if (found->lastReply && found->lastReply->sentAt >= conversation.lastMessageAt) {
        conversation.lastMessageAt = found->lastReply->sentAt;
        conversation.lastText = previewText(found->lastReply->text);
        conversation.lastAttachmentCount = 0;
        conversation.lastDirection = Direction::Out;
        conversation.lastAuthor = Author::Operator;
        conversation.lastState = found->lastReply->state;
        if (found->lastReply->state != DeliveryState::Failed)
            conversation.waitingSince = 0;
    }
    return {};
}

Result<int> unreadAfter(Connection &connection, const Conversation &conversation, qint64 upToAt)
{
    if (conversation.unread == 0 || upToAt >= conversation.lastMessageAt)
        return 0;
    const auto newer = connection.one(
        CountNewer, {conversation.id.value, upToAt}, [](const Row &row) { return row.number(0); });
    if (!newer)
        return failure(newer.error());
    return std::min(conversation.unread, newer->value_or(0));
}

} // namespace Pagedesk
