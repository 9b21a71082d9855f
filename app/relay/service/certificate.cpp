// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/service/certificate.h"

#include "models/base/logging.h"

#include <QFile>

#include <sys/stat.h>

namespace Pagedesk::Relay {

namespace {

constexpr int LookEveryMs = 5000;

} // namespace

Certificate::Certificate(Server::HttpServer &server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    connect(&m_timer, &QTimer::timeout, this, &Certificate::look);
}

Result<> Certificate::use(const QString &certificateFile, const QString &keyFile)
{
    m_certificateFile = certificateFile;
    m_keyFile = keyFile;
    m_seen = stamp();
    m_timer.start(LookEveryMs);
    return m_server.useTls(
        QFile::encodeName(certificateFile).toStdString(), QFile::encodeName(keyFile).toStdString());
}

void Certificate::look()
{
    if (stamp() != m_seen)
        reload();
}

void Certificate::reload()
{
    if (m_certificateFile.isEmpty())
        return;
    if (const auto used = use(m_certificateFile, m_keyFile); !used)
        qCWarning(logRelay) << "the certificate stays as it was:" << used.error().detail;
    else
        qCInfo(logRelay) << "the certificate was read again";
}

// Followed through links: renewals often move those.
QString Certificate::stamp() const
{
    QString stamp;
    for (const QString &path : {m_certificateFile, m_keyFile}) {
        struct stat status { };
        if (::stat(QFile::encodeName(path).constData(), &status) != 0)
            continue;
        stamp += QStringLiteral("%1 %2 %3.%4;")
                     .arg(status.st_ino)
                     .arg(status.st_size)
                     .arg(status.st_mtim.tv_sec)
                     .arg(status.st_mtim.tv_nsec);
    }
    return stamp;
}

} // namespace Pagedesk::Relay
