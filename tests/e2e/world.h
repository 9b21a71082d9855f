// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/program.h"

#include <QJsonObject>
#include <QTemporaryDir>
#include <QUrl>

namespace Pagedesk::Tests {

struct HttpResult {
    int status = 0; // 0: no answer
    QByteArray body;
    QJsonObject json() const;
};

// One HTTP request over a connection of its own; waits for the answer.
HttpResult http(const QByteArray &method, const QUrl &url, const QByteArray &body = {},
    const QList<std::pair<QByteArray, QByteArray>> &headers = {});

// A relay and a sandbox as real processes on free ports, in a folder of their own, with the
// sandbox's two Pages connected.
class World {
public:
    static constexpr const char *AppSecret = "e2e app secret";
    static constexpr const char *VerifyToken = "e2e verify token";
    static constexpr const char *PageId = "70044";

    // `relayName`: another program of the same kind, seen from the folder of the programs.
    explicit World(const QString &relayName = QStringLiteral("pagedesk-relay"));

    // False when one of them does not come up; why() says more.
    bool start();
    bool startRelay(); // on the same port and data as before
    bool startSandbox();
    QByteArray why() const;

    Program relay;
    Program sandbox;
    QString data() const { return m_folder.filePath(QStringLiteral("relay")); }
    QString folder() const { return m_folder.path(); }
    QUrl relayUrl(const QString &path = {}) const;
    QUrl sandboxUrl(const QString &path) const;

    // A maintenance command on the relay's ledger; its stdout.
    QByteArray command(const QStringList &words, int *exitCode = nullptr);
    QList<QJsonObject> lines(const QStringList &words); // of `events` or `export`
    // A pairing link.
    QString invite(const QString &name, const QString &role = QStringLiteral("agent"));
    // Of a desktop that pairs; empty when it cannot.
    QByteArray deviceToken(const QString &name, const QString &role = QStringLiteral("agent"));

    // Signs a body as Meta does and posts it to the relay.
    HttpResult deliver(const QByteArray &body, const QByteArray &secret = AppSecret);
    static QByteArray signature(const QByteArray &body, const QByteArray &secret = AppSecret);
    static QByteArray textEvent(
        const QString &psid, const QString &mid, const QString &text, qint64 at);

    // A customer of the sandbox writes; the mid.
    QString customerWrites(const QString &psid, const QString &text);
    // What the Page's replies with this text look like at the customer.
    int copiesAtCustomer(const QString &psid, const QString &text);
    HttpResult fault(const QJsonObject &fault);
    // One more Page, known to both; the sandbox runs.
    bool addPage(const QString &id);

private:
    bool connectPages();
    bool connectPage(const QString &id, const QString &name);

    QTemporaryDir m_folder;
    quint16 m_relayPort = 0;
    quint16 m_sandboxPort = 0;
    QByteArray m_why;
};

// A port nobody listens on now.
quint16 freePort();

} // namespace Pagedesk::Tests
