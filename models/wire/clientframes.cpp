// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/jsonfields.h"
#include "models/domain/contactjson.h"
#include "models/wire/entities.h"
#include "models/wire/frames.h"

#include <QJsonDocument>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

QJsonObject toJson(const Hello &hello)
{
    QJsonObject cursors;
    for (auto it = hello.cursors.cbegin(); it != hello.cursors.cend(); ++it)
        cursors.insert(it.key(), QJsonObject{{"head"_L1, it->head}, {"tail"_L1, it->tail}});
    return {{"type"_L1, "hello"_L1}, {"protocol"_L1, hello.protocol}, {"client"_L1, hello.client},
        {"cursors"_L1, cursors}};
}

Result<Cursor> cursorFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"hello.cursors"_s);
    Cursor cursor;
    cursor.head = in.integer("head"_L1, Need::Required, -1);
    cursor.tail = in.position("tail"_L1);
    return in.result(cursor);
}

Result<ClientFrame> helloFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"hello"_s);
    Hello hello;
    hello.protocol = static_cast<int>(in.integer("protocol"_L1, Need::Required, 0, 1'000'000));
    hello.client = in.text("client"_L1);
    const QJsonObject cursors = in.object("cursors"_L1);
    if (cursors.size() > MaxListEntries)
        in.fail("cursors"_L1, "has too many entries");
    for (auto it = cursors.begin(); it != cursors.end() && !in.error(); ++it) {
        if (it.key().isEmpty() || it.key().size() > MaxIdCharacters)
            in.fail("cursors"_L1, "names a stream that cannot be one");
        hello.cursors.insert(it.key(), in.take(cursorFromJson(it.value().toObject())));
    }
    return in.result(ClientFrame(hello));
}

QJsonObject bodyToJson(const SendReply &body)
{
    QJsonObject object{{"command"_L1, "send_reply"_L1}, {"messageId"_L1, body.messageId.value},
        {"conversationId"_L1, body.conversationId.value}, {"text"_L1, body.text},
        {"writtenAt"_L1, body.writtenAt}, {"deadlineAt"_L1, body.deadlineAt}};
    putInteger(object, "holdMs"_L1, body.holdMs);
    putText(object, "group"_L1, body.group);
    putInteger(object, "part"_L1, body.part);
    if (body.attachment)
        object.insert("attachment"_L1, attachmentToJson(*body.attachment));
    putFlag(object, "humanAgent"_L1, body.humanAgent);
    return object;
}

QJsonObject bodyToJson(const CancelReply &body)
{
    return {{"command"_L1, "cancel_reply"_L1}, {"messageId"_L1, body.messageId.value}};
}

QJsonObject bodyToJson(const MarkRead &body)
{
    return {{"command"_L1, "mark_read"_L1}, {"conversationId"_L1, body.conversationId.value},
        {"upToAt"_L1, body.upToAt}};
}

QJsonObject bodyToJson(const ChangeConversation &body)
{
    QJsonObject object{{"command"_L1, "change_conversation"_L1},
        {"conversationId"_L1, body.conversationId.value}, {"change"_L1, changeToJson(body.change)}};
    putText(object, "comment"_L1, body.comment);
    if (body.ifHeldBy)
        object.insert("ifHeldBy"_L1, body.ifHeldBy->value);
    return object;
}

QJsonObject bodyToJson(const SaveLabel &body)
{
    QJsonObject object{{"command"_L1, "save_label"_L1}, {"labelId"_L1, body.label.id.value},
        {"name"_L1, body.label.name}};
    putText(object, "colour"_L1, body.label.colour);
    putFlag(object, "removed"_L1, !body.label.active);
    return object;
}

QJsonObject bodyToJson(const SetPageSettings &body)
{
    QJsonObject object{{"command"_L1, "set_page_settings"_L1}, {"pageId"_L1, body.pageId.value},
        {"settings"_L1, settingsToJson(body.settings)}};
    putText(object, "colour"_L1, body.colour);
    return object;
}

QJsonObject bodyToJson(const EditContact &body)
{
    QJsonArray edits;
    for (const ContactEdit &edit : body.edits.first(std::min(body.edits.size(), MaxContactEdits)))
        edits.append(editToJson(edit));
    return {{"command"_L1, "edit_contact"_L1}, {"conversationId"_L1, body.conversationId.value},
        {"edits"_L1, edits}};
}

QJsonObject bodyToJson(const AddContactNote &body)
{
    return {{"command"_L1, "add_contact_note"_L1}, {"conversationId"_L1, body.conversationId.value},
        {"noteId"_L1, body.noteId}, {"text"_L1, body.text}, {"writtenAt"_L1, body.writtenAt}};
}

QJsonObject bodyToJson(const RemoveContactNote &body)
{
    return {{"command"_L1, "remove_contact_note"_L1},
        {"conversationId"_L1, body.conversationId.value}, {"noteId"_L1, body.noteId}};
}

