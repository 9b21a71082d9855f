// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/people.h"

#include "models/base/jsonfields.h"
#include "models/wire/entities.h"
#include "models/wire/frames.h"

#include <QJsonDocument>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

template <typename T, typename F> QJsonArray listOf(const QList<T> &values, F toJson)
{
    QJsonArray list;
    for (const T &value : values)
        list.append(toJson(value));
    return list;
}

template <typename T> QJsonArray idsToJson(const QList<T> &ids)
{
    return listOf(ids, [](const T &id) { return id.value; });
}

template <typename T> QList<T> idsFrom(FieldReader &in, QLatin1StringView name)
{
    QList<T> ids;
    const QJsonArray list = in.list(name);
    for (const QJsonValue &value : list) {
        const T id{value.toString()};
        if (id.isEmpty() || id.value.size() > MaxIdCharacters) {
            in.fail(name, "holds something that is no id");
            break;
        }
        if (!ids.contains(id))
            ids.append(id);
    }
    return ids;
}

// What `read` makes of an object of this name in the bytes.
template <typename F> auto decoded(const QByteArray &bytes, const QString &name, F read)
{
    using T = decltype(read(std::declval<FieldReader &>()));
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return Result<T>(failure(object.error()));
    FieldReader in(*object, name);
    T value = read(in);
    return in.result(std::move(value));
}

// A name that people see: no line breaks or other characters that are not there to be read.
QString nameFrom(FieldReader &in)
{
    const QString name = in.text("name"_L1, Need::Required).simplified();
    const bool odd = std::any_of(name.begin(), name.end(),
        [](QChar c) { return c.category() == QChar::Other_Control || c.isNull(); });
    if (!in.error() && (name.isEmpty() || name.size() > MaxPersonName || odd))
        in.fail("name"_L1, "is empty, too long or not readable");
    return name;
}

void putGrant(QJsonObject &object, const PageGrant &grant)
{
    object.insert("allPages"_L1, grant.all);
    if (!grant.all)
        object.insert("pages"_L1, idsToJson(grant.pages));
}

// Said or not said, never guessed: what is wrong here opens nothing.
PageGrant grantFrom(FieldReader &in)
{
    PageGrant grant;
    if (!in.has("allPages"_L1))
        in.fail("allPages"_L1, "is missing");
    grant.all = in.flag("allPages"_L1);
    grant.pages = idsFrom<PageId>(in, "pages"_L1);
    if (!in.error() && grant.all && !grant.pages.isEmpty())
        in.fail("pages"_L1, "are named although it is all of them");
    return grant;
}

QJsonObject deviceToJson(const DeviceEntry &device)
{
    QJsonObject object{{"id"_L1, device.id.value}, {"pairedAt"_L1, device.pairedAt}};
    putText(object, "name"_L1, device.name);
    putText(object, "platform"_L1, device.platform);
    putInteger(object, "lastSeenAt"_L1, device.lastSeenAt);
    putFlag(object, "connected"_L1, device.connected);
    putFlag(object, "own"_L1, device.own);
    return object;
}

Result<DeviceEntry> deviceFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"device"_s);
    DeviceEntry device;
    device.id = {in.id("id"_L1)};
    device.name = in.text("name"_L1);
    device.platform = in.text("platform"_L1);
    device.pairedAt = in.integer("pairedAt"_L1, Need::Required);
    device.lastSeenAt = in.integer("lastSeenAt"_L1);
    device.connected = in.flag("connected"_L1);
    device.own = in.flag("own"_L1);
    return in.result(device);
}

QJsonObject personToJson(const PersonEntry &entry)
{
    QJsonObject object{{"person"_L1, operatorToJson(entry.person)},
        {"devices"_L1, listOf(entry.devices, deviceToJson)}};
    putGrant(object, entry.grant);
    return object;
}

Result<PersonEntry> personFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"person"_s);
    PersonEntry entry;
    entry.person = in.take(operatorFromJson(in.object("person"_L1)));
    entry.grant = grantFrom(in);
    entry.devices = readObjects(in, "devices"_L1, deviceFromJson);
    return in.result(entry);
}

QJsonObject teamEntryToJson(const TeamEntry &entry)
{
    return {{"team"_L1, toJson(Entity(entry.team))}, {"pages"_L1, idsToJson(entry.pages)}};
}

Result<TeamEntry> teamEntryFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"team"_s);
    TeamEntry entry;
    const Entity read = in.take(entityFromJson(in.object("team"_L1)));
    if (const auto *team = std::get_if<Team>(&read))
        entry.team = *team;
    else
        in.fail("team"_L1, "is not a team");
    entry.pages = idsFrom<PageId>(in, "pages"_L1);
    return in.result(entry);
}

QJsonObject inviteToJson(const InviteEntry &invite)
{
    return {{"id"_L1, invite.id}, {"personId"_L1, invite.person.value},
        {"expiresAt"_L1, invite.expiresAt}, {"triesLeft"_L1, invite.triesLeft}};
}

Result<InviteEntry> inviteFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"invite"_s);
    InviteEntry invite;
    invite.id = in.id("id"_L1);
    invite.person = {in.id("personId"_L1)};
    invite.expiresAt = in.integer("expiresAt"_L1, Need::Required);
    invite.triesLeft = in.count("triesLeft"_L1);
    return in.result(invite);
}

} // namespace

