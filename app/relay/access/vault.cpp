// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/vault.h"

#include <QCryptographicHash>

#include <sodium.h>

#include <algorithm>
#include <mutex>
#include <optional>

namespace Pagedesk::Relay {

namespace {

constexpr qsizetype KeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr qsizetype NonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype TagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
// A record: this word, the id of the key, nonce, cipher. The first ones were nonce and cipher only.
constexpr QByteArrayView RecordMark("pdk1");
constexpr qsizetype KeyIdBytes = 8;
constexpr qsizetype MarkBytes = 4 + KeyIdBytes;

unsigned char *data(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *data(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray idOf(const Secret &key)
{
    constexpr char What[] = "pagedesk master key id";
    QByteArray id(crypto_generichash_BYTES_MIN, Qt::Uninitialized);
    crypto_generichash(data(id), static_cast<size_t>(id.size()),
        reinterpret_cast<const unsigned char *>(What), sizeof What - 1, data(key.reveal()),
        static_cast<size_t>(key.reveal().size()));
    return id.first(KeyIdBytes);
}

bool namesItsKey(const QByteArray &sealed)
{
    return sealed.size() >= MarkBytes + NonceBytes + TagBytes && sealed.startsWith(RecordMark);
}

// Nonce and cipher.
std::optional<Secret> decrypt(const QByteArray &bytes, const QByteArray &context, const Secret &key)
{
    if (bytes.size() < NonceBytes + TagBytes)
        return std::nullopt;
    const QByteArray nonce = bytes.first(NonceBytes);
    const QByteArray cipher = bytes.sliced(NonceBytes);
    QByteArray plain(cipher.size() - TagBytes, Qt::Uninitialized);
    const int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(data(plain), nullptr, nullptr,
        data(cipher), static_cast<size_t>(cipher.size()), data(context),
        static_cast<size_t>(context.size()), data(nonce), data(key.reveal()));
    return bad == 0 ? std::optional(Secret(plain)) : std::nullopt;
}

} // namespace

struct Vault::Ring {
    struct Key {
        QByteArray id;
        Secret key;
    };

    // With the mutex held.
    const Key *find(const QByteArray &id) const
    {
        const auto found = std::find_if(
            keys.cbegin(), keys.cend(), [&id](const Key &key) { return key.id == id; });
        return found == keys.cend() ? nullptr : &*found;
    }
    // Asks the source again when the key is not there. Keys that were known stay: what they have
    // sealed may still be on its way.
    const Key *fetch(const QByteArray &id)
    {
        if (!find(id) && source) {
            if (const auto found = source())
                add(*found);
        }
        return find(id);
    }
    void add(const QList<Secret> &found)
    {
        for (const Secret &key : found) {
            if (const QByteArray id = idOf(key); !find(id))
                keys.append({id, key});
        }
    }

    std::mutex mutex;
    Source source;
    QList<Key> keys; // never empty
    QByteArray sealing; // id of one of them
};

Result<Secret> Vault::readKey(const Secret &text)
{
    const QByteArray given = text.reveal().trimmed();
    QByteArray key = QByteArray::fromHex(given);
    if (given.size() != 2 * KeyBytes || key.size() != KeyBytes)
        key = QByteArray::fromBase64(given);
    if (key.size() != KeyBytes) {
        return failure(Error::Kind::Rejected,
            QStringLiteral("the master key must be 32 bytes, as 64 hex digits or as base64"));
    }
    return Secret(key);
}

Result<Vault> Vault::withKey(const Secret &text)
{
    const auto key = readKey(text);
    if (!key)
        return failure(key.error());
    return from([key = *key]() -> Result<QList<Secret>> { return QList<Secret>{key}; });
}

Result<Vault> Vault::from(Source source)
{
    const auto keys = source();
    if (!keys)
        return failure(keys.error());
    if (keys->isEmpty())
        return failure(Error::Kind::NotFound, QStringLiteral("there is no master key"));
    auto ring = std::make_shared<Ring>();
    ring->add(*keys);
    ring->sealing = ring->keys.constFirst().id;
    ring->source = std::move(source);
    return Vault(std::move(ring));
}

QByteArray Vault::seal(const Secret &secret, const QString &belongsTo) const
{
    const QByteArray context = belongsTo.toUtf8();
    const QByteArray &plain = secret.reveal();
    QByteArray nonce(NonceBytes, Qt::Uninitialized);
    randombytes_buf(nonce.data(), static_cast<size_t>(nonce.size()));
    QByteArray cipher(plain.size() + TagBytes, Qt::Uninitialized);
    const std::lock_guard lock(m_ring->mutex);
    crypto_aead_xchacha20poly1305_ietf_encrypt(data(cipher), nullptr, data(plain),
        static_cast<size_t>(plain.size()), data(context), static_cast<size_t>(context.size()),
        nullptr, data(nonce), data(m_ring->find(m_ring->sealing)->key.reveal()));
    return RecordMark.toByteArray() + m_ring->sealing + nonce + cipher;
}

Result<Secret> Vault::open(const QByteArray &sealed, const QString &belongsTo) const
{
    const QByteArray context = belongsTo.toUtf8();
    const std::lock_guard lock(m_ring->mutex);
    if (namesItsKey(sealed)) {
        const auto *key = m_ring->fetch(sealed.sliced(RecordMark.size(), KeyIdBytes));
        auto opened = key ? decrypt(sealed.sliced(MarkBytes), context, key->key) : std::nullopt;
        if (opened)
            return *opened;
    }
    // A record without a mark; the nonce of one may look like a mark by chance.
    for (const auto &key : std::as_const(m_ring->keys)) {
        if (const auto opened = decrypt(sealed, context, key.key))
            return *opened;
    }
    return failure(Error::Kind::Unauthorized,
        QStringLiteral("the sealed secret of %1 does not open with this master key")
            .arg(belongsTo));
}

QString Vault::keyId() const
{
    const std::lock_guard lock(m_ring->mutex);
    return QString::fromLatin1(m_ring->sealing.toHex());
}

bool Vault::use(const QString &keyId) const
{
    const QByteArray id = QByteArray::fromHex(keyId.toLatin1());
    const std::lock_guard lock(m_ring->mutex);
    if (!m_ring->fetch(id))
        return false;
    m_ring->sealing = id;
    return true;
}

QString Vault::keyIdOf(const QByteArray &sealed)
{
    return namesItsKey(sealed)
        ? QString::fromLatin1(sealed.sliced(RecordMark.size(), KeyIdBytes).toHex())
        : QString();
}

QString Vault::keyIdOf(const Secret &key)
{
    return QString::fromLatin1(idOf(key).toHex());
}

QByteArray tokenHash(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

} // namespace Pagedesk::Relay
