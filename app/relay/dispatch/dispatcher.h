// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/dispatch/metafiles.h"
#include "app/relay/dispatch/sendtimes.h"
#include "app/relay/dispatch/settle.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/graph/pacing.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/outbound.h"
#include "app/relay/metrics.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>

namespace Pagedesk::Relay {

// Takes queued replies to Meta: one at a time in each conversation, in order, never the same one
// twice. A reply is committed as sending before the call; what the answer does not prove is
// unknown until the echo or the Reconciler tells.
class Dispatcher : public QObject {
    Q_OBJECT

public:
    Dispatcher(Ledger &ledger, GraphClient &graph, MetaFiles &files, const Vault &vault,
        const Clock &clock, Metrics &metrics, Pacing &pacing, SendTimes times,
        QObject *parent = nullptr);

    // Marks what a relay that died was sending as unknown, then begins.
    void start();
    // Stops taking new replies; true once nothing is on its way.
    void stop();
    bool isIdle() const { return m_inFlight.isEmpty(); }
    // What has kept replies of this Page waiting until `at`, ms UTC, does so no longer.
    void resume(const PageId &page, qint64 at);

Q_SIGNALS:
    void idle();

private:
    void look();
    void choose(const QList<Outbound> &underWay);
    void begin(const Outbound &outbound);
    void claimed(const Outbound &outbound, Leave leave,
        const std::function<void(const Outbound &, const Secret &)> &next);
    void showTyping(const Outbound &outbound, const QByteArray &sealedToken);
    void bringFile(const Outbound &outbound, const Secret &token);
    void send(const Outbound &outbound, const MetaFiles::Outcome &file, const Secret &token);
    void answered(const Outbound &outbound, qint64 startedAt, const SendOutcome &outcome);
    void keep(const SendAttempt &attempt, const ConversationId &conversation);
    void finished(const ConversationId &conversation);
    bool mustWait(const Outbound &first, qint64 &wakeAt) const;
    void dropGroupsBut(const QList<Outbound> &underWay);
    void dropHeldBut(const QList<Outbound> &underWay);

    Ledger &m_ledger;
    GraphClient &m_graph;
    MetaFiles &m_files;
    const Vault &m_vault;
    const Clock &m_clock;
    Metrics &m_metrics;
    Pacing &m_pacing;
    const SendTimes m_times;
    QTimer m_wake;
    QHash<ConversationId, MessageId> m_inFlight;
    int m_bringing = 0; // of those, how many wait for their file to be with Meta
    // Of the conversation's last reply to leave, while more of it or of others is under way.
    QHash<ConversationId, QString> m_begunGroups;
    struct Held {
        PageId page;
        qint64 since = 0; // ms UTC; 0: known to the ledger
    };
    // Replies that wait for their Page, and those of them that need not any more.
    QHash<MessageId, Held> m_held;
    QSet<MessageId> m_resumed;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_stopped = false;
};

} // namespace Pagedesk::Relay
