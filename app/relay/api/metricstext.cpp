// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/metricstext.h"

#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/outbound.h"
#include "models/messenger/webhook.h"

namespace Pagedesk::Relay {

namespace {

class Text {
public:
    void counter(const char *name, const char *help, quint64 value)
    {
        line(name, help, "counter", value);
    }
    // One sample for each kind of event that has come.
    void byKind(const char *name, const char *help,
        const std::array<Counter, Metrics::EventKinds> &counters)
    {
        const QByteArray full = begin(name, help, "counter");
        for (size_t kind = 0; kind < counters.size(); ++kind) {
            if (const quint64 value = counters[kind].value(); value > 0)
                m_bytes += full + "{kind=\"" + eventKindName(static_cast<EventKind>(kind)).toUtf8()
                    + "\"} " + QByteArray::number(value) + '\n';
        }
    }
    void histogram(const char *name, const char *help, const Histogram &histogram)
    {
        const QByteArray full = begin(name, help, "histogram");
        quint64 upToHere = 0;
        for (size_t place = 0; place <= histogram.size(); ++place) {
            upToHere += histogram.count(place);
            const QByteArray bound = place < histogram.size()
                ? QByteArray::number(histogram.bound(place))
                : QByteArray("+Inf");
            m_bytes
                += full + "_bucket{le=\"" + bound + "\"} " + QByteArray::number(upToHere) + '\n';
        }
        m_bytes += full + "_sum " + QByteArray::number(histogram.sum(), 'f', 6) + '\n' + full
            + "_count " + QByteArray::number(upToHere) + '\n';
    }
    void gauge(const char *name, const char *help, quint64 value)
    {
        line(name, help, "gauge", value);
    }
    const QByteArray &bytes() const { return m_bytes; }

private:
    void line(const char *name, const char *help, const char *type, quint64 value)
    {
        const QByteArray full = begin(name, help, type);
        m_bytes += full + ' ' + QByteArray::number(value) + '\n';
    }
    QByteArray begin(const char *name, const char *help, const char *type)
    {
        QByteArray full = QByteArray("pagedesk_") + name;
        m_bytes += "# HELP " + full + ' ' + help + "\n# TYPE " + full + ' ' + type + '\n';
        return full;
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
    text.byKind(
        "webhook_items_total", "Webhook events by kind, repeated ones too.", metrics.eventsByKind);
    text.histogram(
        "webhook_lag_seconds", "From Meta's time of an event to its arrival.", metrics.eventLag);
    text.histogram("webhook_answer_seconds", "From a whole webhook request to its answer.",
        metrics.acknowledgement);
    text.histogram(
        "ledger_group_size", "Webhook requests stored in one transaction.", metrics.groupSize);
    text.histogram("ledger_commit_seconds",
        "From the last request of a transaction to its being on the disk.", metrics.commitTime);
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
    text.counter("tls_failed_handshakes_total", "Connections that did not come to speak TLS.",
        statistics.handshakesFailed);
    text.gauge("http_open_connections", "Open connections.", statistics.openConnections);
    text.gauge("sync_open_sockets", "Connected desktops.", statistics.openWebSockets);
    text.gauge("replies_under_way", "Replies queued, being sent or unknown.",
        count(outboundCount(connection)));
    text.gauge("jobs_waiting", "Jobs to be done.", count(jobCount(connection, false)));
    text.gauge("jobs_parked", "Jobs given up.", count(jobCount(connection, true)));
    return text.bytes();
}

} // namespace Pagedesk::Relay
