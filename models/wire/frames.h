// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/contactcard.h"
#include "models/domain/conversation.h"
#include "models/domain/conversationchange.h"
#include "models/domain/label.h"
#include "models/domain/message.h"
#include "models/domain/operator.h"
#include "models/domain/page.h"

#include <QByteArray>
#include <QHash>

#include <variant>

// What relay and desktop say to each other over GET /sync: one JSON object a WebSocket text
// message, {"type": ..., ...}. Both directions of every frame are here.
namespace Pagedesk::Wire {

inline constexpr int ProtocolVersion = 1;
inline constexpr qsizetype MaxFrameBytes = 1024 * 1024;

// A row that is gone from a stream.
struct Tombstone {
    QString kind; // "page", "operator", "team", "label", "conversation", "message" or
                  // "contact"
    QString id;
    qint64 seq = 0;

    bool operator==(const Tombstone &) const = default;
};

using Entity
    = std::variant<Page, Operator, Conversation, Message, Tombstone, Team, ContactCard, Label>;

// What a desktop has of a stream: every row with tail <= seq <= head. A stream that is new to it
// has head == -1: the relay then begins at its newest row, and the desktop pages backwards with
// HistoryRequest until tail is 0.
struct Cursor {
    qint64 head = -1;
    qint64 tail = 0;

    bool operator==(const Cursor &) const = default;
};

// ---- desktop -> relay

// The first frame. `cursors` by stream name: a Page's stream is its id, the other is "workspace".
struct Hello {
    int protocol = ProtocolVersion;
    QString client; // "pagedesk/0.1.0"
    QHash<QString, Cursor> cursors;

    bool operator==(const Hello &) const = default;
};

inline constexpr int MaxHoldMs = 60'000;

struct SendReply {
    MessageId messageId; // becomes the message's id and the metadata of the send call
    ConversationId conversationId;
    QString text;
    qint64 writtenAt = 0; // ms UTC
    qint64 deadlineAt = 0; // ms UTC: the end of the reply window as the desktop knew it; 0 none
    int holdMs = 0; // how long it can still be undone before it leaves, at most MaxHoldMs
    QString group
        = {}; // parts of one reply share it and leave in order; one that fails stops the rest
    int part = 0; // the place in the group, from 0
    // A file instead of the text: hash, name, mimeType and size of an upload that is complete.
    std::optional<Attachment> attachment = std::nullopt;
    // Its author has chosen to answer as a human agent: without this nothing leaves later than 24
    // hours after the customer's last message.
    bool humanAgent = false;

    bool operator==(const SendReply &) const = default;
};

struct CancelReply {
    MessageId messageId;

    bool operator==(const CancelReply &) const = default;
};

struct MarkRead {
    ConversationId conversationId;
    qint64 upToAt = 0; // ms UTC: every customer message up to it has been looked at

    bool operator==(const MarkRead &) const = default;
};

// All of the change or none of it. Each part that changes something leaves a line in the thread.
struct ChangeConversation {
    ConversationId conversationId;
    ConversationChange change;
    QString comment = {}; // for the team alone: stands with the line; at most MaxCommentCharacters
    // Only if this person has the conversation, or nobody when empty; see
    // QueueRefusal::HeldByOther.
    std::optional<OperatorId> ifHeldBy = std::nullopt;

    bool operator==(const ChangeConversation &) const = default;
};

// Asks Meta to give a conversation to us that another app holds. What comes of it is told by the
// conversation's own row and by a line in its thread. Nothing happens while nobody else holds it,
// or while Meta is being asked already.
struct TakeThread {
    ConversationId conversationId;

    bool operator==(const TakeThread &) const = default;
};

// Makes a label of the workspace or changes it; inactive: removes it from everywhere.
struct SaveLabel {
    Label label; // without seq

    bool operator==(const SaveLabel &) const = default;
};

// What an admin decides about a Page. All of it: what is not named is as it is with a new Page.
struct SetPageSettings {
    PageId pageId;
    PageSettings settings;
    QString colour; // empty: as it is

    bool operator==(const SetPageSettings &) const = default;
};

inline constexpr qsizetype MaxContactEdits = 100;

// By hand; see applyEdit(). Either all of them are carried out or none.
struct EditContact {
    ConversationId conversationId;
    QList<ContactEdit> edits; // at most MaxContactEdits

    bool operator==(const EditContact &) const = default;
};

struct AddContactNote {
    ConversationId conversationId;
    QString noteId; // made by the desktop
    QString text;
    qint64 writtenAt = 0; // ms UTC

    bool operator==(const AddContactNote &) const = default;
};

// One's own, or as a supervisor anybody's.
struct RemoveContactNote {
    ConversationId conversationId;
    QString noteId;

    bool operator==(const RemoveContactNote &) const = default;
};

// These two, and whoever either was merged with before, are one person. Nothing of any of them is
// changed or moved, so that it can be undone.
struct MergeContacts {
    ConversationId conversationId;
    ConversationId otherConversationId; // on another Page

    bool operator==(const MergeContacts &) const = default;
};

// Takes one contact out of the person it was merged into.
struct UnmergeContact {
    ConversationId conversationId;

    bool operator==(const UnmergeContact &) const = default;
};

// Asks Meta for the profile and picture again.
struct RefreshContact {
    ConversationId conversationId;

    bool operator==(const RefreshContact &) const = default;
};

// What Meta suggests is wrong: the two are different people. It is not suggested again.
struct DeclineSuggestion {
    ConversationId conversationId; // of either
    QString suggestionId;

