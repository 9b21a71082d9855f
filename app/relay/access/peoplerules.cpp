// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/peoplerules.h"

#include "app/relay/access/access.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/teams.h"
#include "app/relay/ledger/workforce.h"

#include <algorithm>

namespace Pagedesk::Relay::PeopleRules {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MostOpenInvites = 200;

bool managesPeople(const Device &asker)
{
    return isAllowed(asker.owner.role, Action::ManagePeople);
}

// Everybody may look after themselves; whoever may not look after others learns nothing of them.
Result<> mayTouch(const Context &context, const OperatorId &id)
{
    if (id == context.asker.owner.id)
        return {};
    return Access::permit(context.asker.owner, Action::ManagePeople);
}

Result<Operator> activePerson(Context &context, const OperatorId &id)
{
    const auto person = operatorById(context.connection, id);
    if (!person)
        return failure(person.error());
    if (!*person || !(*person)->active)
        return failure(Error::Kind::NotFound, u"This person is not in the workspace any more."_s);
    return **person;
}

Result<Team> activeTeam(Context &context, const TeamId &id)
{
    const auto team = teamById(context.connection, id);
    if (!team)
        return failure(team.error());
    if (!*team || !(*team)->active)
        return failure(Error::Kind::NotFound, u"This team is gone."_s);
    return **team;
}

template <typename T> QString words(const QList<T> &ids)
{
    QStringList values;
    for (const T &id : ids)
        values.append(id.value);
    return values.isEmpty() ? u"none"_s : values.join(u',');
}

QString words(const Wire::PageGrant &grant)
{
    return grant.all ? u"all"_s : words(grant.pages);
}

Result<> note(
    Context &context, const QString &action, const QString &subject, const QString &detail = {})
{
    return appendAudit(context.connection, context.now,
        {operatorActor(context.asker.owner.id), action, subject, detail});
}

Result<> checkPages(Context &context, const QList<PageId> &pages)
{
    for (const PageId &id : pages) {
        const auto page = pageById(context.connection, id);
        if (!page)
            return failure(page.error());
        if (!*page || (*page)->state == PageState::Removed)
            return failure(Error::Kind::NotFound, u"One of these Pages is not connected."_s);
    }
    return {};
}

Result<> checkTeams(Context &context, const QList<TeamId> &teams)
{
    for (const TeamId &id : teams) {
        if (const auto team = activeTeam(context, id); !team)
            return failure(team.error());
    }
    return {};
}

Result<> setRights(Context &context, const OperatorId &id, const Wire::PageGrant &grant,
    const QList<TeamId> &teams)
{
    if (auto known = checkPages(context, grant.pages); !known)
        return known;
    if (auto known = checkTeams(context, teams); !known)
        return known;
    const auto own = grant.all ? std::nullopt : std::optional(grant.pages);
    if (auto set = setOwnPagesOf(context.connection, id, own); !set)
        return set;
    return setTeamsOf(context.connection, id, teams);
}

// Does something that may take an admin away; refused when it was the last.
Result<> keepingAnAdmin(Context &context, const std::function<Result<>()> &change)
{
    const auto before = workingAdmins(context.connection);
    if (!before)
        return failure(before.error());
    if (auto done = change(); !done)
        return done;
    const auto after = workingAdmins(context.connection);
    if (!after)
        return failure(after.error());
    if (*before > 0 && *after == 0) {
        return failure(Error::Kind::Conflict,
            u"A workspace needs an admin, and this is the last one. Make somebody else an admin "
            "first."_s);
    }
    context.touched.stream(QString::fromLatin1(WorkspaceStream));
    return {};
}

Result<Wire::Invitation> invitationFor(Context &context, const OperatorId &person)
{
    const auto open = openInvites(context.connection, context.now);
    if (!open)
        return failure(open.error());
    if (open->size() >= MostOpenInvites)
        return failure(Error::Kind::Conflict, u"Too many invites are open. Wait ten minutes."_s);
    auto link = Access::inviteFor(context.connection, person, context.now);
    if (!link)
        return failure(link.error());
    const auto address = setting(context.connection, u"address"_s);
    if (!address)
        return failure(address.error());
    link->relay = QUrl(*address);
    Wire::Invitation invitation;
    invitation.inviteId = link->inviteId;
    invitation.person = person;
    invitation.link = Secret(Wire::toLink(*link).toUtf8());
    invitation.expiresAt = context.now + Access::InviteLifeMs;
    context.touched.stream(QString::fromLatin1(WorkspaceStream));
    return invitation;
}

Result<Wire::PersonEntry> entryOf(
    Connection &connection, const Operator &person, const DeviceId &asker)
{
    Wire::PersonEntry entry;
    entry.person = person;
    const auto own = ownPagesOf(connection, person.id);
    if (!own)
        return failure(own.error());
    entry.grant = {!own->has_value(), own->value_or(QList<PageId>())};
    auto devices = devicesOf(connection, person.id);
    if (!devices)
        return failure(devices.error());
    for (Wire::DeviceEntry &device : *devices)
        device.own = device.id == asker;
    entry.devices = *devices;
    return entry;
}

Result<> addTeams(Connection &connection, const Device &asker, Wire::Workforce &workforce)
{
    const auto teams = activeTeams(connection);
    if (!teams)
        return failure(teams.error());
    for (const Team &team : *teams) {
        if (!managesPeople(asker) && !asker.owner.teams.contains(team.id))
            continue;
        const auto pages = pagesOfTeam(connection, team.id);
        if (!pages)
            return failure(pages.error());
        workforce.teams.append({team, *pages});
    }
    return {};
}

// The members of a team and those who were: their rows change.
Result<> setMembers(Context &context, const TeamId &team, const QList<OperatorId> &members)
{
    const auto before = membersOf(context.connection, team);
    if (!before)
        return failure(before.error());
    QList<OperatorId> changed;
    for (const OperatorId &id : *before) {
        if (!members.contains(id))
            changed.append(id);
    }
    for (const OperatorId &id : members) {
        if (!before->contains(id))
            changed.append(id);
    }
    for (const OperatorId &id : std::as_const(changed)) {
        auto person = operatorById(context.connection, id);
        if (!person)
            return failure(person.error());
        const bool joins = members.contains(id);
        if (!*person || (joins && !(*person)->active))
            return failure(Error::Kind::NotFound, u"One of these people is not here any more."_s);
        (*person)->teams.removeAll(team);
        if (joins)
            (*person)->teams.append(team);
        if (auto set = setTeamsOf(context.connection, id, (*person)->teams); !set)
            return set;
        if (auto moved = updateOperator(context.connection, **person); !moved)
            return moved;
    }
    return {};
}

} // namespace

