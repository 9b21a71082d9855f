// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/webhookendpoint.h"

#include "app/relay/intake/projector.h"
#include "models/base/logging.h"

#include <QUrlQuery>

namespace Pagedesk::Relay {

namespace {

// The value of a query item as the sender meant it: '+' stands for a space there.
QByteArray queryValue(const std::string &query, const QString &name)
{
    QString text = QString::fromStdString(query);
    text.replace(u'+', QStringLiteral("%20"));
    return QUrlQuery(text).queryItemValue(name, QUrl::FullyDecoded).toUtf8();
}

} // namespace

WebhookEndpoint::WebhookEndpoint(
    Secrets secrets, Ledger &ledger, const Clock &clock, Metrics &metrics)
    : m_verifyToken(std::move(secrets.verifyToken))
    , m_signature(secrets.appSecrets)
    , m_ledger(ledger)
    , m_clock(clock)
    , m_metrics(metrics)
{
}

void WebhookEndpoint::verify(
    const Server::Request &request, const Server::Responder &responder) const
{
    const QByteArray mode = queryValue(request.query, QStringLiteral("hub.mode"));
    const QByteArray token = queryValue(request.query, QStringLiteral("hub.verify_token"));
    const QByteArray challenge = queryValue(request.query, QStringLiteral("hub.challenge"));
    if (mode != "subscribe" || !m_verifyToken.matches(token)) {
        qCWarning(logIntake) << "verification handshake refused";
        responder.send({.status = 403, .body = "wrong mode or verify token\n"});
        return;
    }
    qCInfo(logIntake) << "verification handshake done";
    responder.send({.status = 200, .body = challenge.toStdString(), .contentType = "text/plain"});
}

void WebhookEndpoint::receive(const Server::Request &request, const Server::Responder &responder)
{
    if (!m_signature.verify(request.header("X-Hub-Signature-256"), request.body)) {
        m_metrics.rejectedSignatures.add(1);
        responder.send({.status = 403, .body = "wrong or missing signature\n"});
        return;
    }
    const QByteArray body
        = QByteArray::fromRawData(request.body.data(), static_cast<qsizetype>(request.body.size()));
    auto events = std::make_shared<QList<WebhookEvent>>(readWebhook(body));
    store(std::move(events), false, responder);
}

void WebhookEndpoint::store(std::shared_ptr<const QList<WebhookEvent>> events, bool carefully,
    const Server::Responder &responder)
{
    const qint64 receivedAt = m_clock.now();
    const auto projection = std::make_shared<Projection>();
    m_ledger.submit(
        [events, receivedAt, carefully, projection](
            Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto care = carefully ? Care::EachAlone : Care::Fast;
            const auto done = projectEvents(connection, *events, receivedAt, care, touched);
            if (!done)
                return failure(done.error());
            *projection = *done;
            return {};
        },
        [this, events, carefully, projection, responder](const Result<> &stored) {
            if (!stored && !carefully) {
                store(events, true, responder);
                return;
            }
            if (!stored) {
                m_metrics.storageFailures.add(1);
                qCCritical(logIntake) << "cannot store events:" << stored.error().detail;
                responder.send({.status = 503, .body = "cannot be stored now\n"});
                return;
            }
            m_metrics.events.add(static_cast<quint64>(projection->fresh));
            m_metrics.duplicates.add(static_cast<quint64>(projection->duplicates));
            responder.send({.status = 200, .body = "EVENT_RECEIVED"});
        });
}

} // namespace Pagedesk::Relay
