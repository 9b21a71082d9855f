// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/identity.h"

#include "models/wire/entities.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

IdentityStore::IdentityStore(QString profileFolder)
    : m_path(QDir(profileFolder).filePath(u"identity.json"_s))
{
}

Result<std::optional<Identity>> IdentityStore::load() const
{
    QFile file(m_path);
    if (!file.exists())
        return std::nullopt;
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Storage, u"identity.json: %1"_s.arg(file.errorString()));
    const QJsonObject object = QJsonDocument::fromJson(file.read(64 * 1024)).object();
    const auto self = Wire::operatorFromJson(object.value("self"_L1).toObject());
    Identity identity;
    identity.relay = QUrl(object.value("relay"_L1).toString(), QUrl::StrictMode);
    identity.workspace = object.value("workspace"_L1).toString();
    if (!self || !identity.relay.isValid() || identity.relay.host().isEmpty())
        return failure(Error::Kind::Damaged, u"identity.json cannot be read"_s);
    identity.self = *self;
    return identity;
}

Result<> IdentityStore::save(const Identity &identity) const
{
    const QJsonObject object{{"relay"_L1, identity.relay.toString(QUrl::FullyEncoded)},
        {"workspace"_L1, identity.workspace}, {"self"_L1, Wire::operatorToJson(identity.self)}};
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0
        || !file.commit())
        return failure(Error::Kind::Storage, u"identity.json: %1"_s.arg(file.errorString()));
    return {};
}

Result<> IdentityStore::remove() const
{
    QFile file(m_path);
    if (file.exists() && !file.remove())
        return failure(Error::Kind::Storage, u"identity.json: %1"_s.arg(file.errorString()));
    return {};
}

} // namespace Pagedesk