Result<Wire::Workforce> list(Connection &connection, const Device &asker, qint64 now)
{
    const bool all = managesPeople(asker);
    const auto people = allOperators(connection);
    if (!people)
        return failure(people.error());
    Wire::Workforce workforce;
    for (const Operator &person : *people) {
        if (!person.active || (!all && person.id != asker.owner.id))
            continue;
        const auto entry = entryOf(connection, person, asker.id);
        if (!entry)
            return failure(entry.error());
        workforce.people.append(*entry);
    }
    if (auto added = addTeams(connection, asker, workforce); !added)
        return failure(added.error());
    const auto invites = openInvites(connection, now);
    if (!invites)
        return failure(invites.error());
    for (const Wire::InviteEntry &invite : *invites) {
        if (all || invite.person == asker.owner.id)
            workforce.invites.append(invite);
    }
    return workforce;
}

Result<Wire::Invitation> apply(Context &context, const Wire::InvitePerson &invite)
{
    Operator person;
    person.id = {newUuid(context.now)};
    person.name = invite.name;
    person.role = invite.role;
    if (auto added = insertOperator(context.connection, person, context.now); !added)
        return failure(added.error());
    if (auto set = setRights(context, person.id, invite.grant, invite.teams); !set)
        return failure(set.error());
    auto invitation = invitationFor(context, person.id);
    if (!invitation)
        return invitation;
    const QString detail = u"role:%1 pages:%2 teams:%3 invite:%4"_s.arg(
        roleName(invite.role), words(invite.grant), words(invite.teams), invitation->inviteId);
    if (auto noted = note(context, u"operator_invited"_s, person.id.value, detail); !noted)
        return failure(noted.error());
    return invitation;
}

Result<Wire::Invitation> inviteDevice(Context &context, const Wire::PersonNamed &named)
{
    if (auto may = mayTouch(context, named.id); !may)
        return failure(may.error());
    if (const auto person = activePerson(context, named.id); !person)
        return failure(person.error());
    auto invitation = invitationFor(context, named.id);
    if (!invitation)
        return invitation;
    if (auto noted
        = note(context, u"device_invited"_s, named.id.value, u"invite:"_s + invitation->inviteId);
        !noted)
        return failure(noted.error());
    return invitation;
}

