// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "models/base/ids.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

// Page tokens, and those of logins, as the ledger holds them. The ledger names the master key that
// seals, so that programs that started before the key was changed do not seal under the old one.
namespace PageTokens {

// For a relay that starts: the key of `vault` becomes the ledger's, should the ledger know of none.
// Unauthorized: it knows another one, which is not there.
Result<> adopt(Connection &connection, const Vault &vault);

// Sealed for this Page under the ledger's key, to be stored in the same transaction. Unauthorized:
// that key is not there.
Result<QByteArray> seal(
    Connection &connection, const Vault &vault, const PageId &page, const Secret &token);

// Unauthorized: sealed under a key that is not there.
Result<Secret> open(const Vault &vault, const PageId &page, const QByteArray &sealed);

// The same for the token of somebody's login at Facebook.
Result<QByteArray> sealLogin(
    Connection &connection, const Vault &vault, const QString &loginId, const Secret &token);
Result<Secret> openLogin(const Vault &vault, const QString &loginId, const QByteArray &sealed);

// The id of the ledger's master key; empty while no token has been sealed.
Result<QString> keyIdOf(Connection &connection);

// Seals every token anew, under `key`, which becomes the ledger's. How many Pages' there were.
// Unauthorized: a token does not open with the keys of `vault`.
Result<int> sealAll(Connection &connection, const Vault &vault, const QString &keyId);

} // namespace PageTokens

} // namespace Pagedesk::Relay
