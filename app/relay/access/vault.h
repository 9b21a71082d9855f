// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

#include <QList>

#include <functional>
#include <memory>

namespace Pagedesk::Relay {

// Seals Page tokens under the master key (XChaCha20-Poly1305 of libsodium). What a token belongs
// to is authenticated with it, so that sealed tokens cannot be swapped between Pages. A sealed
// record names its key, so that several keys can be valid while one replaces another. Copies share
// their keys; thread-safe.
class Vault {
public:
    // The master keys there are now, each 32 bytes; the one to seal with first.
    using Source = std::function<Result<QList<Secret>>()>;

    // Rejected: the key is not 32 bytes, given as 64 hex digits or as base64.
    static Result<Vault> withKey(const Secret &text);
    // Asks `source` at once, and again whenever a record names a key that is not known yet.
    static Result<Vault> from(Source source);

    QByteArray seal(const Secret &secret, const QString &belongsTo) const;
    // Unauthorized: sealed under another key, or for something else.
    Result<Secret> open(const QByteArray &sealed, const QString &belongsTo) const;

    // A short name of the key that seals, which tells nothing about it.
    QString keyId() const;
    // From now on seals with this key; false when it is not there.
    bool use(const QString &keyId) const;

    // The key a record names; empty for one from before records did.
    static QString keyIdOf(const QByteArray &sealed);
    static QString keyIdOf(const Secret &key);
    // The 32 bytes of a key as people write it; Rejected as withKey().
    static Result<Secret> readKey(const Secret &text);

private:
    struct Ring;
    explicit Vault(std::shared_ptr<Ring> ring)
        : m_ring(std::move(ring))
    {
    }

    std::shared_ptr<Ring> m_ring;
};

// What is stored of tokens and codes: SHA-256. They are random and long, so no salt is needed.
QByteArray tokenHash(const QByteArray &token);

} // namespace Pagedesk::Relay
