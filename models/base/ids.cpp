// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/ids.h"

#include <QUuid>

#include <sodium.h>

#include <array>

namespace Pagedesk {

QString newUuid(qint64 nowMs)
{
    std::array<unsigned char, 16> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    for (size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<unsigned char>(nowMs >> (8 * (5 - i)));
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x70);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
    const QByteArrayView view(bytes.data(), bytes.size());
    return QUuid::fromRfc4122(view).toString(QUuid::WithoutBraces);
}

ConversationId conversationId(const PageId &page, const Psid &person)
{
    return {page.value + u'-' + person.value};
}

MessageId messageIdFor(const PageId &page, const Mid &mid)
{
    const QByteArray text = page.value.toUtf8() + '\n' + mid.value.toUtf8();
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char *>(text.constData()),
        static_cast<unsigned long long>(text.size()));
    const QByteArrayView half(digest.data(), 16);
    return {QString::fromLatin1(half.toByteArray().toHex())};
}

} // namespace Pagedesk