QJsonObject bodyToJson(const MergeContacts &body)
{
    return {{"command"_L1, "merge_contacts"_L1}, {"conversationId"_L1, body.conversationId.value},
        {"otherConversationId"_L1, body.otherConversationId.value}};
}

QJsonObject bodyToJson(const UnmergeContact &body)
{
    return {{"command"_L1, "unmerge_contact"_L1}, {"conversationId"_L1, body.conversationId.value}};
}

QJsonObject bodyToJson(const RefreshContact &body)
{
    return {{"command"_L1, "refresh_contact"_L1}, {"conversationId"_L1, body.conversationId.value}};
}

QJsonObject bodyToJson(const DeclineSuggestion &body)
{
    return {{"command"_L1, "decline_suggestion"_L1},
        {"conversationId"_L1, body.conversationId.value}, {"suggestionId"_L1, body.suggestionId}};
}

QJsonObject bodyToJson(const TakeThread &body)
{
    return {{"command"_L1, "take_thread"_L1}, {"conversationId"_L1, body.conversationId.value}};
}

QJsonObject toJson(const Command &command)
{
    QJsonObject object
        = std::visit([](const auto &body) { return bodyToJson(body); }, command.body);
    object.insert("type"_L1, "command"_L1);
    object.insert("id"_L1, command.id.value);
    return object;
}

SendReply replyFrom(FieldReader &in)
{
    SendReply reply;
    reply.messageId = {in.id("messageId"_L1)};
    reply.conversationId = {in.id("conversationId"_L1)};
    reply.text = in.text("text"_L1, Need::Required);
    reply.writtenAt = in.integer("writtenAt"_L1, Need::Required);
    reply.deadlineAt = in.integer("deadlineAt"_L1);
    reply.holdMs = static_cast<int>(in.integer("holdMs"_L1, Need::Optional, 0, MaxHoldMs));
    reply.group = in.id("group"_L1, Need::Optional);
    reply.part = static_cast<int>(in.integer("part"_L1, Need::Optional, 0, MaxListEntries));
    if (in.has("attachment"_L1))
        reply.attachment = in.take(attachmentFromJson(in.object("attachment"_L1)));
    reply.humanAgent = in.flag("humanAgent"_L1);
    return reply;
}

EditContact editContactFrom(FieldReader &in)
{
    EditContact body{{in.id("conversationId"_L1)}, readObjects(in, "edits"_L1, editFromJson)};
    if (body.edits.size() > MaxContactEdits)
        in.fail("edits"_L1, "has too many entries");
    return body;
}

ChangeConversation changeFrom(FieldReader &in)
{
    ChangeConversation body;
    body.conversationId = {in.id("conversationId"_L1)};
    body.change = in.take(changeFromJson(in.object("change"_L1)));
    body.comment = in.text("comment"_L1);
    if (body.comment.size() > MaxCommentCharacters)
        in.fail("comment"_L1, "is longer than a comment may be");
    if (in.has("ifHeldBy"_L1))
        body.ifHeldBy = OperatorId{in.id("ifHeldBy"_L1, Need::Optional)};
    return body;
}

SaveLabel labelFrom(FieldReader &in)
{
    SaveLabel body;
    body.label.id = {in.id("labelId"_L1)};
    body.label.name = in.text("name"_L1, Need::Required);
    body.label.colour = in.text("colour"_L1);
    body.label.active = !in.flag("removed"_L1);
    return body;
}

// Nothing for the word of another command.
std::optional<CommandBody> queueCommandFrom(FieldReader &in, const QString &word)
{
    if (word == "change_conversation"_L1)
        return changeFrom(in);
    if (word == "save_label"_L1)
        return labelFrom(in);
    if (word == "take_thread"_L1)
        return TakeThread{{in.id("conversationId"_L1)}};
    // What a desktop from before there was more than the state may still have waiting.
    if (word == "set_conversation_state"_L1) {
        return ChangeConversation{{in.id("conversationId"_L1)},
            {.state = in.choice("state"_L1, conversationStateFromName)}};
    }
    return std::nullopt;
}

// Nothing for the word of another command.
std::optional<CommandBody> contactCommandFrom(FieldReader &in, const QString &word)
{
    if (word == "edit_contact"_L1)
        return editContactFrom(in);
    if (word == "add_contact_note"_L1) {
        return AddContactNote{{in.id("conversationId"_L1)}, in.id("noteId"_L1),
            in.text("text"_L1, Need::Required), in.integer("writtenAt"_L1, Need::Required)};
    }
    if (word == "remove_contact_note"_L1)
        return RemoveContactNote{{in.id("conversationId"_L1)}, in.id("noteId"_L1)};
    if (word == "merge_contacts"_L1)
        return MergeContacts{{in.id("conversationId"_L1)}, {in.id("otherConversationId"_L1)}};
    if (word == "unmerge_contact"_L1)
        return UnmergeContact{{in.id("conversationId"_L1)}};
    if (word == "refresh_contact"_L1)
        return RefreshContact{{in.id("conversationId"_L1)}};
    if (word == "decline_suggestion"_L1)
        return DeclineSuggestion{{in.id("conversationId"_L1)}, in.id("suggestionId"_L1)};
    return std::nullopt;
}

