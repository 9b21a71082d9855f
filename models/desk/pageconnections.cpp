// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/pageconnections.h"

#include "models/wire/frames.h"

#include <QNetworkReply>
#include <QNetworkRequest>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 120s; // the relay asks Meta before it answers, for many Pages in turn

QString parameter(const QString &value)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(value));
}

template <typename T>
Result<T> answerOf(QNetworkReply &reply, Result<T> (*decode)(const QByteArray &))
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 200)
        return decode(reply.readAll());
    if (status >= 400)
        return failure(Wire::decodeError(reply.readAll()));
    if (reply.error() == QNetworkReply::OperationCanceledError)
        return failure(Error::Kind::Timeout, u"the relay did not answer"_s);
    return failure(Error::Kind::Offline, u"%1 (%2)"_s.arg(reply.errorString()).arg(status));
}

} // namespace

PageConnections::PageConnections(QObject *parent)
    : QObject(parent)
{
}

void PageConnections::setSource(const QUrl &relay, const Secret &token)
{
    m_relay = relay;
    m_token = token;
}

template <typename T>
Task<T> PageConnections::ask(const QByteArray &method, const QString &route, const QByteArray &body,
    Result<T> (*decode)(const QByteArray &))
{
    if (m_relay.isEmpty())
        return Task<T>::finished(failure(Error::Kind::Offline, u"there is no relay"_s));
    QUrl url = m_relay;
    url.setPath(url.path() + QLatin1StringView(Wire::ConnectPath) + route.section(u'?', 0, 0));
    url.setQuery(route.section(u'?', 1));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    // The token is for our relay only.
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(Patience).count()));
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > Wire::MaxFrameBytes)
            reply->abort();
    });
    auto promise = std::make_shared<Promise<T>>();
    auto task = promise->task();
    connect(reply, &QNetworkReply::finished, this, [reply, promise, decode] {
        reply->deleteLater();
        promise->finish(answerOf(*reply, decode));
    });
    return task;
}

Task<Wire::LoginBegun> PageConnections::beginLogin(bool askAgain)
{
    return ask(
        "POST", u"login"_s, Wire::encode(Wire::BeginLogin{askAgain}), Wire::decodeLoginBegun);
}

Task<Wire::LoginProgress> PageConnections::progressOf(const QString &attemptId)
{
    return ask("GET", u"login?id="_s + parameter(attemptId), {}, Wire::decodeLoginProgress);
}

Task<Wire::Logins> PageConnections::logins()
{
    return ask("GET", u"logins"_s, {}, Wire::decodeLogins);
}

Task<Wire::PageOffer> PageConnections::offerOf(const QString &loginId)
{
    return ask("GET", u"pages?login="_s + parameter(loginId), {}, Wire::decodePageOffer);
}

Task<Wire::PagesConnected> PageConnections::connectPages(const Wire::ConnectPages &chosen)
{
    return ask("POST", u"pages"_s, Wire::encode(chosen), Wire::decodePagesConnected);
}

Task<Wire::PagesConnected> PageConnections::connectByHand(const Wire::ManualPage &manual)
{
    return ask("POST", u"manual"_s, Wire::encode(manual), Wire::decodePagesConnected);
}

Task<Wire::PageFields> PageConnections::checkPage(const PageId &page)
{
    return ask("POST", u"check"_s, Wire::encode(Wire::PageChoice{page}), Wire::decodePageFields);
}

Task<Wire::PageFields> PageConnections::orderFields(const PageId &page)
{
    return ask("POST", u"fields"_s, Wire::encode(Wire::PageChoice{page}), Wire::decodePageFields);
}

Task<Wire::Diagnosis> PageConnections::diagnose(const PageId &page)
{
    return ask("POST", u"doctor"_s, Wire::encode(Wire::PageChoice{page}), Wire::decodeDiagnosis);
}

} // namespace Pagedesk
