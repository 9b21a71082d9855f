// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/secretstore.h"

#include <QString>

namespace Pagedesk {

// A secret, such as the device token, in a file of the profile that only its owner may read.
class FileSecretStore final : public SecretStore {
public:
    explicit FileSecretStore(
        const QString &profileFolder, const QString &name = QStringLiteral("device-token"));

    Task<Secret> load() override;
    Task<> save(const Secret &token) override;
    bool isProtected() const override { return false; }
    bool exists() const;
    Task<> remove() override;

private:
    QString m_path;
};

} // namespace Pagedesk
