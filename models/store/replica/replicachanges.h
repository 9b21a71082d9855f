// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/conversationchange.h"
#include "models/domain/message.h"
#include "models/domain/page.h"
#include "models/store/query.h"

#include <QHash>
#include <QSet>

namespace Pagedesk {

// What a command asks the relay for. Numbers are stored: never change one.
enum class CommandKind {
    SendReply = 1,
    CancelReply = 2,
    MarkRead = 3,
    Change = 4, // what the team decides about a conversation
    Contact = 5, // whatever changes what is known of a person
    Label = 6, // makes or changes one of the workspace
    TakeThread = 7, // from another app
};

// A command that the relay has not confirmed yet.
struct StoredCommand {
    CommandId id;
    CommandKind kind = CommandKind::SendReply;
    ConversationId conversationId;
    MessageId messageId; // of SendReply and CancelReply
    qint64 value = 0; // ms UTC; MarkRead: up to when, TakeThread: since when it is wanted
    QByteArray frame; // as it is sent
    ConversationChange change = {}; // of Change

    bool operator==(const StoredCommand &) const = default;
};

// What one transaction has changed, to be told to the program after its commit.
struct ReplicaChanges {
    QHash<PageId, Page> pages;
    QSet<ConversationId> touched; // read again before the commit, into `conversations`
    QList<Conversation> conversations;
    QList<ConversationId> removedConversations;
    QHash<ConversationId, QList<Message>> messages;
    QHash<ConversationId, QList<MessageId>> removedMessages;
    QSet<ConversationId> contacts; // what is known of these people, or waits to be
    bool roster = false; // people, teams or labels
    QHash<ConversationId, QString> drafts; // empty: removed
    QList<StoredCommand> addedCommands;
    QList<CommandId> removedCommands;
    QSet<QString> orphanedFiles; // hashes: they were of a Page that is gone, and of no other
    bool searchStartedOver = false; // its index has to be filled again
    bool startedOver = false; // a stream was emptied to be fetched anew: load everything again
};

// The inside of a writing transaction: the stores write through `connection` and note in `changes`
// what the program must hear of.
struct ReplicaWriter {
    Connection &connection;
    ReplicaChanges &changes;
};

} // namespace Pagedesk
