// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/handshake.h"

#include "models/base/logging.h"
#include "models/messenger/limits.h"

#include <QNetworkReply>
#include <QRandomGenerator>
#include <QUrlQuery>

#include <algorithm>
#include <chrono>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

Handshake::Handshake(Secret verifyToken)
    : m_verifyToken(std::move(verifyToken))
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Handshake::ask);
}

void Handshake::begin(const QUrl &webhookUrl)
{
    m_url = webhookUrl;
    m_isVerified = false;
    m_attempts = 0;
    m_pause.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    ask();
}

void Handshake::ask()
{
    const QByteArray challenge
        = QByteArray::number(QRandomGenerator::global()->bounded(100'000'000, 2'000'000'000));
    QUrl url = m_url;
    QUrlQuery query(url);
    query.addQueryItem(u"hub.mode"_s, u"subscribe"_s);
    query.addQueryItem(u"hub.challenge"_s, QString::fromLatin1(challenge));
    query.addQueryItem(u"hub.verify_token"_s,
        QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(m_verifyToken.reveal()))));
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::UserAgentHeader,
        u"facebookplatform/1.0 (+http://developers.facebook.com)"_s);
    request.setRawHeader("Accept", "*/*");
    request.setTransferTimeout(Limits::WebhookAnswerMs);
    m_reply = m_network.get(request);
    connect(m_reply, &QNetworkReply::finished, this, [this, challenge] {
        QNetworkReply *reply = std::exchange(m_reply, nullptr);
        reply->deleteLater();
        answered(*reply, challenge);
    });
}

void Handshake::answered(QNetworkReply &reply, const QByteArray &challenge)
{
    ++m_attempts;
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // Such a receiver has no handler for the request at all. Meta would refuse it; here it may
    // still be tried out.
    const bool isUnknownThere = status == 405 || status == 501;
    if (status == 200 && reply.readAll().trimmed() == challenge)
        m_lastResult = u"verified"_s;
    else if (isUnknownThere)
        m_lastResult = u"the receiver does not know the handshake; events are sent all the same"_s;
    else if (status == 200)
        m_lastResult = u"the answer was not the challenge"_s;
    else if (status != 0)
        m_lastResult = u"the receiver answered HTTP %1"_s.arg(status);
    else
        m_lastResult = u"the receiver cannot be reached"_s;
    m_isVerified = isUnknownThere || m_lastResult == "verified"_L1;
    if (m_attempts == 1 || m_isVerified)
        qCInfo(logSandbox, "webhook handshake: %s", qPrintable(m_lastResult));
    if (!m_isVerified) {
        const int pause = std::min(250 << std::min(m_attempts - 1, 5), 5000);
        m_pause.start(pause);
    }
    Q_EMIT attempted();
    if (m_isVerified)
        Q_EMIT verified();
}

} // namespace Pagedesk::Sandbox
