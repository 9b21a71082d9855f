// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/graphclient.h"

#include "app/relay/graph/pacing.h"
#include "models/domain/messengerprofile.h"
#include "models/messenger/graphhistory.h"
#include "models/messenger/limits.h"
#include "models/messenger/sendpayload.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace Pagedesk::Relay {

namespace {

constexpr int OfflineRetrySeconds = 5;
constexpr int UploadTimeoutMs = 180'000; // 25 MB at a bit over 1 Mbit/s
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

Result<RecentMessages> recentFrom(const HttpAnswer &answer)
{
    if (answer.status >= 200 && answer.status <= 299)
        return readRecentMessages(answer.body);
    const SendVerdict verdict = readSendAnswer(answer.status, answer.body, answer.usage);
    const auto kind = verdict.failure == FailureKind::NeedsLogin ? Error::Kind::Unauthorized
                                                                 : Error::Kind::Rejected;
    return failure(kind, QStringLiteral("status %1, code %2").arg(answer.status).arg(verdict.code));
}

} // namespace

Result<Profile> readProfileAnswer(int httpStatus, const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QJsonObject error = object.value(QLatin1StringView("error")).toObject();
    const int code = error.value(QLatin1StringView("code")).toInt();
    const int subcode = error.value(QLatin1StringView("error_subcode")).toInt();
    if (code == 190 || code == 102)
        return failure(Error::Kind::Unauthorized, QStringLiteral("the Page token is refused"));
    if (httpStatus >= 400 && (code == 10 || (code >= 200 && code < 300) || subcode == 2018247))
        return failure(Error::Kind::Forbidden, QStringLiteral("code %1").arg(code));
    if (httpStatus >= 500 || (httpStatus >= 400 && code < 100))
        return failure(Error::Kind::Timeout, QStringLiteral("code %1").arg(code));
    if (httpStatus >= 400)
        return failure(Error::Kind::NotFound, QStringLiteral("code %1").arg(code));
    const auto text = [&object](const char *name, qsizetype most) {
        return object.value(QLatin1StringView(name)).toString().simplified().left(most);
    };
    Profile profile;
    ContactProfile &person = profile.person;
    person.firstName = text("first_name", 200);
    person.lastName = text("last_name", 200);
    person.name = text("name", 200);
    if (person.name.isEmpty())
        person.name = QString(person.firstName + u' ' + person.lastName).simplified().left(200);
    person.locale = text("locale", 32);
    person.gender = text("gender", 32);
    const QJsonValue zone = object.value(QLatin1StringView("timezone"));
    if (zone.isDouble() && qAbs(zone.toDouble()) <= 14)
        person.timezone = zone.toDouble();
    person.shared = !person.name.isEmpty();
    profile.picture = QUrl(object.value(QLatin1StringView("profile_pic")).toString());
    return profile;
}

GraphClient::GraphClient(QUrl address, HttpClient &http, Pacing *pacing)
    : m_address(std::move(address))
    , m_http(http)
    , m_pacing(pacing)
{
}

QUrl GraphClient::url(const QString &path) const
{
    QUrl url = m_address;
    url.setPath(m_address.path() + u'/' + QLatin1StringView(Limits::GraphVersion) + u'/' + path);
    return url;
}

void GraphClient::notice(
    const PageId &page, const Secret &token, const HttpAnswer &answer, const SendVerdict &verdict)
{
    if (!answer.version.isEmpty())
        m_servedVersion = answer.version;
    if (page.isEmpty())
        return;
    if (m_pacing) {
        m_pacing->notice(page, answer.usage, answer.appUsage);
        m_pacing->notice(page, verdict);
    }
    report(page, token, verdict);
}

void GraphClient::report(const PageId &page, const Secret &token, const SendVerdict &verdict)
{
    const bool concerns = verdict.failure == FailureKind::NeedsLogin || isPermissionLoss(verdict);
    if (m_watcher && concerns)
        m_watcher(page, token, verdict);
}

// A reading call is refused for the same reasons as a sending one.
Task<HttpAnswer> GraphClient::call(const HttpCall &call, const PageId &page, const Secret &token)
{
    return m_http.call(call).andThen(&m_http, [this, page, token](const HttpAnswer &answer) {
        if (answer.status >= 400)
            notice(page, token, answer, readSendAnswer(answer.status, answer.body, answer.usage));
        else
            notice(page, token, answer, {});
        return Task<HttpAnswer>::finished(answer);
    });
}

Task<SendOutcome> GraphClient::send(
    const PageId &page, const Secret &token, const QByteArray &payload, int timeoutMs)
{
    HttpCall call;
    call.method = "POST";
    call.url = url(page.value + QStringLiteral("/messages"));
    call.headers = {authorization(token)};
    call.body = payload;
    call.timeoutMs = timeoutMs;
    auto promise = std::make_shared<Promise<SendOutcome>>();
    m_http.call(call).then(&m_http, [this, page, token, promise](const Result<HttpAnswer> &answer) {
        const SendOutcome outcome = outcomeOf(answer);
        if (answer)
            notice(page, token, *answer, outcome.verdict);
        promise->finish(outcome);
    });
    return promise->task();
}

