// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QUrl>

namespace Pagedesk::Relay {

struct HttpCall {
    enum class Destinations {
        Any, // configured by the operator of this relay
        PublicOnly, // named by somebody else: never an address of this machine or network
    };

    QByteArray method = "GET";
    QUrl url;
    QList<QByteArray> headers; // "Name: value"
    QByteArray body;
    QByteArray contentType = "application/json";
    // Sent as multipart/form-data instead of the body, when there are any.
    struct FormPart {
        QByteArray name;
        QByteArray value; // unless a file is named
        QString file; // path; read while it is sent
        QByteArray fileName; // as the other side is told
        QByteArray mimeType; // of the file
    };
    QList<FormPart> form = {};
    int timeoutMs = 15'000;
    qint64 answerLimit = 1024 * 1024; // bytes; a longer answer is TooLarge
    Destinations destinations = Destinations::Any;
};

struct HttpAnswer {
    int status = 0;
    QByteArray body;
    QByteArray usage; // X-Business-Use-Case-Usage
    QByteArray appUsage; // X-App-Usage
    QByteArray contentType;
    QByteArray version; // facebook-api-version
};

// HTTP requests that are made exactly once. QNetworkAccessManager sends a POST again by itself
// when the peer closes the connection without an answer, which would double a customer's message;
// so each call has a connection of its own and no retry. Redirects are not followed.
class HttpClient : public QObject {
    Q_OBJECT

public:
    explicit HttpClient(QObject *parent = nullptr);
    ~HttpClient() override; // waits for calls under way, at most their time-out

    // Offline: proven that nothing was sent (no connection). Timeout or Protocol: it may have
    // been. Forbidden: the address is not public. TooLarge: the answer is over the limit.
    Task<HttpAnswer> call(const HttpCall &call);

private:
    void deliver(quint64 ticket, const Result<HttpAnswer> &answer);

    QThreadPool m_threads;
    QHash<quint64, std::shared_ptr<Promise<HttpAnswer>>> m_waiting;
    quint64 m_lastTicket = 0;
};

} // namespace Pagedesk::Relay
