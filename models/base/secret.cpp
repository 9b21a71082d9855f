// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/secret.h"

#include <sodium.h>

#include <utility>

namespace Pagedesk {

Secret::Secret(QByteArray bytes)
    : m_bytes(std::move(bytes))
{
}

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
}

Secret::~Secret()
{
    wipe();
}

bool Secret::matches(QByteArrayView other) const
{
    // Lengths are compared openly: the length of our tokens is no secret.
    return m_bytes.size() == other.size() && !m_bytes.isEmpty()
        && sodium_memcmp(m_bytes.constData(), other.data(), static_cast<size_t>(other.size())) == 0;
}

void Secret::wipe()
{
    if (m_bytes.isDetached() && !m_bytes.isEmpty())
        sodium_memzero(m_bytes.data(), static_cast<size_t>(m_bytes.size()));
}

QByteArray randomToken(int bytes)
{
    QByteArray raw(bytes, Qt::Uninitialized);
    randombytes_buf(raw.data(), static_cast<size_t>(raw.size()));
    return raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace Pagedesk
