// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

struct HttpAnswer {
    int status = 0; // 0: no answer
    QByteArray body;
    QHash<QByteArray, QByteArray> headers; // lower-case names

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    int code() const { return json()[QStringLiteral("error")][QStringLiteral("code")].toInt(); }
    int subcode() const
    {
        return json()[QStringLiteral("error")][QStringLiteral("error_subcode")].toInt();
    }
};

// The real program as a process of its own, and a plain HTTP client to talk to it. Not
// QNetworkAccessManager: that sends a request again by itself when it gets no answer.
class SandboxProcess final {
public:
    // Ports are free ones; waits until the program says that it listens.
    SandboxProcess(const QUrl &webhookUrl, const QStringList &more = {});
    ~SandboxProcess();

    QString graph() const { return m_graph; } // "http://127.0.0.1:…"
    QString media() const { return m_media; }
    QProcess &process() { return m_process; }

    HttpAnswer get(const QString &path, const QHash<QByteArray, QByteArray> &headers = {});
    HttpAnswer post(const QString &path, const QByteArray &body, const QByteArray &contentType,
        const QHash<QByteArray, QByteArray> &headers = {});
    HttpAnswer request(const QByteArray &method, const QString &path, const QByteArray &body = {},
        const QHash<QByteArray, QByteArray> &headers = {});

    // Control routes: the path behind /_sandbox/.
    QJsonObject control(const QString &path, const QJsonObject &body);
    QJsonObject state() { return get(QStringLiteral("/_sandbox/state")).json(); }
    void clearFaults();

    // A send call of Bloom Bakery with its token in the query.
    HttpAnswer send(const QJsonObject &body);
    HttpAnswer sendText(const QString &psid, const QString &text, const QString &metadata = {});
    // The customer writes to Bloom Bakery; gives the mid.
    QString write(const QString &psid, const QString &text);

    int timeoutMs = 20'000;

private:
    QProcess m_process;
    QString m_graph;
    QString m_media;
};

inline const QString SendPath
    = QStringLiteral("/v26.0/70044/messages?access_token=sandbox-page-token-70044");
