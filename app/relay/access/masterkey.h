// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"

namespace Pagedesk::Relay {

// Where the master key comes from: PAGEDESK_MASTER_KEY[_FILE], else master.key in the data folder.
// While one key replaces another there are two: PAGEDESK_NEW_MASTER_KEY[_FILE] and master.key.new.
namespace MasterKey {

enum class IfMissing {
    Make, // a key file, mode 0600
    Fail, // NotFound
};

// Opens with every key there is, now and later.
Result<Vault> vaultFor(const QString &folder, IfMissing ifMissing);

// True when the key comes from the environment: then it is not in the folder.
bool isFromEnvironment();
// PAGEDESK_NEW_MASTER_KEY[_FILE], as 32 bytes; empty when it is not set.
Result<Secret> replacement();

// The key that is to follow master.key: what an interrupted change has left, else `wanted`, else a
// fresh one. It is on the disk when this returns. Conflict: another one has been left.
Result<Secret> prepareNext(const QString &folder, const Secret &wanted);
// The next key takes the place of master.key, which is kept under the name that comes back.
Result<QString> install(const QString &folder);

} // namespace MasterKey

} // namespace Pagedesk::Relay
