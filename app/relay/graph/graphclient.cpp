// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/graphclient.h"

#include "models/messenger/graphhistory.h"
#include "models/messenger/limits.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace Pagedesk::Relay {

namespace {

constexpr int OfflineRetrySeconds = 5;
constexpr qint64 LongestList = 16LL * 1024 * 1024; // bytes; 500 messages with everything

QByteArray authorization(const Secret &token)
{
    return "Authorization: Bearer " + token.reveal();
}

SendOutcome outcomeOf(const Result<HttpAnswer> &answer)
{
    if (answer)
        return {readSendAnswer(answer->status, answer->body, answer->usage), answer->status};
    SendVerdict verdict;
    if (answer.error().kind == Error::Kind::Offline) {
        verdict.outcome = SendVerdict::Outcome::NotSent;
        verdict.retryAfterSeconds = OfflineRetrySeconds;
    }
    return {verdict, 0};
}

} // namespace

Result<Profile> readProfileAnswer(int httpStatus, const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QJsonObject error = object.value(QLatin1StringView("error")).toObject();
    const int code = error.value(QLatin1StringView("code")).toInt();
    if (code == 190 || code == 102)
        return failure(Error::Kind::Unauthorized, QStringLiteral("the Page token is refused"));
    if (httpStatus >= 500 || (httpStatus >= 400 && code < 100))
        return failure(Error::Kind::Timeout, QStringLiteral("code %1").arg(code));
    if (httpStatus >= 400)
        return failure(Error::Kind::NotFound, QStringLiteral("code %1").arg(code));
    Profile profile;
    profile.name = object.value(QLatin1StringView("name")).toString().simplified().left(200);
    if (profile.name.isEmpty()) {
        profile.name = (object.value(QLatin1StringView("first_name")).toString() + u' '
            + object.value(QLatin1StringView("last_name")).toString())
                           .simplified()
                           .left(200);
    }
    profile.picture = QUrl(object.value(QLatin1StringView("profile_pic")).toString());
    return profile;
}

GraphClient::GraphClient(QUrl address, HttpClient &http)
    : m_address(std::move(address))
    , m_http(http)
{
}

QUrl GraphClient::url(const QString &path) const
{
    QUrl url = m_address;
    url.setPath(m_address.path() + u'/' + QLatin1StringView(Limits::GraphVersion) + u'/' + path);
    return url;
}

Task<SendOutcome> GraphClient::send(
    const PageId &page, const Secret &token, const QByteArray &payload)
{
    HttpCall call;
    call.method = "POST";
    call.url = url(page.value + QStringLiteral("/messages"));
    call.headers = {authorization(token)};
    call.body = payload;
    auto promise = std::make_shared<Promise<SendOutcome>>();
    m_http.call(call).then(&m_http,
        [promise](const Result<HttpAnswer> &answer) { promise->finish(outcomeOf(answer)); });
    return promise->task();
}

Task<Profile> GraphClient::profile(const Psid &psid, const Secret &token)
{
    HttpCall call;
    call.url = url(psid.value);
    QUrlQuery query;
    query.addQueryItem(
        QStringLiteral("fields"), QStringLiteral("first_name,last_name,name,profile_pic"));
    call.url.setQuery(query);
    call.headers = {authorization(token)};
    return m_http.call(call).andThen(&m_http, [](const HttpAnswer &answer) {
        return Task<Profile>::finished(readProfileAnswer(answer.status, answer.body));
    });
}

Task<HttpAnswer> GraphClient::get(const QString &path, const QString &query, const Secret &token)
{
    HttpCall call;
    call.url = url(path);
    call.url.setQuery(query);
    call.headers = {authorization(token)};
    return m_http.call(call);
}

HttpCall GraphClient::conversations(
    const PageId &page, const Secret &token, const QString &after, int limit) const
{
    HttpCall call;
    call.url = url(page.value + QStringLiteral("/conversations"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("platform"), QStringLiteral("messenger"));
    query.addQueryItem(QStringLiteral("limit"), QString::number(limit));
    query.addQueryItem(QStringLiteral("fields"), historyFields());
    if (!after.isEmpty()) {
        query.addQueryItem(
            QStringLiteral("after"), QString::fromLatin1(QUrl::toPercentEncoding(after)));
    }
    call.url.setQuery(query);
    call.headers = {authorization(token)};
    call.timeoutMs = 30'000;
    call.answerLimit = LongestList;
    return call;
}

HttpCall GraphClient::subscription(const PageId &page, const Secret &token) const
{
    HttpCall call;
    call.url = url(page.value + QStringLiteral("/subscribed_apps"));
    call.headers = {authorization(token)};
    return call;
}

HttpCall GraphClient::subscribe(
    const PageId &page, const Secret &token, const QStringList &fields) const
{
    HttpCall call = subscription(page, token);
    call.method = "POST";
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("subscribed_fields"), fields.join(u','));
    call.url.setQuery(query);
    return call;
}

} // namespace Pagedesk::Relay