QByteArray encode(const Workforce &workforce)
{
    return compact({{"people"_L1, listOf(workforce.people, personToJson)},
        {"teams"_L1, listOf(workforce.teams, teamEntryToJson)},
        {"invites"_L1, listOf(workforce.invites, inviteToJson)}});
}

QByteArray encode(const InvitePerson &invite)
{
    QJsonObject object{{"name"_L1, invite.name}, {"role"_L1, roleName(invite.role)},
        {"teams"_L1, idsToJson(invite.teams)}};
    putGrant(object, invite.grant);
    return compact(object);
}

QByteArray encode(const Invitation &invitation)
{
    return compact({{"inviteId"_L1, invitation.inviteId}, {"personId"_L1, invitation.person.value},
        {"link"_L1, QString::fromUtf8(invitation.link.reveal())},
        {"expiresAt"_L1, invitation.expiresAt}});
}

QByteArray encode(const ChangePerson &change)
{
    QJsonObject object{{"id"_L1, change.id.value}, {"role"_L1, roleName(change.role)},
        {"teams"_L1, idsToJson(change.teams)}};
    putGrant(object, change.grant);
    return compact(object);
}

QByteArray encode(const RenamePerson &rename)
{
    return compact({{"id"_L1, rename.id.value}, {"name"_L1, rename.name}});
}

QByteArray encode(const SaveTeam &team)
{
    QJsonObject object{{"name"_L1, team.name}, {"members"_L1, idsToJson(team.members)},
        {"pages"_L1, idsToJson(team.pages)}};
    putText(object, "id"_L1, team.id.value);
    return compact(object);
}

QByteArray encode(const PersonNamed &named)
{
    return compact({{"id"_L1, named.id.value}});
}

QByteArray encode(const DeviceNamed &named)
{
    return compact({{"id"_L1, named.id.value}});
}

QByteArray encode(const InviteNamed &named)
{
    return compact({{"id"_L1, named.id}});
}

QByteArray encode(const TeamNamed &named)
{
    return compact({{"id"_L1, named.id.value}});
}

Result<Workforce> decodeWorkforce(const QByteArray &bytes)
{
    return decoded(bytes, u"people"_s, [](FieldReader &in) {
        Workforce workforce;
        workforce.people = readObjects(in, "people"_L1, personFromJson);
        workforce.teams = readObjects(in, "teams"_L1, teamEntryFromJson);
        workforce.invites = readObjects(in, "invites"_L1, inviteFromJson);
        return workforce;
    });
}

Result<InvitePerson> decodeInvitePerson(const QByteArray &bytes)
{
    return decoded(bytes, u"invite"_s, [](FieldReader &in) {
        InvitePerson invite;
        invite.name = nameFrom(in);
        invite.role = in.choice("role"_L1, roleFromName);
        invite.grant = grantFrom(in);
        invite.teams = idsFrom<TeamId>(in, "teams"_L1);
        return invite;
    });
}

Result<Invitation> decodeInvitation(const QByteArray &bytes)
{
    return decoded(bytes, u"invitation"_s, [](FieldReader &in) {
        Invitation invitation;
        invitation.inviteId = in.id("inviteId"_L1);
        invitation.person = {in.id("personId"_L1)};
        invitation.link = Secret(in.text("link"_L1, Need::Required).toUtf8());
        invitation.expiresAt = in.integer("expiresAt"_L1, Need::Required);
        return invitation;
    });
}

Result<ChangePerson> decodeChangePerson(const QByteArray &bytes)
{
    return decoded(bytes, u"change"_s, [](FieldReader &in) {
        ChangePerson change;
        change.id = {in.id("id"_L1)};
        change.role = in.choice("role"_L1, roleFromName);
        change.grant = grantFrom(in);
        change.teams = idsFrom<TeamId>(in, "teams"_L1);
        return change;
    });
}

Result<RenamePerson> decodeRenamePerson(const QByteArray &bytes)
{
    return decoded(bytes, u"rename"_s, [](FieldReader &in) {
        return RenamePerson{{in.id("id"_L1)}, nameFrom(in)};
    });
}

Result<SaveTeam> decodeSaveTeam(const QByteArray &bytes)
{
    return decoded(bytes, u"team"_s, [](FieldReader &in) {
        SaveTeam team;
        team.id = {in.id("id"_L1, Need::Optional)};
        team.name = nameFrom(in);
        team.members = idsFrom<OperatorId>(in, "members"_L1);
        team.pages = idsFrom<PageId>(in, "pages"_L1);
        return team;
    });
}

Result<PersonNamed> decodePersonNamed(const QByteArray &bytes)
{
    return decoded(
        bytes, u"person"_s, [](FieldReader &in) { return PersonNamed{{in.id("id"_L1)}}; });
}

Result<DeviceNamed> decodeDeviceNamed(const QByteArray &bytes)
{
    return decoded(
        bytes, u"device"_s, [](FieldReader &in) { return DeviceNamed{{in.id("id"_L1)}}; });
}

Result<InviteNamed> decodeInviteNamed(const QByteArray &bytes)
{
    return decoded(bytes, u"invite"_s, [](FieldReader &in) { return InviteNamed{in.id("id"_L1)}; });
}

Result<TeamNamed> decodeTeamNamed(const QByteArray &bytes)
{
    return decoded(bytes, u"team"_s, [](FieldReader &in) { return TeamNamed{{in.id("id"_L1)}}; });
}

} // namespace Pagedesk::Wire
