// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Pagedesk {

// A token, key or password. It has no stream operator and no conversion, so it cannot slip into a
// log; the bytes are overwritten when the last copy goes.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray bytes);
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &other);
    Secret &operator=(Secret &&other) noexcept;
    ~Secret();

    bool isEmpty() const { return m_bytes.isEmpty(); }
    // The bytes themselves, for the one place that must send or hash them.
    const QByteArray &reveal() const { return m_bytes; }
    // Compares in a time that does not depend on where the difference is.
    bool matches(QByteArrayView other) const;

private:
    void wipe();

    QByteArray m_bytes;
};

// So that logging a Secret does not compile.
template <typename Stream> void operator<<(Stream &&, const Secret &) = delete;

// `bytes` random bytes from the system's generator, as unpadded URL-safe base64.
QByteArray randomToken(int bytes);

} // namespace Pagedesk
