// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/operator.h"

#include <QUrl>

#include <optional>

namespace Pagedesk {

// Which workspace this profile belongs to. The device token is not in here: it is in the keychain.
struct Identity {
    QUrl relay;
    QString workspace;
    Operator self;

    bool operator==(const Identity &) const = default;
};

// Keeps the identity in the profile folder (identity.json).
class IdentityStore {
public:
    explicit IdentityStore(QString profileFolder);
    Result<std::optional<Identity>> load() const; // nothing when unpaired; Damaged when unreadable
    Result<> save(const Identity &identity) const;
    Result<> remove() const; // fine when there is none

private:
    QString m_path;
};

} // namespace Pagedesk