    bool operator==(const DeclineSuggestion &) const = default;
};

using CommandBody = std::variant<SendReply, CancelReply, MarkRead, ChangeConversation, SaveLabel,
    SetPageSettings, EditContact, AddContactNote, RemoveContactNote, MergeContacts, UnmergeContact,
    RefreshContact, DeclineSuggestion, TakeThread>;

// Something to be done. Repeating a command with the same id answers the first result again.
struct Command {
    CommandId id;
    CommandBody body;

    bool operator==(const Command &) const = default;
};

// The rows of a stream below `beforeSeq`, newest first.
struct HistoryRequest {
    qint64 id = 0;
    QString stream;
    qint64 beforeSeq = 0;
    int limit = 500;

    bool operator==(const HistoryRequest &) const = default;
};

// Conversations of a Page by last activity, newest first; for the first sight of an inbox. With the
// newest ones comes the Page itself, whose own row may lie at the far end of the history.
struct ConversationsRequest {
    qint64 id = 0;
    QString stream;
    qint64 beforeAt = 0; // 0: from the newest
    ConversationId beforeId; // breaks ties of beforeAt
    int limit = 200;

    bool operator==(const ConversationsRequest &) const = default;
};

// Messages of one conversation before a point, newest first; for a thread on the screen whose
// history has not arrived yet. With the newest ones comes the contact.
struct ThreadRequest {
    qint64 id = 0;
    ConversationId conversationId;
    qint64 beforeAt = 0; // 0: from the newest
    qint64 beforeArrival = 0;
    int limit = 200;

    bool operator==(const ThreadRequest &) const = default;
};

// Everything the relay knows about how a message came or went.
struct InspectRequest {
    qint64 id = 0;
    MessageId messageId;

    bool operator==(const InspectRequest &) const = default;
};

using ClientFrame = std::variant<Hello, Command, HistoryRequest, ConversationsRequest,
    ThreadRequest, InspectRequest>;

// ---- relay -> desktop

struct StreamInfo {
    QString name;
    qint64 head = 0; // the newest seq when the frame was made
    bool begins = false; // the desktop had nothing: it starts with cursor {head, head + 1}

    bool operator==(const StreamInfo &) const = default;
};

// The answer to Hello. Streams that are not named are not this operator's any more.
struct Welcome {
    int protocol = ProtocolVersion;
    Operator self;
    QString workspace;
    qint64 serverAt = 0; // ms UTC
    QList<StreamInfo> streams;

    bool operator==(const Welcome &) const = default;
};

// A Page was connected, or given to this operator, while the desktop is on line.
struct StreamAdded {
    StreamInfo stream;

    bool operator==(const StreamAdded &) const = default;
};

// A Page was taken from this operator: nothing of its stream is for this desktop any more.
struct StreamRemoved {
    QString stream;

    bool operator==(const StreamRemoved &) const = default;
};

// This operator's role, name or teams have changed.
struct SelfChanged {
    Operator self;

    bool operator==(const SelfChanged &) const = default;
};

// Every row of `stream` with fromSeq < seq <= toSeq, in rising order.
struct Changes {
    QString stream;
    qint64 fromSeq = 0;
    qint64 toSeq = 0;
    QList<Entity> entities;

    bool operator==(const Changes &) const = default;
};

// The answer to a request. For HistoryRequest the rows with lowestSeq <= seq < beforeSeq; `more`
// says whether there is anything below.
struct Answer {
    qint64 requestId = 0;
    QList<Entity> entities;
    qint64 lowestSeq = 0;
    bool more = false;
    std::optional<Error> error = std::nullopt;

    bool operator==(const Answer &) const = default;
};

struct CommandResult {
    CommandId id;
    std::optional<Error> error; // nothing: done

    bool operator==(const CommandResult &) const = default;
};

// The relay ends the connection. Reasons: "revoked", "protocol", "slow", "shutdown".
struct Bye {
    QString reason;

    bool operator==(const Bye &) const = default;
};

// One event that has to do with a message, as Meta delivered it.
struct InspectedEvent {
    qint64 id = 0;
    qint64 receivedAt = 0; // ms UTC
    QString kind; // eventKindName()
    bool duplicate = false;
    QString raw; // the item's JSON as received

    bool operator==(const InspectedEvent &) const = default;
};

// One call of the Send API for a message.
struct InspectedAttempt {
    qint64 startedAt = 0; // ms UTC
    qint64 endedAt = 0;
    QString outcome; // "sent", "unknown", "not_sent" or "failed"
    int httpStatus = 0; // 0: no answer
    int code = 0;
    int subcode = 0;
    QString traceId;

    bool operator==(const InspectedAttempt &) const = default;
};

// The answer to InspectRequest.
struct Inspection {
    qint64 requestId = 0;
    std::optional<Message> message; // nothing: no such message, or not one of yours
    qint64 storedAt = 0; // ms UTC when the relay took it; 0 when not known
    QList<InspectedEvent> events; // oldest first, at most 50
    QList<InspectedAttempt> attempts; // oldest first, at most 50
    std::optional<Error> error = std::nullopt;

    bool operator==(const Inspection &) const = default;
};

using ServerFrame = std::variant<Welcome, StreamAdded, Changes, Answer, CommandResult, Bye,
    Inspection, StreamRemoved, SelfChanged>;

// Reading never trusts: unknown types, missing or wrong fields, ids over 256 characters or lists
// over 10,000 entries are a Protocol error that names the field.
QByteArray encode(const ClientFrame &frame);
QByteArray encode(const ServerFrame &frame);
Result<ClientFrame> decodeClientFrame(const QByteArray &bytes);
Result<ServerFrame> decodeServerFrame(const QByteArray &bytes);

} // namespace Pagedesk::Wire
