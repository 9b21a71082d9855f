// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/browser/dialogsite.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

namespace Pagedesk::Tests {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a certificate cannot be read");
    return file.readAll();
}

} // namespace

DialogSite::DialogSite()
{
    listen(new QTcpServer, u"http"_s);
}

DialogSite::DialogSite(const QString &certificateFile, const QString &keyFile)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(contentOf(certificateFile)));
    configuration.setPrivateKey(QSslKey(contentOf(keyFile), QSsl::Ec));
    auto *server = new QSslServer;
    server->setSslConfiguration(configuration);
    listen(server, u"https"_s);
}

void DialogSite::listen(QTcpServer *server, const QString &scheme)
{
    m_server.reset(server);
    m_scheme = scheme;
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("the site cannot listen");
    connect(server, &QTcpServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            auto bytes = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, bytes] { read(socket, *bytes); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

void DialogSite::addScript(const QString &path, const QByteArray &script)
{
    add(path, {"<!doctype html><h1>A page</h1><script>" + script + "</script>"});
}

QUrl DialogSite::url(const QString &path, const QString &query) const
{
    QUrl url;
    url.setScheme(m_scheme);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_server->serverPort());
    url.setPath(path);
    if (!query.isEmpty())
        url.setQuery(query);
    return url;
}

int DialogSite::visits(const QString &path) const
{
    return int(m_visits.count(path));
}

void DialogSite::read(QTcpSocket *socket, QByteArray &bytes)
{
    bytes += socket->readAll();
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray target = bytes.left(end).split(' ').value(1);
    const QString path = QUrl::fromEncoded(target).path();
    m_visits += path;
    m_headers.insert(path, bytes.left(end));
    const Page page = m_pages.value(path, Page{"<h1>Nothing here</h1>", 404});
    if (page.status == 0)
        return;
    socket->write("HTTP/1.1 " + QByteArray::number(page.status)
        + " Answer\r\nContent-Length: " + QByteArray::number(page.body.size())
        + "\r\nConnection: close\r\n" + page.header + "\r\n" + page.body);
    socket->disconnectFromHost();
}

} // namespace Pagedesk::Tests
