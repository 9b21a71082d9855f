// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/queuecommands.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/decisions.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/labels.h"
#include "app/relay/ledger/people.h"
#include "app/relay/ledger/teams.h"

#include <QRegularExpression>

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

// Names of what a change points to; filled in by the checks.
struct Named {
    QString assignee;
    QString team;
    QString label;
};

tl::unexpected<Error> refused(QueueRefusal refusal)
{
    return failure(Error::Kind::Rejected, queueRefusalName(refusal));
}

Result<> checkHolder(const Wire::ChangeConversation &body, const Conversation &conversation)
{
    const bool isSo = body.change.assignee && conversation.assignee == *body.change.assignee;
    if (!body.ifHeldBy || isSo || conversation.assignee == *body.ifHeldBy)
        return {};
    return failure(Error::Kind::Conflict,
        queueRefusalName(QueueRefusal::HeldByOther) + u' ' + conversation.assignee.value);
}

Result<> checkAssignee(
    CommandContext &context, const OperatorId &id, const PageId &page, Named &named)
{
    const auto person = operatorById(context.connection, id);
    if (!person)
        return failure(person.error());
    if (!*person || !(*person)->active)
        return refused(QueueRefusal::AssigneeGone);
    const auto scope = pageScopeOf(context.connection, **person);
    if (!scope)
        return failure(scope.error());
    if (!scope->allows(page))
        return refused(QueueRefusal::AssigneeWithoutPage);
    named.assignee = (*person)->name;
    return {};
}

Result<> checkTeam(CommandContext &context, const TeamId &id, const PageId &page, Named &named)
{
    const auto team = teamById(context.connection, id);
    if (!team)
        return failure(team.error());
    if (!*team || !(*team)->active)
        return refused(QueueRefusal::TeamGone);
    named.team = (*team)->name;
    const auto members = membersOf(context.connection, id);
    if (!members)
        return failure(members.error());
    for (const OperatorId &member : *members) {
        Named unused;
        const auto checked = checkAssignee(context, member, page, unused);
        if (checked || checked.error().kind != Error::Kind::Rejected)
            return checked;
    }
    return refused(QueueRefusal::TeamWithoutPage);
}

Result<> checkLabels(CommandContext &context, const ConversationChange &change,
    const Conversation &conversation, Named &named)
{
    if (!change.addLabel.isEmpty() && conversation.labels.size() >= MaxLabelsOfConversation)
        return refused(QueueRefusal::TooManyLabels);
    for (const LabelId &id : {change.addLabel, change.removeLabel}) {
        if (id.isEmpty())
            continue;
        const auto label = labelById(context.connection, id);
        if (!label)
            return failure(label.error());
        if (id == change.addLabel && (!*label || !(*label)->active))
            return refused(QueueRefusal::LabelGone);
        named.label = *label ? (*label)->name : QString();
    }
    return {};
}

Result<Named> check(
    CommandContext &context, const Wire::ChangeConversation &body, const Conversation &conversation)
{
    const ConversationChange &change = body.change;
    const PageId &page = conversation.contact.pageId;
    Named named;
    Result<> checked = checkHolder(body, conversation);
    if (checked && change.assignee && !change.assignee->isEmpty())
        checked = checkAssignee(context, *change.assignee, page, named);
    if (checked && change.team && !change.team->isEmpty())
        checked = checkTeam(context, *change.team, page, named);
    // One that has passed meanwhile, while the desktop was offline, ends at once.
    if (checked && change.state == ConversationState::Snoozed
        && (change.snoozedUntil <= 0 || change.snoozedUntil > context.now + MaxSnoozeMs))
        checked = refused(QueueRefusal::SnoozeTime);
    if (checked)
        checked = checkLabels(context, change, conversation, named);
    if (!checked)
        return failure(checked.error());
    return named;
}

// The team's name, also of one that the change does not name.
Result<QString> teamName(CommandContext &context, const TeamId &id, const Named &named)
{
    if (id.isEmpty() || !named.team.isEmpty())
        return named.team;
    const auto team = teamById(context.connection, id);
    if (!team)
        return failure(team.error());
    return *team ? (*team)->name : QString();
}

Decision holderLine(const CommandContext &context, const Conversation &after, const Named &named,
    const QString &team, bool givenToTeam)
{
    if (after.assignee == context.person.id && !after.assignee.isEmpty())
        return {Notice::Taken};
    if (!after.assignee.isEmpty())
        return {Notice::Assigned, named.assignee};
    if (givenToTeam)
        return {Notice::AssignedTeam, team};
    return {Notice::PutBack, team};
}

Decision stateLine(const Conversation &after)
{
    switch (after.state) {
    case ConversationState::Resolved:
        return {Notice::Resolved};
    case ConversationState::Pending:
        return {Notice::Pending};
    case ConversationState::Snoozed:
        return {Notice::Snoozed, {}, after.snoozedUntil};
    case ConversationState::Open:
        break;
    }
    return {Notice::Reopened};
}

