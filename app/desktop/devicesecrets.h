// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/filesecretstore.h"
#include "app/desktop/keychain.h"

#include <QObject>

namespace Pagedesk {

// Keeps the device token in the keychain, or in a file of the profile where that was asked for or
// where there is no keychain. The file is only ever used after protectionChanged(false) has been
// told, so that the window can say so first.
class DeviceSecrets final : public QObject, public SecretStore {
    Q_OBJECT

public:
    enum class Place { Keychain, File };

    // `name`: of the secret, when it is another one than the device token.
    DeviceSecrets(const QString &profileFolder, Place place,
        const QString &name = QStringLiteral("device-token"), QObject *parent = nullptr);

    Task<Secret> load() override;
    // With a keychain that has stopped working since it was asked: Storage, and the next save goes
    // into the file.
    Task<> save(const Secret &token) override;
    Task<> remove() override;
    bool isProtected() const override { return m_place == Place::Keychain; }
    // Whether the file is used because there is no keychain, and not because that was asked for.
    bool isFallback() const { return m_fallback; }
    // Asks the keychain whether it works.
    void check();

Q_SIGNALS:
    void protectionChanged(bool isProtected);

private:
    void fallBack();

    FileSecretStore m_file;
    Keychain m_keychain;
    QString m_key; // of the keychain's entry, one a profile
    Place m_place;
    bool m_fallback = false;
};

} // namespace Pagedesk
