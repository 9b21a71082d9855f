// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/vault.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sodium.h>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

constexpr qsizetype KeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr qsizetype NonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype TagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char *data(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *data(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

Error cannotWrite(const QString &path)
{
    return {Error::Kind::Storage, QStringLiteral("cannot write the master key to %1").arg(path)};
}

bool writeAndSync(int file, const QByteArray &text)
{
    return ::write(file, text.constData(), static_cast<size_t>(text.size()))
        == static_cast<ssize_t>(text.size())
        && ::fsync(file) == 0;
}

bool syncFolder(const QString &path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).path());
    const int file = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    return synced;
}

// Written under another name and linked when it is whole: a key file is there with all its bytes or
// not at all, and two programs that start together agree on the first one's key.
Result<> makeKeyFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const QByteArray draft = name + '.' + QByteArray::number(::getpid());
    ::unlink(draft.constData()); // of a program that was killed here
    const int file = ::open(draft.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        return failure(cannotWrite(path));
    QByteArray key(KeyBytes, Qt::Uninitialized);
    randombytes_buf(key.data(), static_cast<size_t>(key.size()));
    const bool written = writeAndSync(file, key.toHex() + '\n');
    ::close(file);
    sodium_memzero(key.data(), static_cast<size_t>(key.size()));
    const bool linked
        = written && (::link(draft.constData(), name.constData()) == 0 || errno == EEXIST);
    ::unlink(draft.constData());
    return linked && syncFolder(path) ? Result<>() : failure(cannotWrite(path));
}

} // namespace

Result<Vault> Vault::withKey(const Secret &text)
{
    const QByteArray given = text.reveal().trimmed();
    QByteArray key = QByteArray::fromHex(given);
    if (given.size() != 2 * KeyBytes || key.size() != KeyBytes)
        key = QByteArray::fromBase64(given);
    if (key.size() != KeyBytes) {
        return failure(Error::Kind::Rejected,
            QStringLiteral("the master key must be 32 bytes, as 64 hex digits or as base64"));
    }
    return Vault(Secret(key));
}

Result<Vault> Vault::inFolder(const QString &folder)
{
    const QString path = QDir(folder).filePath(QStringLiteral("master.key"));
    if (!QFile::exists(path)) {
        if (const auto made = makeKeyFile(path); !made)
            return failure(made.error());
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Storage, QStringLiteral("cannot read %1").arg(path));
    return withKey(Secret(file.read(256)));
}

QByteArray Vault::seal(const Secret &secret, const QString &belongsTo) const
{
    const QByteArray context = belongsTo.toUtf8();
    const QByteArray &plain = secret.reveal();
    QByteArray nonce(NonceBytes, Qt::Uninitialized);
    randombytes_buf(nonce.data(), static_cast<size_t>(nonce.size()));
    QByteArray cipher(plain.size() + TagBytes, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(data(cipher), nullptr, data(plain),
        static_cast<size_t>(plain.size()), data(context), static_cast<size_t>(context.size()),
        nullptr, data(nonce), data(m_key.reveal()));
    return nonce + cipher;
}

Result<Secret> Vault::open(const QByteArray &sealed, const QString &belongsTo) const
{
    const auto refused = failure(Error::Kind::Unauthorized,
        QStringLiteral("the sealed secret of %1 does not open with this master key")
            .arg(belongsTo));
    if (sealed.size() < NonceBytes + TagBytes)
        return refused;
    const QByteArray context = belongsTo.toUtf8();
    const QByteArray nonce = sealed.first(NonceBytes);
    const QByteArray cipher = sealed.sliced(NonceBytes);
    QByteArray plain(cipher.size() - TagBytes, Qt::Uninitialized);
    const int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(data(plain), nullptr, nullptr,
        data(cipher), static_cast<size_t>(cipher.size()), data(context),
        static_cast<size_t>(context.size()), data(nonce), data(m_key.reveal()));
    if (bad != 0)
        return refused;
    return Secret(plain);
}

QByteArray tokenHash(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

} // namespace Pagedesk::Relay
