// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/dedupkey.h"

#include <QtEndian>

namespace Pagedesk {

namespace {

constexpr size_t KeyBytes = 16;
static_assert(KeyBytes >= crypto_generichash_BYTES_MIN);

void update(crypto_generichash_state &state, std::string_view bytes)
{
    crypto_generichash_update(
        &state, reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
}

void updateNumber(crypto_generichash_state &state, quint64 number)
{
    // The same key on every machine that shares a database.
    const quint64 portable = qToLittleEndian(number);
    crypto_generichash_update(
        &state, reinterpret_cast<const unsigned char *>(&portable), sizeof portable);
}

} // namespace

DedupKey::DedupKey(const PageId &page, EventKind kind)
{
    crypto_generichash_init(&m_state, nullptr, 0, KeyBytes);
    updateNumber(m_state, static_cast<quint64>(kind));
    addText(page.value);
}

DedupKey &DedupKey::add(std::string_view part)
{
    updateNumber(m_state, part.size());
    update(m_state, part);
    return *this;
}

DedupKey &DedupKey::addText(const QString &part)
{
    const QByteArray utf8 = part.toUtf8();
    return add(std::string_view(utf8.constData(), static_cast<size_t>(utf8.size())));
}

DedupKey &DedupKey::addValue(const JsonValue &value)
{
    value.visit([this](const JsonValue &each) {
        updateNumber(m_state, static_cast<quint64>(each.kind()));
        updateNumber(m_state, each.valueCount());
        add(each.key()).add(each.bytes());
    });
    return *this;
}

QByteArray DedupKey::finish()
{
    QByteArray key(KeyBytes, Qt::Uninitialized);
    crypto_generichash_final(
        &m_state, reinterpret_cast<unsigned char *>(key.data()), static_cast<size_t>(key.size()));
    return key;
}

} // namespace Pagedesk
