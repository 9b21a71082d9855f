// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/jobs.h"

namespace Pagedesk::Relay {

// How a try ended. Numbers are stored: never change one.
enum class AttemptOutcome { Done = 1, GoesOn = 2, AgainLater = 3, Parked = 4 };

struct JobAttempt {
    qint64 startedAt = 0; // ms UTC
    qint64 endedAt = 0; // ms UTC
    AttemptOutcome outcome = AttemptOutcome::Done;
    QString reason; // why it failed, short English; empty when it did not
};

// Keeps the newest 20 of a job, and all for 30 days at most.
Result<> recordAttempt(Connection &connection, const Job &job, const JobAttempt &attempt);

// A job as people look at it.
struct JobView {
    Job job;
    qint64 dueAt = 0; // ms UTC
    bool parked = false;
    QString lastError;
    QList<JobAttempt> attempts; // oldest first
};

// Jobs by number above `afterId`, at most `limit`.
Result<QList<JobView>> jobsAfter(
    Connection &connection, qint64 afterId, bool onlyParked, int limit);

QString attemptOutcomeName(AttemptOutcome outcome);

} // namespace Pagedesk::Relay
