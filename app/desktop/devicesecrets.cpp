// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/devicesecrets.h"

#include "models/base/logging.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

QString keyOf(const QString &profileFolder, const QString &name)
{
    const QByteArray path = QFileInfo(profileFolder).absoluteFilePath().toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex();
    return name + u'-' + QString::fromLatin1(hash.first(16));
}

} // namespace

DeviceSecrets::DeviceSecrets(
    const QString &profileFolder, Place place, const QString &name, QObject *parent)
    : QObject(parent)
    , m_file(profileFolder, name)
    , m_key(keyOf(profileFolder, name))
    // A token that is in the file was put there with the person's knowledge.
    , m_place(m_file.exists() ? Place::File : place)
    , m_fallback(place == Place::Keychain && m_place == Place::File)
{
}

Task<Secret> DeviceSecrets::load()
{
    return m_place == Place::File ? m_file.load() : m_keychain.read(m_key);
}

Task<> DeviceSecrets::save(const Secret &token)
{
    if (m_place == Place::File)
        return m_file.save(token);
    auto promise = std::make_shared<Promise<>>();
    auto task = promise->task();
    m_keychain.write(m_key, token).then(this, [this, promise](const Result<> &written) {
        if (!written)
            fallBack();
        promise->finish(written);
    });
    return task;
}

Task<> DeviceSecrets::remove()
{
    return m_place == Place::File ? m_file.remove() : m_keychain.remove(m_key);
}

void DeviceSecrets::check()
{
    if (m_place == Place::File) {
        Q_EMIT protectionChanged(false);
        return;
    }
    m_keychain.probe().then(this, [this](const Result<> &works) {
        if (works) {
            Q_EMIT protectionChanged(true);
            return;
        }
        qCInfo(logDesktop) << "no keychain:" << works.error().detail;
        fallBack();
    });
}

void DeviceSecrets::fallBack()
{
    m_place = Place::File;
    m_fallback = true;
    Q_EMIT protectionChanged(false);
}

} // namespace Pagedesk