// What has changed, each as a line.
Result<QList<Decision>> linesOf(CommandContext &context, const Conversation &before,
    const Conversation &after, const Named &named)
{
    QList<Decision> lines;
    if (before.assignee != after.assignee || before.team != after.team) {
        const auto team = teamName(context, after.team, named);
        if (!team)
            return failure(team.error());
        const bool givenToTeam = before.team != after.team && !after.team.isEmpty();
        lines.append(holderLine(context, after, named, *team, givenToTeam));
    }
    if (before.state != after.state || before.snoozedUntil != after.snoozedUntil)
        lines.append(stateLine(after));
    if (before.priority != after.priority)
        lines.append({Notice::Prioritised, priorityName(after.priority)});
    if (before.labels.size() != after.labels.size()) {
        lines.append(
            {before.labels.size() < after.labels.size() ? Notice::Labelled : Notice::Unlabelled,
                named.label});
    }
    return lines;
}

// Ids and words for the audit chain.
QString auditOf(const Conversation &before, const Conversation &after)
{
    QStringList parts;
    if (before.state != after.state)
        parts.append(u"state:"_s + conversationStateName(after.state));
    if (before.snoozedUntil != after.snoozedUntil)
        parts.append(u"until:"_s + QString::number(after.snoozedUntil));
    if (before.assignee != after.assignee)
        parts.append(u"assignee:"_s + after.assignee.value);
    if (before.team != after.team)
        parts.append(u"team:"_s + after.team.value);
    if (before.priority != after.priority)
        parts.append(u"priority:"_s + priorityName(after.priority));
    for (const QString &label : after.labels) {
        if (!before.labels.contains(label))
            parts.append(u"label:+"_s + label);
    }
    for (const QString &label : before.labels) {
        if (!after.labels.contains(label))
            parts.append(u"label:-"_s + label);
    }
    return parts.join(u' ');
}

Result<> save(CommandContext &context, const Conversation &before, const Conversation &after,
    const QList<Decision> &lines, const QString &comment)
{
    if (auto saved = saveDecisions(context.connection, after); !saved)
        return saved;
    for (const Decision &line : lines) {
        const bool isFirst = &line == &lines.constFirst();
        if (auto added = addDecision(context.connection, after, line, context.person.name,
                isFirst ? comment : QString(), context.now);
            !added)
            return added;
    }
    context.changes = auditOf(before, after);
    if (after.state != ConversationState::Snoozed)
        return {};
    context.touched.jobs = true;
    return wakeJob(context.connection, JobKind::Wake, after.contact.pageId, after.id.value,
        after.snoozedUntil);
}

} // namespace

Result<> apply(CommandContext &context, const Wire::ChangeConversation &body)
{
    auto before = existingConversation(context, body.conversationId);
    if (!before)
        return failure(before.error());
    const auto named = check(context, body, *before);
    if (!named)
        return failure(named.error());
    context.touched.stream(before->contact.pageId.value);
    if (body.change.markUnread) {
        if (auto marked = setUnread(context.connection, *before); !marked)
            return marked;
    }
    Conversation after = *before;
    applyChange(after, body.change);
    after.unread = before->unread; // counted above
    auto lines = linesOf(context, *before, after, *named);
    if (!lines)
        return failure(lines.error());
    // What somebody has said is kept also where it was so already.
    if (lines->isEmpty() && !body.comment.isEmpty()) {
        lines->append(body.change.state ? stateLine(after)
                                        : holderLine(context, after, *named, named->team, true));
    }
    return lines->isEmpty() ? Result<>() : save(context, *before, after, *lines, body.comment);
}

Result<> apply(CommandContext &context, const Wire::SaveLabel &body)
{
    static const QRegularExpression Colour(u"^#[0-9a-fA-F]{6}$"_s);
    Label label = body.label;
    label.name = label.name.simplified();
    if (label.active && (label.name.isEmpty() || label.name.size() > MaxLabelCharacters))
        return failure(Error::Kind::Rejected, u"a label has a name of up to 40 characters"_s);
    if (!label.colour.isEmpty() && !Colour.match(label.colour).hasMatch())
        return failure(Error::Kind::Rejected, u"a colour is written like #1f6feb"_s);
    const auto others = activeLabels(context.connection);
    if (!others)
        return failure(others.error());
    const bool isTaken = std::any_of(others->begin(), others->end(), [&label](const Label &other) {
        return other.id != label.id && other.name.compare(label.name, Qt::CaseInsensitive) == 0;
    });
    if (label.active && isTaken)
        return refused(QueueRefusal::LabelTaken);
    context.touched.stream(QString::fromLatin1(WorkspaceStream));
    return saveLabel(context.connection, label);
}

} // namespace Pagedesk::Relay
