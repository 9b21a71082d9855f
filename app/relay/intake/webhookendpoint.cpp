// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/webhookendpoint.h"

#include "app/relay/intake/projector.h"
#include "models/base/logging.h"

#include <QUrlQuery>

#include <algorithm>

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
    using Moment = std::chrono::steady_clock::time_point;

    // What all of them share.
    struct Shared {
        Ledger &ledger;
        Metrics &metrics;
        RefusalLog &refusals;
        GroupMeter &groups;
        const IntakeRules &rules;
    };

    IntakeWrite(const Shared &shared, Server::Responder responder,
        std::shared_ptr<const Intake> intake, Moment began, Care care = Care::Fast)
        : m_shared(shared)
        , m_responder(std::move(responder))
        , m_intake(std::move(intake))
        , m_began(began)
        , m_care(care)
    {
    }

    Result<> run(Connection &connection) override
    {
        m_touched = {};
        const auto done = projectEvents(connection, *m_intake, m_care, m_touched, m_shared.rules);
        if (!done)
            return failure(done.error());
        m_projection = *done;
        m_shared.groups.ran();
        return {};
    }

    void finish(const Result<> &done) override
    {
        done ? m_shared.groups.told(m_shared.metrics) : m_shared.groups.forget();
        // With more care one bad item does not keep the others out; a full disk still would.
        if (!done && m_care == Care::Fast && !done.error().retryAfter) {
            m_shared.ledger.database().submit(std::make_unique<IntakeWrite>(
                m_shared, m_responder, m_intake, m_began, Care::EachAlone));
            return;
        }
        if (!done) {
            m_shared.metrics.storageFailures.add(1);
            m_shared.refusals.note(done.error());
            m_responder.send({.status = 503, .body = "cannot be stored now\n"});
            return;
        }
        m_shared.ledger.announce(m_touched);
        count();
        m_responder.send({.status = 200, .body = "EVENT_RECEIVED", .remains = std::move(m_intake)});
    }

private:
    void count()
    {
        Metrics &metrics = m_shared.metrics;
        metrics.events.add(static_cast<quint64>(m_projection.fresh));
        metrics.duplicates.add(static_cast<quint64>(m_projection.duplicates));
        for (const Intake::Item &item : m_intake->items()) {
            const auto kind = static_cast<size_t>(item.event.kind);
            metrics.eventsByKind[std::min(kind, Metrics::EventKinds - 1)].add(1);
            const qint64 lag = m_intake->receivedAt() - item.event.timestamp;
            if (item.event.timestamp > 0)
                metrics.eventLag.observe(std::chrono::milliseconds(std::max<qint64>(lag, 0)));
        }
        metrics.acknowledgement.observe(std::chrono::steady_clock::now() - m_began);
    }

    Shared m_shared;
    Server::Responder m_responder;
    std::shared_ptr<const Intake> m_intake;
    Moment m_began;
    Care m_care;
    Ledger::Touched m_touched;
    Projection m_projection;
};

} // namespace

WebhookEndpoint::WebhookEndpoint(
    Secrets secrets, Rules rules, Ledger &ledger, const Clock &clock, Metrics &metrics)
    : m_verifyToken(std::move(secrets.verifyToken))
    , m_signature(secrets.appSecrets)
    , m_ledger(ledger)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_guard(rules.eventsPerMinute)
    , m_rules{std::move(rules.ownApp), &m_guard}
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
    const auto began = std::chrono::steady_clock::now();
    if (!m_signature.verify(request.header("X-Hub-Signature-256"), request.body)) {
        m_metrics.rejectedSignatures.add(1);
        responder.send({.status = 403, .body = "wrong or missing signature\n"});
        return;
    }
    const QByteArray body
        = QByteArray::fromRawData(request.body.data(), static_cast<qsizetype>(request.body.size()));
    m_ledger.database().submit(std::make_unique<IntakeWrite>(
        IntakeWrite::Shared{m_ledger, m_metrics, m_refusals, m_groups, m_rules}, responder,
        std::make_shared<Intake>(readWebhook(body), m_clock.now()), began));
}

} // namespace Pagedesk::Relay