Result<> apply(Context &context, const Wire::InviteNamed &cancelled)
{
    const auto invite = inviteById(context.connection, cancelled.id);
    if (!invite)
        return failure(invite.error());
    if (auto may = mayTouch(context, *invite ? (*invite)->operatorId : OperatorId{}); !may)
        return may;
    if (!*invite || (*invite)->usedAt != 0)
        return failure(Error::Kind::NotFound, u"This invite was used or is gone."_s);
    if (auto done = voidInvite(context.connection, cancelled.id); !done)
        return done;
    context.touched.stream(QString::fromLatin1(WorkspaceStream));
    return note(context, u"invite_cancelled"_s, cancelled.id);
}

Result<> apply(Context &context, const Wire::ChangePerson &change)
{
    auto person = activePerson(context, change.id);
    if (!person)
        return failure(person.error());
    person->role = change.role;
    const auto done = keepingAnAdmin(context, [&]() -> Result<> {
        if (auto set = setRights(context, change.id, change.grant, change.teams); !set)
            return set;
        return updateOperator(context.connection, *person);
    });
    if (!done)
        return done;
    return note(context, u"operator_changed"_s, change.id.value,
        u"role:%1 pages:%2 teams:%3"_s.arg(
            roleName(change.role), words(change.grant), words(change.teams)));
}

Result<> apply(Context &context, const Wire::RenamePerson &rename)
{
    if (auto may = mayTouch(context, rename.id); !may)
        return may;
    auto person = activePerson(context, rename.id);
    if (!person)
        return failure(person.error());
    person->name = rename.name;
    if (auto done = updateOperator(context.connection, *person); !done)
        return done;
    context.touched.stream(QString::fromLatin1(WorkspaceStream));
    return note(context, u"operator_renamed"_s, rename.id.value);
}

Result<> apply(Context &context, const Wire::PersonNamed &revoked)
{
    if (const auto person = activePerson(context, revoked.id); !person)
        return failure(person.error());
    const auto done = keepingAnAdmin(context, [&]() -> Result<> {
        if (auto left = setTeamsOf(context.connection, revoked.id, {}); !left)
            return left;
        const auto ended = revokeOperator(context.connection, revoked.id, context.now);
        return ended ? Result<>() : failure(ended.error());
    });
    if (!done)
        return done;
    return note(context, u"operator_revoked"_s, revoked.id.value);
}

Result<> apply(Context &context, const Wire::DeviceNamed &revoked)
{
    const auto owner = ownerOf(context.connection, revoked.id);
    if (!owner)
        return failure(owner.error());
    if (auto may = mayTouch(context, owner->value_or(OperatorId{})); !may)
        return may;
    if (!*owner)
        return failure(Error::Kind::NotFound, u"This device is not in the workspace any more."_s);
    const auto done = keepingAnAdmin(
        context, [&] { return revokeDevice(context.connection, revoked.id, context.now); });
    if (!done)
        return done;
    return note(context, u"device_revoked"_s, revoked.id.value);
}

Result<> leave(Context &context)
{
    const auto done = keepingAnAdmin(
        context, [&] { return revokeDevice(context.connection, context.asker.id, context.now); });
    if (!done)
        return done;
    return note(context, u"device_left"_s, context.asker.id.value);
}

Result<> apply(Context &context, const Wire::SaveTeam &saved)
{
    if (auto known = checkPages(context, saved.pages); !known)
        return known;
    Team team{saved.id, saved.name};
    if (saved.id.isEmpty()) {
        team.id = {newUuid(context.now)};
        if (auto added = insertTeam(context.connection, team, context.now); !added)
            return added;
    } else {
        if (const auto known = activeTeam(context, saved.id); !known)
            return failure(known.error());
        if (auto updated = updateTeam(context.connection, team); !updated)
            return updated;
    }
    if (auto set = setPagesOfTeam(context.connection, team.id, saved.pages); !set)
        return set;
    if (auto set = setMembers(context, team.id, saved.members); !set)
        return set;
    context.touched.stream(QString::fromLatin1(WorkspaceStream));
    return note(context, u"team_saved"_s, team.id.value,
        u"members:%1 pages:%2"_s.arg(words(saved.members), words(saved.pages)));
}

Result<> apply(Context &context, const Wire::TeamNamed &removed)
{
    auto team = activeTeam(context, removed.id);
    if (!team)
        return failure(team.error());
    if (auto left = setMembers(context, removed.id, {}); !left)
        return left;
    team->active = false;
    if (auto ended = updateTeam(context.connection, *team); !ended)
        return ended;
    context.touched.stream(QString::fromLatin1(WorkspaceStream));
    return note(context, u"team_removed"_s, removed.id.value);
}

} // namespace Pagedesk::Relay::PeopleRules
