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

// Stores the events of one request and answers it.
class IntakeWrite : public Write {
public:
    IntakeWrite(Ledger &ledger, Metrics &metrics, RefusalLog &refusals, Server::Responder responder,
        std::shared_ptr<const Intake> intake, Care care = Care::Fast)
        : m_ledger(ledger)
        , m_metrics(metrics)
        , m_refusals(refusals)
        , m_responder(std::move(responder))
        , m_intake(std::move(intake))
        , m_care(care)
    {
    }

    Result<> run(Connection &connection) override
    {
        m_touched = {};
        const auto done = projectEvents(connection, *m_intake, m_care, m_touched);
        if (!done)
            return failure(done.error());
        m_projection = *done;
        return {};
    }

    void finish(const Result<> &done) override
    {
        // With more care one bad item does not keep the others out; a full disk still would.
        if (!done && m_care == Care::Fast && !done.error().retryAfter) {
            m_ledger.database().submit(std::make_unique<IntakeWrite>(
                m_ledger, m_metrics, m_refusals, m_responder, m_intake, Care::EachAlone));
            return;
        }
        if (!done) {
            m_metrics.storageFailures.add(1);
            m_refusals.note(done.error());
            m_responder.send({.status = 503, .body = "cannot be stored now\n"});
            return;
        }
        m_ledger.announce(m_touched);
        m_metrics.events.add(static_cast<quint64>(m_projection.fresh));
        m_metrics.duplicates.add(static_cast<quint64>(m_projection.duplicates));
        m_responder.send({.status = 200, .body = "EVENT_RECEIVED", .remains = std::move(m_intake)});
    }

private:
    Ledger &m_ledger;
    Metrics &m_metrics;
    RefusalLog &m_refusals;
    Server::Responder m_responder;
    std::shared_ptr<const Intake> m_intake;
    Care m_care;
    Ledger::Touched m_touched;
    Projection m_projection;
};

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
    m_ledger.database().submit(std::make_unique<IntakeWrite>(m_ledger, m_metrics, m_refusals,
        responder, std::make_shared<Intake>(readWebhook(body), m_clock.now())));
}

} // namespace Pagedesk::Relay
