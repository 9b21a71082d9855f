// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"
#include "models/base/task.h"

namespace Pagedesk {

// Where the device token is kept. The desktop program implements it with the platform's keychain.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    virtual Task<Secret> load() = 0; // NotFound when there is none
    virtual Task<> save(const Secret &token) = 0;
    virtual Task<> remove() = 0; // fine when there is none
    // False when the token lies in a file of the profile, which the window says.
    virtual bool isProtected() const = 0;
};

} // namespace Pagedesk
