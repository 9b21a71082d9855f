// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/secretstore.h"

#include <QString>

namespace Pagedesk {

// The device token in a file of the profile that only its owner may read.
class FileSecretStore final : public SecretStore {
public:
    explicit FileSecretStore(const QString &profileFolder);

    Task<Secret> load() override;
    Task<> save(const Secret &token) override;
    bool isProtected() const override { return false; }
    bool exists() const;
    void remove();

private:
    QString m_path;
};

} // namespace Pagedesk
