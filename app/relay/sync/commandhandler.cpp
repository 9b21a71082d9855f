// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/commandhandler.h"

#include "app/relay/access/access.h"
#include "app/relay/access/gate.h"
#include "app/relay/connect/pagesettingschange.h"
#include "app/relay/dispatch/replies.h"
#include "app/relay/jobs/thumbnailjob.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/commands.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/files.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/outbound.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/sync/contactcommands.h"
#include "app/relay/sync/queuecommands.h"
#include "app/relay/sync/takecommand.h"
#include "models/domain/replywindow.h"
#include "models/messenger/limits.h"
#include "models/messenger/outgoingfile.h"

#include <algorithm>

#include <QJsonDocument>
#include <QJsonObject>

namespace Pagedesk::Relay {

namespace {

using Context = CommandContext;

Message replyOf(
    const Wire::SendReply &reply, const Conversation &conversation, const Context &context)
{
    Message message;
    message.id = reply.messageId;
    message.conversationId = conversation.id;
    message.pageId = conversation.contact.pageId;
    message.direction = Direction::Out;
    message.author = Author::Operator;
    message.authorName = context.person.name;
    message.text = reply.text;
    message.sentAt = context.now;
    message.state = DeliveryState::Queued;
    message.details.group = reply.group;
    message.details.part = reply.group.isEmpty() ? 0 : reply.part;
    message.details.humanAgent = reply.humanAgent;
    return message;
}

// What the desktop says of a file is only its name; the rest follows from its bytes.
Result<QList<Attachment>> fileOf(Context &context, const Attachment &named)
{
    const auto file = fileByHash(context.connection, named.hash);
    if (!file)
        return failure(file.error());
    const auto sendable = *file ? checkOutgoingSize((*file)->size) : Result<>();
    if (!*file || !sendable) {
        return failure(Error::Kind::Rejected, failureKindName(FailureKind::AttachmentRefused));
    }
    Attachment attachment;
    attachment.kind = outgoingKind((*file)->mimeType);
    attachment.state = AttachmentState::Captured;
    attachment.name = outgoingName(named.name);
    attachment.mimeType = (*file)->mimeType;
    attachment.size = (*file)->size;
    attachment.hash = (*file)->hash;
    attachment.width = (*file)->width > 0 ? (*file)->width : named.width;
    attachment.height = (*file)->height > 0 ? (*file)->height : named.height;
    attachment.thumbnail = (*file)->thumbnail;
    return QList<Attachment>{attachment};
}

// The file of a reply, or none: a text. A message of Meta's is one or the other.
Result<QList<Attachment>> contentOf(Context &context, const Wire::SendReply &reply)
{
    if (reply.attachment && !reply.text.isEmpty())
        return failure(Error::Kind::Rejected, QStringLiteral("a file goes without a text"));
    if (reply.attachment)
        return fileOf(context, *reply.attachment);
    if (reply.text.trimmed().isEmpty())
        return failure(Error::Kind::Rejected, QStringLiteral("an empty reply"));
    if (reply.text.size() > Limits::TextCharacters)
        return failure(Error::Kind::TooLarge, QStringLiteral("a reply over the limit"));
    return QList<Attachment>();
}

// What Meta would refuse anyway, or what nobody has chosen; None: it may wait to be sent.
Result<FailureKind> whyNotTaken(
    Context &context, const Wire::SendReply &reply, const Conversation &conversation)
{
    if (!conversation.ownerApp.isEmpty())
        return FailureKind::NotThreadOwner;
    const auto page = pageById(context.connection, conversation.contact.pageId);
    if (!page)
        return failure(page.error());
    const auto window
        = replyWindow(conversation.lastCustomerAt, context.now, *page && (*page)->humanAgent);
    const bool isLate = window.state == ReplyWindow::State::HumanAgent;
    return isLate && !reply.humanAgent ? FailureKind::WindowClosed : FailureKind::None;
}

Result<> apply(Context &context, const Wire::SendReply &reply)
{
    const auto content = contentOf(context, reply);
    if (!content)
        return failure(content.error());
    const auto conversation = existingConversation(context, reply.conversationId);
    if (!conversation)
        return failure(conversation.error());
    const auto whyNot = whyNotTaken(context, reply, *conversation);
    if (!whyNot)
        return failure(whyNot.error());
    if (*whyNot != FailureKind::None)
        return failure(Error::Kind::Rejected, failureKindName(*whyNot));
    const auto seq = takeSeqs(context.connection, conversation->contact.pageId.value, 2);
    if (!seq)
        return failure(seq.error());
    Message message = replyOf(reply, *conversation, context);
    message.attachments = *content;
    message.seq = *seq;
    message.arrival = *seq;
    const auto inserted = insertMessage(context.connection, message);
    if (!inserted)
        return failure(inserted.error());
    if (!*inserted)
        return failure(Error::Kind::Conflict, QStringLiteral("this message id is taken"));
    if (wantsThumbnails(message)) {
        if (auto added = addJob(context.connection, JobKind::Thumbnail, message.pageId,
                message.id.value, context.now);
            !added)
            return added;
        context.touched.jobs = true;
    }
    if (auto set = setDeadline(context.connection, message.id, reply.deadlineAt); !set)
        return set;
    if (reply.holdMs > 0) {
        const qint64 leavesAt = context.now + std::min(reply.holdMs, Wire::MaxHoldMs);
        if (auto held = noteTry(context.connection, message.id, 0, leavesAt); !held)
            return held;
    }
    const auto noted
        = noteMessage(context.connection, message, conversation->contact.psid, *seq + 1);
    if (!noted)
        return failure(noted.error());
    context.touched.stream(message.pageId.value);
    context.touched.outbound = true;
    return {};
}

// Empty while a reply can still be taken back.
QString whyNotCancelled(const Message &message)
{
    switch (message.state) {
    case DeliveryState::Queued:
        return {};
    case DeliveryState::Sending:
        return QStringLiteral("the reply is leaving now");
    case DeliveryState::Unknown:
        return QStringLiteral("the reply has left, and it is not known whether it arrived");
    case DeliveryState::Failed:
        return QStringLiteral("the reply was not sent");
    default:
        return QStringLiteral("the reply has been sent");
    }
}

Result<> apply(Context &context, const Wire::CancelReply &cancel)
{
    auto message = messageById(context.connection, cancel.messageId);
    if (!message)
        return failure(message.error());
    if (!*message)
        return failure(Error::Kind::NotFound, QStringLiteral("no such reply"));
    if ((*message)->failure == FailureKind::Cancelled)
        return {}; // with another part of the same reply
    if (const QString reason = whyNotCancelled(**message); !reason.isEmpty())
        return failure(Error::Kind::Conflict, reason);
    return cancelReply(context.connection, **message, context.touched);
}

Result<> apply(Context &context, const Wire::MarkRead &mark)
{
    const auto conversation = existingConversation(context, mark.conversationId);
    if (!conversation)
        return failure(conversation.error());
    context.touched.stream(conversation->contact.pageId.value);
    return setReadUpTo(context.connection, *conversation, mark.upToAt);
}

Result<> apply(Context &context, const Wire::SetPageSettings &set)
{
    const auto changed = changePageSettings(context.connection, set, context.now, context.touched);
    if (!changed)
        return failure(changed.error());
    context.changes = *changed;
    return {};
}

// Every command is noted by its word and the ids it names: never by what somebody wrote.
AuditEntry auditOf(const Wire::Command &command, const Operator &person, const DeviceId &device,
    const std::optional<Error> &error, const QString &changes)
{
    const QJsonObject frame
        = QJsonDocument::fromJson(Wire::encode(Wire::ClientFrame(command))).object();
    QStringList subjects;
    for (auto it = frame.begin(); it != frame.end(); ++it) {
        if (it.key().endsWith(QLatin1StringView("Id")) && it->isString())
            subjects.append(it->toString());
    }
    QString detail = QStringLiteral("device:") + device.value;
    if (error)
        detail += QStringLiteral(" refused:") + kindName(error->kind);
    if (!changes.isEmpty())
        detail += u' ' + changes;
    return {operatorActor(person.id), frame.value(QLatin1StringView("command")).toString(),
        subjects.join(u' '), detail};
}

Result<> permitAndApply(Context &context, const Wire::Command &command)
{
    const auto permitted = Access::permit(context.person, Gate::actionOf(command.body));
    if (!permitted)
        return permitted;
    if (const auto page = Gate::pageOf(context.connection, command.body, context.pages); !page)
        return failure(page.error());
    return std::visit([&context](const auto &body) { return apply(context, body); }, command.body);
}

} // namespace

Result<Wire::CommandResult> applyCommand(Connection &connection, const Wire::Command &command,
    const DeviceId &device, qint64 now, Ledger::Touched &touched)
{
    const auto asking = activeDeviceById(connection, device);
    if (!asking)
        return failure(asking.error());
    Wire::CommandResult result{command.id, std::nullopt};
    if (!*asking) {
        // Not kept: a revoked device leaves no traces.
        result.error = Error{Error::Kind::Unauthorized, QStringLiteral("this device was revoked")};
        return result;
    }
    const auto before = commandResult(connection, command.id);
    if (!before)
        return failure(before.error());
    if (*before)
        return **before;
    const Operator &owner = (*asking)->owner;
    Context context{connection, owner, (*asking)->pages, now, touched};
    if (auto done = permitAndApply(context, command); !done) {
        if (done.error().kind == Error::Kind::Storage || done.error().kind == Error::Kind::Damaged)
            return failure(done.error());
        result.error = done.error();
    }
    if (auto kept = keepCommandResult(connection, result, device, now); !kept)
        return failure(kept.error());
    const AuditEntry entry = auditOf(command, owner, device, result.error, context.changes);
    if (auto noted = appendAudit(connection, now, entry); !noted)
        return failure(noted.error());
    return result;
}

} // namespace Pagedesk::Relay
