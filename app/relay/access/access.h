// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "models/domain/permissions.h"
#include "models/wire/pairing.h"

namespace Pagedesk::Relay {

// Who may do what: invites, pairing, device tokens, and the one gate that every frame and route
// passes.
namespace Access {

inline constexpr qint64 InviteLifeMs = qint64(10) * 60 * 1000;
inline constexpr int InviteTries = 5;

// Creates an operator with an invite of 128 bits; the link's relay address is left to the caller.
Result<Wire::PairingLink> invite(
    Connection &connection, const QString &name, Role role, qint64 now);

// The same for one more device of somebody who is there.
Result<Wire::PairingLink> inviteFor(Connection &connection, const OperatorId &person, qint64 now);

// Whoever uses this link becomes the workspace's first admin. It replaces the one before; nothing
// once there is an admin, be it one who was only invited.
Result<std::optional<Wire::PairingLink>> inviteFirstAdmin(Connection &connection, qint64 now);

// Makes a device of a valid invite. Rejected: used, expired, unknown or out of tries. A wrong code
// gives an answer without a token and costs a try, which must be committed: to whoever asked it
// looks like Rejected, so that nothing can be learned by trying.
Result<Wire::PairingAnswer> pair(
    Connection &connection, const Wire::PairingRequest &request, qint64 now);

// The device behind an "Authorization: Bearer ..." header. Unauthorized when there is none.
Result<Device> authenticate(Connection &connection, std::string_view authorization);

// The gate. Forbidden unless the operator's role allows the action.
Result<> permit(const Operator &person, Action action);

} // namespace Access

} // namespace Pagedesk::Relay
