// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/domain/page.h"

// What becomes of a Page whose token or permissions are lost, and when they are back.
namespace Pagedesk::Relay {

// Whose login a Page was connected with; empty when its token was brought by hand.
Result<QString> loginOf(Connection &connection, const PageId &id);

// Meta has refused the Page's token: its replies wait from now on. What it needs is looked into at
// once, unless the person has removed the app. Nothing happens to a Page that does not work anyway.
Result<> noteTokenRefused(Connection &connection, const PageId &id, TokenProblem why, qint64 now,
    Ledger::Touched &touched);
// A call lacked a permission: it is found out which; for something that was read in the background,
// a few times a day at most.
enum class MissedBy { Reply, Reading };
Result<> notePermissionMissed(
    Connection &connection, const PageId &id, MissedBy call, qint64 now, Ledger::Touched &touched);
// A reply was refused because the person has no role in the app, or one went through to somebody
// for whom that had happened.
Result<> noteRoleOnly(Connection &connection, const PageId &id, qint64 at);
// Meta's answer to a reply as a human agent shows that the Page may send such ones, or not: then
// the setting turns to no, and `why` is Meta's code.
Result<> noteAgentConfirmed(
    Connection &connection, const PageId &id, qint64 now, Ledger::Touched &touched);
Result<> noteAgentRefused(Connection &connection, const PageId &id, const QString &why, qint64 now,
    Ledger::Touched &touched);
Result<bool> wasRoleOnly(Connection &connection, const ConversationId &conversation);

} // namespace Pagedesk::Relay
