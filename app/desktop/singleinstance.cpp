// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/singleinstance.h"

#include "models/base/logging.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 LongestRequest = 64 * 1024;
constexpr int PatienceMs = 3000;

// A socket's path must be short, the profile's may be long.
QString socketPath(const QString &profileFolder)
{
    const QByteArray path = QDir(profileFolder).absolutePath().toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex();
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    return QDir(folder).filePath(u"pagedesk-%1"_s.arg(QString::fromLatin1(hash.first(20))));
}

} // namespace

SingleInstance::SingleInstance(const QString &profileFolder, QObject *parent)
    : QObject(parent)
    , m_lock(QDir(profileFolder).filePath(u"lock"_s))
    , m_socket(socketPath(profileFolder))
{
    m_lock.setStaleLockTime(0); // a window may stay open for weeks
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::serve);
}

bool SingleInstance::acquire()
{
    if (!m_lock.tryLock(0))
        return false;
    QLocalServer::removeServer(m_socket); // what a crash has left
    if (!m_server.listen(m_socket))
        qCWarning(logDesktop) << "cannot listen for later starts:" << m_server.errorString();
    return true;
}

Result<> SingleInstance::handOver(const QByteArray &request) const
{
    QLocalSocket socket;
    socket.connectToServer(m_socket);
    if (!socket.waitForConnected(PatienceMs))
        return failure(Error::Kind::Conflict, u"another Pagedesk uses this profile"_s);
    socket.write(request + '\n');
    socket.waitForBytesWritten(PatienceMs);
    socket.waitForDisconnected(PatienceMs); // it has read the line
    return {};
}

void SingleInstance::serve()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > LongestRequest)
                    socket->abort();
                return;
            }
            const QByteArray request = socket->readLine(LongestRequest).trimmed();
            socket->disconnectFromServer();
            Q_EMIT requested(request);
        });
    }
}

} // namespace Pagedesk
