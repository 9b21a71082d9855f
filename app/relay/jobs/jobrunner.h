// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "models/base/clock.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>

namespace Pagedesk::Relay {

// Works off the jobs of the ledger, a few at a time, with retries as data (jobschedule.h). A job
// that keeps failing is parked: kept, counted, not tried again.
class JobRunner : public QObject {
    Q_OBJECT

public:
    // How one kind of job is done. Offline, Timeout, Unauthorized and Storage are tried again;
    // other errors park the job at once.
    using Handler = std::function<Task<>(const Job &)>;
    // One that may have more to do later: when, in ms UTC; 0 when it is finished.
    using LastingHandler = std::function<Task<qint64>(const Job &)>;

    JobRunner(Ledger &ledger, const Clock &clock, QObject *parent = nullptr);
    void handle(JobKind kind, const Handler &handler);
    void handleLasting(JobKind kind, const LastingHandler &handler);
    void start();
    void stop();

private:
    void look();
    void run(const Job &job);
    void ended(const Job &job, qint64 startedAt, const Result<qint64> &nextAt);

    Ledger &m_ledger;
    const Clock &m_clock;
    QHash<JobKind, LastingHandler> m_handlers;
    QSet<qint64> m_running;
    QTimer m_wake;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_stopped = false;
};

} // namespace Pagedesk::Relay
