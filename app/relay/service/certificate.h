// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/httpserver.h"

#include <QObject>
#include <QTimer>

namespace Pagedesk::Relay {

// The certificate the relay serves with. It is read again when its files have changed, which is
// looked for every few seconds, and when asked; one that cannot be used leaves the last one.
class Certificate : public QObject {
    Q_OBJECT

public:
    explicit Certificate(Server::HttpServer &server, QObject *parent = nullptr);

    // Rejected, naming the file that cannot be used.
    Result<> use(const QString &certificateFile, const QString &keyFile);
    void reload();

private:
    void look();
    // What tells one version of the files from another.
    QString stamp() const;

    Server::HttpServer &m_server;
    QString m_certificateFile;
    QString m_keyFile;
    QString m_seen;
    QTimer m_timer;
};

} // namespace Pagedesk::Relay