CommandBody bodyFrom(FieldReader &in)
{
    const QString word = in.text("command"_L1, Need::Required);
    if (word == "send_reply"_L1)
        return replyFrom(in);
    if (word == "cancel_reply"_L1)
        return CancelReply{{in.id("messageId"_L1)}};
    if (word == "mark_read"_L1) {
        return MarkRead{{in.id("conversationId"_L1)}, in.integer("upToAt"_L1, Need::Required)};
    }
    if (auto body = queueCommandFrom(in, word))
        return std::move(*body);
    if (word == "set_page_settings"_L1) {
        SetPageSettings set{{in.id("pageId"_L1)}, {}, in.text("colour"_L1)};
        set.settings = in.take(settingsFromJson(in.object("settings"_L1)));
        return set;
    }
    if (auto body = contactCommandFrom(in, word))
        return std::move(*body);
    in.fail("command"_L1, "is not a known word");
    return {};
}

Result<ClientFrame> commandFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"command"_s);
    Command command;
    command.id = {in.id("id"_L1)};
    command.body = bodyFrom(in);
    return in.result(ClientFrame(command));
}

QJsonObject toJson(const HistoryRequest &request)
{
    return {{"type"_L1, "history"_L1}, {"id"_L1, request.id}, {"stream"_L1, request.stream},
        {"beforeSeq"_L1, request.beforeSeq}, {"limit"_L1, request.limit}};
}

int limitFrom(FieldReader &in)
{
    return static_cast<int>(in.integer("limit"_L1, Need::Required, 1, MaxListEntries));
}

Result<ClientFrame> historyFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"history"_s);
    HistoryRequest request;
    request.id = in.position("id"_L1);
    request.stream = in.id("stream"_L1);
    request.beforeSeq = in.position("beforeSeq"_L1);
    request.limit = limitFrom(in);
    return in.result(ClientFrame(request));
}

QJsonObject toJson(const ConversationsRequest &request)
{
    QJsonObject object{{"type"_L1, "conversations"_L1}, {"id"_L1, request.id},
        {"stream"_L1, request.stream}, {"limit"_L1, request.limit}};
    putInteger(object, "beforeAt"_L1, request.beforeAt);
    putText(object, "beforeId"_L1, request.beforeId.value);
    return object;
}

Result<ClientFrame> conversationsFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"conversations"_s);
    ConversationsRequest request;
    request.id = in.position("id"_L1);
    request.stream = in.id("stream"_L1);
    request.beforeAt = in.integer("beforeAt"_L1);
    request.beforeId = {in.id("beforeId"_L1, Need::Optional)};
    request.limit = limitFrom(in);
    return in.result(ClientFrame(request));
}

QJsonObject toJson(const ThreadRequest &request)
{
    QJsonObject object{{"type"_L1, "thread"_L1}, {"id"_L1, request.id},
        {"conversationId"_L1, request.conversationId.value}, {"limit"_L1, request.limit}};
    putInteger(object, "beforeAt"_L1, request.beforeAt);
    putInteger(object, "beforeArrival"_L1, request.beforeArrival);
    return object;
}

Result<ClientFrame> threadFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"thread"_s);
    ThreadRequest request;
    request.id = in.position("id"_L1);
    request.conversationId = {in.id("conversationId"_L1)};
    request.beforeAt = in.integer("beforeAt"_L1);
    request.beforeArrival = in.integer("beforeArrival"_L1);
    request.limit = limitFrom(in);
    return in.result(ClientFrame(request));
}

QJsonObject toJson(const InspectRequest &request)
{
    return {{"type"_L1, "inspect"_L1}, {"id"_L1, request.id},
        {"messageId"_L1, request.messageId.value}};
}

Result<ClientFrame> inspectFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"inspect"_s);
    const InspectRequest request{in.position("id"_L1), {in.id("messageId"_L1)}};
    return in.result(ClientFrame(request));
}

} // namespace

QByteArray encode(const ClientFrame &frame)
{
    const QJsonObject object
        = std::visit([](const auto &specific) { return toJson(specific); }, frame);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<ClientFrame> decodeClientFrame(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return failure(object.error());
    const QString type = object->value("type"_L1).toString();
    if (type == "command"_L1)
        return commandFromJson(*object);
    if (type == "history"_L1)
        return historyFromJson(*object);
    if (type == "conversations"_L1)
        return conversationsFromJson(*object);
    if (type == "thread"_L1)
        return threadFromJson(*object);
    if (type == "inspect"_L1)
        return inspectFromJson(*object);
    if (type == "hello"_L1)
        return helloFromJson(*object);
    return failure(Error::Kind::Protocol, u"frame.type is not a known word"_s);
}

} // namespace Pagedesk::Wire
