// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/entities.h"
#include "models/base/clock.h"
#include "models/base/secret.h"

namespace Pagedesk::Sandbox {

// Addresses of the media host, made like those of Meta's: signed, and dead after a while. `oe` is
// the expiry in hexadecimal seconds, `oh` the signature.
class MediaLinks {
public:
    // Meta's lifetime is not documented; two weeks is what field reports give for pictures.
    static constexpr qint64 LifetimeSeconds = 14 * 86'400;

    MediaLinks(const Secret &key, const Clock &clock);

    void setBase(const QString &base) { m_base = base; } // "http://127.0.0.1:40123"
    QString url(const MediaFile &file) const;

    enum class Verdict { Valid, Expired, Mismatch };
    // `path` and `query` as received.
    Verdict check(const QString &path, const QString &query) const;
    // The media id in a path; empty when it is none of ours.
    static QString mediaId(const QString &path);

private:
    QByteArray signature(const QString &path, const QString &expiry) const;

    Secret m_key;
    const Clock &m_clock;
    QString m_base;
};

} // namespace Pagedesk::Sandbox
