// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"
#include "models/domain/operator.h"

#include <QByteArray>

// How people, devices, invites and teams are looked after, over HTTP with
// Authorization: Bearer <device token>. Not over the WebSocket: an invite is a secret, and what
// goes that way is kept as a command's result.
//   GET  /people/list                        -> Workforce: of an admin all, of others themselves
//   POST /people/invite          InvitePerson -> Invitation      admins
//   POST /people/invite-device   PersonNamed  -> Invitation      admins; others for themselves
//   POST /people/cancel-invite   InviteNamed  -> Workforce       the same
//   POST /people/change          ChangePerson -> Workforce       admins
//   POST /people/rename          RenamePerson -> Workforce       admins; others themselves
//   POST /people/revoke          PersonNamed  -> Workforce       admins
//   POST /people/revoke-device   DeviceNamed  -> Workforce       admins; others their own
//   POST /people/leave           {}           -> Workforce       everybody: the asking device
//   POST /people/team            SaveTeam     -> Workforce       admins
//   POST /people/remove-team     TeamNamed    -> Workforce       admins
// A refusal is an Error with a status of 400 or more.
namespace Pagedesk::Wire {

inline constexpr const char *PeoplePath = "/people/";
inline constexpr qsizetype MaxPersonName = 200;

// A computer of somebody.
struct DeviceEntry {
    DeviceId id;
    QString name;
    QString platform;
    qint64 pairedAt = 0; // ms UTC
    qint64 lastSeenAt = 0; // ms UTC, to a few minutes; 0: never since it was paired
    bool connected = false;
    bool own = false; // the one that asks

    bool operator==(const DeviceEntry &) const = default;
};

// Which Pages were given to a person or a team themselves.
struct PageGrant {
    bool all = true; // of a team never
    QList<PageId> pages = {}; // when not all

    bool operator==(const PageGrant &) const = default;
};

struct PersonEntry {
    Operator person; // active
    PageGrant grant; // without what comes from teams
    QList<DeviceEntry> devices;

    bool operator==(const PersonEntry &) const = default;
};

struct TeamEntry {
    Team team;
    QList<PageId> pages;

    bool operator==(const TeamEntry &) const = default;
};

// An invite that can still be used.
struct InviteEntry {
    QString id;
    OperatorId person;
    qint64 expiresAt = 0; // ms UTC
    int triesLeft = 0;

    bool operator==(const InviteEntry &) const = default;
};

struct Workforce {
    QList<PersonEntry> people;
    QList<TeamEntry> teams;
    QList<InviteEntry> invites;

    bool operator==(const Workforce &) const = default;
};

struct InvitePerson {
    QString name;
    Role role = Role::Agent;
    PageGrant grant = {};
    QList<TeamId> teams = {};
};

struct Invitation {
    QString inviteId;
    OperatorId person;
    Secret link; // pagedesk://pair?…
    qint64 expiresAt = 0; // ms UTC
};

struct ChangePerson {
    OperatorId id;
    Role role = Role::Agent;
    PageGrant grant = {};
    QList<TeamId> teams = {};
};

struct RenamePerson {
    OperatorId id;
    QString name;
};

struct SaveTeam {
    TeamId id; // empty: a new one
    QString name;
    QList<OperatorId> members = {};
    QList<PageId> pages = {};
};

struct PersonNamed {
    OperatorId id;
};
struct DeviceNamed {
    DeviceId id;
};
struct InviteNamed {
    QString id;
};
struct TeamNamed {
    TeamId id;
};

QByteArray encode(const Workforce &workforce);
QByteArray encode(const InvitePerson &invite);
QByteArray encode(const Invitation &invitation);
QByteArray encode(const ChangePerson &change);
QByteArray encode(const RenamePerson &rename);
QByteArray encode(const SaveTeam &team);
QByteArray encode(const PersonNamed &named);
QByteArray encode(const DeviceNamed &named);
QByteArray encode(const InviteNamed &named);
QByteArray encode(const TeamNamed &named);

// Protocol, naming the field that is wrong. Names are trimmed and must not be empty or longer than
// MaxPersonName.
Result<Workforce> decodeWorkforce(const QByteArray &bytes);
Result<InvitePerson> decodeInvitePerson(const QByteArray &bytes);
Result<Invitation> decodeInvitation(const QByteArray &bytes);
Result<ChangePerson> decodeChangePerson(const QByteArray &bytes);
Result<RenamePerson> decodeRenamePerson(const QByteArray &bytes);
Result<SaveTeam> decodeSaveTeam(const QByteArray &bytes);
Result<PersonNamed> decodePersonNamed(const QByteArray &bytes);
Result<DeviceNamed> decodeDeviceNamed(const QByteArray &bytes);
Result<InviteNamed> decodeInviteNamed(const QByteArray &bytes);
Result<TeamNamed> decodeTeamNamed(const QByteArray &bytes);

} // namespace Pagedesk::Wire