Task<SendOutcome> GraphClient::takeThread(const PageId &page, const Secret &token, const Psid &psid)
{
    HttpCall call;
    call.method = "POST";
    call.url = url(page.value + QStringLiteral("/take_thread_control"));
    call.headers = {authorization(token)};
    call.body = takingPayload(psid);
    auto promise = std::make_shared<Promise<SendOutcome>>();
    m_http.call(call).then(&m_http, [this, page, token, promise](const Result<HttpAnswer> &answer) {
        SendOutcome outcome = outcomeOf(answer);
        if (answer) {
            outcome.verdict = readControlAnswer(answer->status, answer->body, answer->usage);
            notice(page, token, *answer, outcome.verdict);
        }
        promise->finish(outcome);
    });
    return promise->task();
}

void GraphClient::act(
    const PageId &page, const Secret &token, const QByteArray &payload, int timeoutMs)
{
    HttpCall call;
    call.method = "POST";
    call.url = url(page.value + QStringLiteral("/messages"));
    call.headers = {authorization(token)};
    call.body = payload;
    call.timeoutMs = timeoutMs;
    m_http.call(call).then(&m_http, [this, page](const Result<HttpAnswer> &answer) {
        if (answer && m_pacing)
            m_pacing->notice(page, answer->usage, answer->appUsage);
    });
}

Task<UploadAnswer> GraphClient::upload(const PageId &page, const Secret &token, const File &file)
{
    const auto message = uploadMessage(file.kind);
    if (!message) {
        UploadAnswer refused;
        refused.verdict.outcome = SendVerdict::Outcome::Failed;
        refused.verdict.failure = FailureKind::AttachmentRefused;
        return Task<UploadAnswer>::finished(refused);
    }
    HttpCall call;
    call.method = "POST";
    call.url = url(page.value + QStringLiteral("/message_attachments"));
    call.headers = {authorization(token)};
    call.form = {{"message", *message, {}, {}, {}},
        {"filedata", {}, file.path, file.name.toUtf8(), file.mimeType}};
    call.timeoutMs = UploadTimeoutMs;
    auto promise = std::make_shared<Promise<UploadAnswer>>();
    m_http.call(call).then(&m_http, [this, page, token, promise](const Result<HttpAnswer> &answer) {
        const UploadAnswer read = answer
            ? readUploadAnswer(answer->status, answer->body, answer->usage)
            : readUploadAnswer(0, {}, {});
        if (answer)
            notice(page, token, *answer, read.verdict);
        promise->finish(read);
    });
    return promise->task();
}

Task<RecentMessages> GraphClient::recentMessages(
    const PageId &page, const Psid &psid, const Secret &token, int timeoutMs)
{
    HttpCall request;
    request.url = url(page.value + QStringLiteral("/conversations"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("platform"), QStringLiteral("messenger"));
    query.addQueryItem(QStringLiteral("user_id"), psid.value);
    query.addQueryItem(QStringLiteral("fields"),
        QStringLiteral("messages.limit(%1){id,created_time,from,message}").arg(RecentMessageLimit));
    request.url.setQuery(query);
    request.headers = {authorization(token)};
    request.timeoutMs = timeoutMs;
    return call(request, page, token).andThen(&m_http, [](const HttpAnswer &answer) {
        return Task<RecentMessages>::finished(recentFrom(answer));
    });
}

Task<Profile> GraphClient::profile(
    const PageId &page, const Psid &psid, const Secret &token, ProfileFields fields)
{
    HttpCall request;
    request.url = url(psid.value);
    QUrlQuery query;
    QString names = QStringLiteral("first_name,last_name,name,profile_pic");
    if (fields == ProfileFields::All)
        names += QStringLiteral(",locale,timezone,gender");
    query.addQueryItem(QStringLiteral("fields"), names);
    request.url.setQuery(query);
    request.headers = {authorization(token)};
    return call(request, page, token).andThen(&m_http, [](const HttpAnswer &answer) {
        return Task<Profile>::finished(readProfileAnswer(answer.status, answer.body));
    });
}

Task<HttpAnswer> GraphClient::get(
    const QString &path, const QString &query, const Secret &token, const PageId &page)
{
    HttpCall request;
    request.url = url(path);
    request.url.setQuery(query);
    if (!token.isEmpty())
        request.headers = {authorization(token)};
    return call(request, page, token);
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

HttpCall GraphClient::unsubscribe(const PageId &page, const Secret &token) const
{
    HttpCall call = subscription(page, token);
    call.method = "DELETE";
    return call;
}

HttpCall GraphClient::idsForPages(
    const Psid &psid, const Secret &appToken, const Secret &proof, const QString &after) const
{
    constexpr int PartSize = 100;
    HttpCall call;
    call.url = url(psid.value + QStringLiteral("/ids_for_pages"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(PartSize));
    query.addQueryItem(QStringLiteral("appsecret_proof"), QString::fromLatin1(proof.reveal()));
    if (!after.isEmpty()) {
        query.addQueryItem(
            QStringLiteral("after"), QString::fromLatin1(QUrl::toPercentEncoding(after)));
    }
    call.url.setQuery(query);
    call.headers = {authorization(appToken)};
    return call;
}

HttpCall GraphClient::messengerProfile(
    const QByteArray &method, const Secret &token, const QByteArray &body) const
{
    HttpCall call;
    call.method = method;
    call.url = url(QStringLiteral("me/messenger_profile"));
    if (method == "GET") {
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("fields"), profileParts().join(u','));
        call.url.setQuery(query);
    }
    call.headers = {authorization(token)};
    call.body = body;
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
