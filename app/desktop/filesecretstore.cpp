// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filesecretstore.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 LongestToken = 4096;
constexpr auto OwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

} // namespace

FileSecretStore::FileSecretStore(const QString &profileFolder, const QString &name)
    : m_path(QDir(profileFolder).filePath(name))
{
}

Task<Secret> FileSecretStore::load()
{
    QFile file(m_path);
    if (!file.exists())
        return Task<Secret>::finished(
            failure(Error::Kind::NotFound, u"there is no device token in the profile"_s));
    if (!file.open(QIODevice::ReadOnly))
        return Task<Secret>::finished(
            failure(Error::Kind::Storage, u"the device token cannot be read"_s));
    Secret token(file.read(LongestToken).trimmed());
    if (token.isEmpty())
        return Task<Secret>::finished(
            failure(Error::Kind::Damaged, u"the file of the device token is empty"_s));
    return Task<Secret>::finished(std::move(token));
}

Task<> FileSecretStore::save(const Secret &token)
{
    QSaveFile file(m_path);
    // Nobody else may read it at any moment: the permissions come before the bytes.
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(OwnerOnly)
        && file.write(token.reveal()) == token.reveal().size() && file.commit();
    if (!written)
        return Task<>::finished(
            failure(Error::Kind::Storage, u"the device token cannot be written"_s));
    return Task<>::finished({});
}

bool FileSecretStore::exists() const
{
    return QFile::exists(m_path);
}

Task<> FileSecretStore::remove()
{
    if (QFile::exists(m_path) && !QFile::remove(m_path)) {
        return Task<>::finished(
            failure(Error::Kind::Storage, u"the device token cannot be removed"_s));
    }
    return Task<>::finished({});
}

} // namespace Pagedesk
