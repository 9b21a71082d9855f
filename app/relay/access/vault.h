// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

namespace Pagedesk::Relay {

// Seals Page tokens under the master key (XChaCha20-Poly1305 of libsodium). What a token belongs
// to is authenticated with it, so that sealed tokens cannot be swapped between Pages.
class Vault {
public:
    // Rejected: the key is not 32 bytes, given as 64 hex digits or as base64.
    static Result<Vault> withKey(const Secret &text);
    // The key in DIR/master.key, made with mode 0600 when there is none yet.
    static Result<Vault> inFolder(const QString &folder);

    QByteArray seal(const Secret &secret, const QString &belongsTo) const;
    // Unauthorized: sealed under another key, or for something else.
    Result<Secret> open(const QByteArray &sealed, const QString &belongsTo) const;

private:
    explicit Vault(Secret key)
        : m_key(std::move(key))
    {
    }

    Secret m_key;
};

// What is stored of tokens and codes: SHA-256. They are random and long, so no salt is needed.
QByteArray tokenHash(const QByteArray &token);

} // namespace Pagedesk::Relay
