// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/masterkey.h"

#include "app/relay/relayconfig.h"

#include <QDir>
#include <QFile>

#include <sodium.h>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Relay::MasterKey {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr const char *Variable = "PAGEDESK_MASTER_KEY";
constexpr const char *NextVariable = "PAGEDESK_NEW_MASTER_KEY";
constexpr qsizetype KeyBytes = 32;

QString keyFile(const QString &folder)
{
    return QDir(folder).filePath(u"master.key"_s);
}

QString nextKeyFile(const QString &folder)
{
    return QDir(folder).filePath(u"master.key.new"_s);
}

Error cannotWrite(const QString &path)
{
    return {Error::Kind::Storage,
        u"cannot write the master key to %1: %2"_s.arg(
            path, QString::fromLocal8Bit(strerror(errno)))};
}

// A rename or a new name is on the disk only once its folder is.
bool syncFolder(const QString &folder)
{
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_CLOEXEC);
    const bool synced = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    return synced;
}

// Writes aside and links it into place: the file is whole or not there, and two programs that
// start together agree on the first one's key.
Result<> writeKey(const QString &folder, const QString &path, const Secret &key)
{
    const QByteArray name = QFile::encodeName(path);
    const QByteArray aside = name + ".part" + QByteArray::number(::getpid());
    const int file = ::open(aside.constData(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        return failure(cannotWrite(path));
    const Secret text(key.reveal().toHex() + '\n');
    const auto size = static_cast<size_t>(text.reveal().size());
    bool written = ::write(file, text.reveal().constData(), size) == static_cast<ssize_t>(size)
        && ::fsync(file) == 0;
    ::close(file);
    if (written)
        written = ::link(aside.constData(), name.constData()) == 0 || errno == EEXIST;
    const Error problem = cannotWrite(path);
    ::unlink(aside.constData());
    if (!written || !syncFolder(folder))
        return failure(problem);
    return {};
}

Secret freshKey()
{
    QByteArray key(KeyBytes, Qt::Uninitialized);
    randombytes_buf(key.data(), static_cast<size_t>(key.size()));
    return Secret(key);
}

// Empty when there is no such file.
Result<Secret> readKeyFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Secret();
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Storage, u"cannot read %1"_s.arg(path));
    auto key = Vault::readKey(Secret(file.read(256)));
    if (!key)
        key.error().detail = u"%1: %2"_s.arg(path, key.error().detail);
    return key;
}

Result<Secret> fromEnvironment(const char *variable)
{
    const auto text = secretFromEnvironment(variable);
    if (!text || text->isEmpty())
        return text;
    auto key = Vault::readKey(*text);
    if (!key)
        key.error().detail = u"%1: %2"_s.arg(QString::fromLatin1(variable), key.error().detail);
    return key;
}

Result<QList<Secret>> keysFor(const QString &folder)
{
    QList<Secret> keys;
    for (const auto &key : {fromEnvironment(Variable), readKeyFile(keyFile(folder)),
             fromEnvironment(NextVariable), readKeyFile(nextKeyFile(folder))}) {
        if (!key)
            return failure(key.error());
        if (!key->isEmpty())
            keys.append(*key);
    }
    return keys;
}

} // namespace

bool isFromEnvironment()
{
    return !qEnvironmentVariableIsEmpty(Variable)
        || !qEnvironmentVariableIsEmpty((QByteArray(Variable) + "_FILE").constData());
}

Result<Vault> vaultFor(const QString &folder, IfMissing ifMissing)
{
    if (ifMissing == IfMissing::Make && !isFromEnvironment() && !QFile::exists(keyFile(folder))) {
        if (const auto made = writeKey(folder, keyFile(folder), freshKey()); !made)
            return failure(made.error());
    }
    return Vault::from([folder] { return keysFor(folder); });
}

Result<Secret> replacement()
{
    return fromEnvironment(NextVariable);
}

Result<Secret> prepareNext(const QString &folder, const Secret &wanted)
{
    const QString path = nextKeyFile(folder);
    const auto left = readKeyFile(path);
    if (!left)
        return left;
    if (!left->isEmpty()) {
        if (!wanted.isEmpty() && !left->matches(wanted.reveal())) {
            return failure(Error::Kind::Conflict,
                u"an interrupted change has left another new key in %1: run it again without "
                "PAGEDESK_NEW_MASTER_KEY first"_s.arg(path));
        }
        return left;
    }
    const Secret next = wanted.isEmpty() ? freshKey() : wanted;
    if (const auto written = writeKey(folder, path, next); !written)
        return failure(written.error());
    return readKeyFile(path);
}

Result<QString> install(const QString &folder)
{
    const QByteArray path = QFile::encodeName(keyFile(folder));
    const auto old = readKeyFile(keyFile(folder));
    if (!old)
        return failure(old.error());
    const QString keptAs = keyFile(folder) + u".old."_s + Vault::keyIdOf(*old);
    const QByteArray kept = QFile::encodeName(keptAs);
    if (::link(path.constData(), kept.constData()) != 0 && errno != EEXIST)
        return failure(cannotWrite(keptAs));
    if (!syncFolder(folder))
        return failure(cannotWrite(keptAs));
    const QByteArray next = QFile::encodeName(nextKeyFile(folder));
    if (::rename(next.constData(), path.constData()) != 0 || !syncFolder(folder))
        return failure(cannotWrite(keyFile(folder)));
    return keptAs;
}

} // namespace Pagedesk::Relay::MasterKey
