// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/faults.h"
#include "app/sandbox/messaging.h"
#include "app/sandbox/webhooklane.h"
#include "models/messenger/signature.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <map>

class QNetworkReply;

namespace Pagedesk::Sandbox {

// Sends signed webhooks as Meta does: per Page in order, anything but a 200 within five seconds
// is tried again, and a Page whose webhooks have failed for an hour is unsubscribed. Nothing is
// sent before setReady().
class WebhookSender final : public QObject, public EventSink {
    Q_OBJECT
public:
    // Messenger Platform, "Webhooks", delivery retry.
    static constexpr qint64 UnsubscribeAfterMs = 3'600'000;

    struct Settings {
        QUrl url;
        Secret appSecret;
        int batch = 20; // most events of one body
        int concurrency = 1; // bodies on their way at once for one Page; above 1 order is lost
    };
    struct Counts {
        quint64 accepted = 0; // bodies answered 200
        quint64 events = 0; // in them
        quint64 failed = 0; // attempts
        quint64 dropped = 0; // events never sent: a fault, no subscription, or given up
    };

    WebhookSender(
        Settings settings, World &world, Scheduler &scheduler, const Clock &clock, Faults &faults);

    void post(const OutgoingEvent &event) override;
    void setReady(bool ready);
    bool isReady() const { return m_isReady; }
    const Settings &settings() const { return m_settings; }
    void setSettings(const Settings &settings);
    const Counts &counts() const { return m_counts; }
    int pending() const; // events and bodies that still have to be accepted

private:
    bool wantsEvent(const OutgoingEvent &event) const;
    void enqueue(WebhookLane &lane, WaitingEvent waiting);
    void releaseHeldBack(WebhookLane &lane);
    void pump(WebhookLane &lane);
    void pumpAll();
    bool holdForDelay(WebhookLane &lane);
    void send(WebhookLane &lane, WebhookPost post);
    void answered(WebhookLane &lane, WebhookPost post, QNetworkReply &reply);
    void accepted(WebhookLane &lane, WebhookPost post);
    void failed(WebhookLane &lane, WebhookPost post, int status);
    void pause(WebhookLane &lane, WebhookPost post);
    void unsubscribe(WebhookLane &lane);

    Settings m_settings;
    World &m_world;
    Scheduler &m_scheduler;
    const Clock &m_clock;
    Faults &m_faults;
    std::unique_ptr<WebhookSignature> m_signature;
    QNetworkAccessManager m_network;
    std::map<QString, WebhookLane> m_lanes; // by Page
    Counts m_counts;
    quint64 m_lastTicket = 0;
    bool m_isReady = false;
};

} // namespace Pagedesk::Sandbox
