// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/pairingclient.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSysInfo>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 15s;
constexpr qint64 MostBytes = 64 * 1024;

Result<Wire::PairingAnswer> answerOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    switch (status) {
    case 200:
    case 201:
        return Wire::decodePairingAnswer(reply.read(MostBytes));
    case 400:
    case 401:
    case 403:
    case 404:
    case 409:
    case 410:
    case 429:
        return failure(
            Error::Kind::Rejected, u"the relay refused the invitation (%1)"_s.arg(status));
    case 0:
        if (reply.error() == QNetworkReply::OperationCanceledError)
            return failure(Error::Kind::Timeout, u"the relay did not answer"_s);
        return failure(Error::Kind::Offline, reply.errorString());
    default:
        if (status >= 500)
            return failure(Error::Kind::Offline, u"the relay answered %1"_s.arg(status));
        return failure(Error::Kind::Protocol, u"the relay answered %1"_s.arg(status));
    }
}

} // namespace

PairingClient::PairingClient(QObject *parent)
    : QObject(parent)
{
}

Task<Wire::PairingAnswer> PairingClient::redeem(
    const Wire::PairingLink &link, const QString &deviceName)
{
    QUrl url = link.relay;
    url.setPath(url.path() + QLatin1StringView(Wire::PairPath));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    // The secret goes to the relay of the link and nowhere else.
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(Patience).count()));
    QNetworkReply *reply = m_network.post(request,
        Wire::encode(Wire::PairingRequest{
            link.inviteId, link.secret, deviceName, QSysInfo::prettyProductName()}));
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > MostBytes)
            reply->abort();
    });
    auto promise = std::make_shared<Promise<Wire::PairingAnswer>>();
    auto task = promise->task();
    connect(reply, &QNetworkReply::finished, this, [reply, promise] {
        reply->deleteLater();
        promise->finish(answerOf(*reply));
    });
    return task;
}

} // namespace Pagedesk
