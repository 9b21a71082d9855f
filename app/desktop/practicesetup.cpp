// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/practicesetup.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QSet>
#include <QTcpServer>

#include <array>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 LongestFile = 64 * 1024;

QString randomHex()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof words);
    return QString::fromLatin1(bytes.toHex());
}

PracticeSetup stored(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.read(LongestFile)).object();
    const auto port = [&object](QLatin1StringView name) {
        const int number = object.value(name).toInt();
        return number > 0 && number <= 65535 ? quint16(number) : quint16(0);
    };
    return {object.value("appSecret"_L1).toString(), object.value("verifyToken"_L1).toString(),
        object.value("masterKey"_L1).toString(), port("sandboxPort"_L1), port("mediaPort"_L1),
        port("relayPort"_L1)};
}

Result<> store(const QString &path, const PracticeSetup &setup)
{
    const QJsonObject object{{"appSecret"_L1, setup.appSecret},
        {"verifyToken"_L1, setup.verifyToken}, {"masterKey"_L1, setup.masterKey},
        {"sandboxPort"_L1, setup.sandboxPort}, {"mediaPort"_L1, setup.mediaPort},
        {"relayPort"_L1, setup.relayPort}};
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(QJsonDocument(object).toJson()) > 0 && file.commit();
    if (!written)
        return failure(Error::Kind::Storage, u"practice.json: %1"_s.arg(file.errorString()));
    return {};
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, 0) ? server.serverPort() : quint16(0);
}

// Keeps a port that is free and nobody else's here; else picks another.
void settlePort(quint16 &port, QSet<quint16> &taken)
{
    constexpr int Tries = 20;
    for (int i = 0; i < Tries && (port == 0 || taken.contains(port) || !isFree(port)); ++i)
        port = freePort();
    taken.insert(port);
}

} // namespace

bool isFree(quint16 port)
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, port);
}

Result<PracticeSetup> PracticeSetup::prepare(const QString &profileFolder)
{
    const QString path = QDir(profileFolder).filePath(u"practice.json"_s);
    PracticeSetup setup = stored(path);
    for (QString *secret : {&setup.appSecret, &setup.verifyToken, &setup.masterKey}) {
        if (secret->isEmpty())
            *secret = randomHex();
    }
    QSet<quint16> taken;
    for (quint16 *port : {&setup.relayPort, &setup.sandboxPort, &setup.mediaPort})
        settlePort(*port, taken);
    if (const auto written = store(path, setup); !written)
        return failure(written.error());
    return setup;
}

QProcessEnvironment PracticeSetup::environment() const
{
    // Nothing of the outside: a variable meant for another relay must not reach this one.
    QProcessEnvironment environment;
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    for (const QString &name : ours.keys()) {
        if (!name.startsWith(u"PAGEDESK_"))
            environment.insert(name, ours.value(name));
    }
    environment.insert(u"PAGEDESK_APP_ID"_s, u"330011"_s); // the sandbox's
    environment.insert(u"PAGEDESK_APP_SECRET"_s, appSecret);
    environment.insert(u"PAGEDESK_VERIFY_TOKEN"_s, verifyToken);
    environment.insert(u"PAGEDESK_MASTER_KEY"_s, masterKey);
    return environment;
}

} // namespace Pagedesk
