// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTcpServer>
#include <QUrl>

#include <memory>

class QTcpSocket;

namespace Pagedesk::Tests {

// A site on this computer that answers a browser: every path has a page, written by the test.
class DialogSite : public QObject {
    Q_OBJECT

public:
    struct Page {
        QByteArray body;
        int status = 200; // 0: no answer ever comes
        QByteArray header = "Content-Type: text/html; charset=utf-8\r\n";
    };

    DialogSite();
    // With a certificate that nobody trusts.
    DialogSite(const QString &certificateFile, const QString &keyFile);

    void add(const QString &path, const Page &page) { m_pages.insert(path, page); }
    // A page that runs a script once it is there.
    void addScript(const QString &path, const QByteArray &script);
    QUrl url(const QString &path, const QString &query = {}) const;

    int visits(const QString &path) const;
    // The header of the latest visit.
    QByteArray lastHeader(const QString &path) const { return m_headers.value(path); }
    qsizetype allVisits() const { return m_visits.size(); }

private:
    void listen(QTcpServer *server, const QString &scheme);
    void read(QTcpSocket *socket, QByteArray &bytes);

    std::unique_ptr<QTcpServer> m_server;
    QString m_scheme;
    QHash<QString, Page> m_pages;
    QHash<QString, QByteArray> m_headers;
    QStringList m_visits;
};

} // namespace Pagedesk::Tests
