// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "models/wire/people.h"

// What may be done about people, each inside one transaction with its line in the audit chain. The
// gate has let the asking device in; whom it may touch is decided here. Forbidden, NotFound, or
// Conflict with a sentence, above all where a workspace would be left without an admin.
namespace Pagedesk::Relay::PeopleRules {

struct Context {
    Connection &connection;
    const Device &asker;
    qint64 now;
    Ledger::Touched &touched;
};

// All of it for who manages people; of others only themselves.
Result<Wire::Workforce> list(Connection &connection, const Device &asker, qint64 now);

Result<Wire::Invitation> apply(Context &context, const Wire::InvitePerson &invite);
Result<Wire::Invitation> inviteDevice(Context &context, const Wire::PersonNamed &person);
Result<> apply(Context &context, const Wire::InviteNamed &cancelled);
Result<> apply(Context &context, const Wire::ChangePerson &change);
Result<> apply(Context &context, const Wire::RenamePerson &rename);
Result<> apply(Context &context, const Wire::PersonNamed &revoked);
Result<> apply(Context &context, const Wire::DeviceNamed &revoked);
Result<> leave(Context &context);
Result<> apply(Context &context, const Wire::SaveTeam &team);
Result<> apply(Context &context, const Wire::TeamNamed &removed);

} // namespace Pagedesk::Relay::PeopleRules
