// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/metricstext.h"

#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/outbound.h"

namespace Pagedesk::Relay {

namespace {

class Text {
public:
    void counter(const char *name, const char *help, quint64 value)
    {
        line(name, help, "counter", value);
    }
    void gauge(const char *name, const char *help, quint64 value)
    {
        line(name, help, "gauge", value);
    }
    const QByteArray &bytes() const { return m_bytes; }

private:
    void line(const char *name, const char *help, const char *type, quint64 value)
    {
        const QByteArray full = QByteArray("pagedesk_") + name;
        m_bytes += "# HELP " + full + ' ' + help + "\n# TYPE " + full + ' ' + type + '\n' + full
            + ' ' + QByteArray::number(value) + '\n';
    }

    QByteArray m_bytes;
};

quint64 count(const Result<qint64> &value)
{
    return static_cast<quint64>(value.value_or(0));
}

} // namespace

QByteArray metricsText(
    const Metrics &metrics, const Server::Statistics &statistics, Connection &connection)
{
    Text text;
    text.counter("webhook_events_total", "New webhook events stored.", metrics.events.value());
    text.counter(
        "webhook_duplicates_total", "Webhook events seen before.", metrics.duplicates.value());
    text.counter("webhook_rejected_signatures_total",
        "Webhook requests with a wrong or missing signature.", metrics.rejectedSignatures.value());
    text.counter("callback_rejected_signatures_total",
        "Deauthorize and data deletion requests with a wrong or missing signature.",
        metrics.rejectedCallbacks.value());
    text.counter("webhook_storage_failures_total", "Webhook requests that could not be stored.",
        metrics.storageFailures.value());
    text.counter("replies_sent_total", "Replies Meta has accepted.", metrics.repliesSent.value());
    text.counter(
        "replies_failed_total", "Replies Meta has refused.", metrics.repliesFailed.value());
    text.counter("replies_unknown_total", "Send calls without a conclusive answer.",
        metrics.repliesUnknown.value());
    text.counter("sync_frames_total", "Frames sent to desktops.", metrics.framesSent.value());
    text.counter("http_connections_total", "Connections accepted.", statistics.connectionsAccepted);
    text.counter(
        "http_refused_total", "Connections refused at the limit.", statistics.connectionsRefused);
    text.counter("http_requests_total", "Requests read.", statistics.requests);
    text.gauge("http_open_connections", "Open connections.", statistics.openConnections);
    text.gauge("sync_open_sockets", "Connected desktops.", statistics.openWebSockets);
    text.gauge("replies_under_way", "Replies queued, being sent or unknown.",
        count(outboundCount(connection)));
    text.gauge("jobs_waiting", "Jobs to be done.", count(jobCount(connection, false)));
    text.gauge("jobs_parked", "Jobs given up.", count(jobCount(connection, true)));
    return text.bytes();
}

} // namespace Pagedesk::Relay
