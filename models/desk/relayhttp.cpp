// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/relayhttp.h"

#include "models/wire/connecting.h"
#include "models/wire/frames.h"

#include <QNetworkReply>
#include <QNetworkRequest>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<QByteArray> answerOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 200)
        return reply.readAll();
    if (status >= 400)
        return failure(Wire::decodeError(reply.readAll()));
    if (reply.error() == QNetworkReply::OperationCanceledError)
        return failure(Error::Kind::Timeout, u"the relay did not answer"_s);
    return failure(Error::Kind::Offline, u"%1 (%2)"_s.arg(reply.errorString()).arg(status));
}

} // namespace

RelayHttp::RelayHttp(QObject *parent)
    : QObject(parent)
{
}

void RelayHttp::setSource(const QUrl &relay, const Secret &token)
{
    m_relay = relay;
    m_token = token;
}

Task<QByteArray> RelayHttp::ask(const QByteArray &method, const QString &route,
    const QByteArray &body, std::chrono::milliseconds patience)
{
    if (m_relay.isEmpty())
        return Task<QByteArray>::finished(failure(Error::Kind::Offline, u"there is no relay"_s));
    QUrl url = m_relay;
    url.setPath(url.path() + route.section(u'?', 0, 0));
    url.setQuery(route.section(u'?', 1));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    // The token is for our relay only.
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(patience.count()));
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > Wire::MaxFrameBytes)
            reply->abort();
    });
    auto promise = std::make_shared<Promise<QByteArray>>();
    auto task = promise->task();
    connect(reply, &QNetworkReply::finished, this, [reply, promise] {
        reply->deleteLater();
        promise->finish(answerOf(*reply));
    });
    return task;
}

} // namespace Pagedesk
