// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/callbacks.h"

#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QNetworkReply>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t MostKept = 100;
constexpr qint64 LongestAnswer = 4096;
constexpr int AnswerTimeoutMs = 10'000;
constexpr qint64 RequestLifeSeconds = 3600;
constexpr auto Base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

Callbacks::Callbacks(const AppSettings &settings, Secret appSecret, const Clock &clock)
    : m_settings(settings)
    , m_appSecret(std::move(appSecret))
    , m_clock(clock)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

bool Callbacks::deauthorize(const QString &personId)
{
    return post(u"deauthorize"_s, m_settings.deauthorizeUrl, personId);
}

bool Callbacks::requestDeletion(const QString &personId)
{
    return post(u"dataDeletion"_s, m_settings.dataDeletionUrl, personId);
}

QJsonArray Callbacks::list() const
{
    QJsonArray all;
    for (const auto &made : m_made)
        all.append(*made);
    return all;
}

bool Callbacks::post(const QString &kind, const QUrl &url, const QString &personId)
{
    if (url.isEmpty())
        return false;
    if (m_made.size() == MostKept)
        m_made.pop_front();
    const auto made = std::make_shared<QJsonObject>(QJsonObject{
        {u"kind"_s, kind}, {u"personId"_s, personId}, {u"status"_s, 0}, {u"answer"_s, QString()}});
    m_made.push_back(made);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"facebookexternalua"_s);
    request.setTransferTimeout(AnswerTimeoutMs);
    QNetworkReply *reply
        = m_network.post(request, "signed_request=" + signedRequest(personId).toPercentEncoding());
    connect(reply, &QNetworkReply::finished, this, [reply, made] {
        reply->deleteLater();
        made->insert(
            u"status"_s, reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt());
        made->insert(u"answer"_s, QString::fromUtf8(reply->read(LongestAnswer)));
        if (reply->error() != QNetworkReply::NoError)
            made->insert(u"error"_s, reply->errorString());
    });
    return true;
}

QByteArray Callbacks::signedRequest(const QString &personId) const
{
    const qint64 now = m_clock.now() / 1000;
    const QJsonObject payload{{u"user_id"_s, personId}, {u"algorithm"_s, u"HMAC-SHA256"_s},
        {u"issued_at"_s, now}, {u"expires"_s, now + RequestLifeSeconds}};
    const QByteArray encoded
        = QJsonDocument(payload).toJson(QJsonDocument::Compact).toBase64(Base64);
    const QByteArray signature = QMessageAuthenticationCode::hash(
        encoded, m_appSecret.reveal(), QCryptographicHash::Sha256);
    return signature.toBase64(Base64) + '.' + encoded;
}

} // namespace Pagedesk::Sandbox
