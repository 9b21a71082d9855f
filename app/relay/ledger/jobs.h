// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

// Work that an event causes. Numbers are stored: never change one.
enum class JobKind {
    Profile = 1, // subject: conversation id
    Media = 2, // subject: message id
};

// Whether a number from the ledger is one of them.
constexpr bool isKnown(JobKind kind)
{
    switch (kind) {
    case JobKind::Profile:
    case JobKind::Media:
        return true;
    }
    return false;
}

struct Job {
    qint64 id = 0;
    JobKind kind = JobKind::Profile;
    PageId pageId;
    QString subject;
    int tries = 0;
};

// Written in the event's own transaction; one job of a kind and subject at a time.
Result<> addJob(
    Connection &connection, JobKind kind, const PageId &page, const QString &subject, qint64 dueAt);
Result<QList<Job>> dueJobs(Connection &connection, qint64 now, int limit);
// When the next job is due, ms UTC; 0 when there is none.
Result<qint64> nextJobAt(Connection &connection);
Result<> finishJob(Connection &connection, qint64 id);
Result<> postponeJob(Connection &connection, const Job &job, qint64 dueAt, const QString &reason);
// Kept and counted, not tried again.
Result<> parkJob(Connection &connection, const Job &job, const QString &reason);
Result<qint64> jobCount(Connection &connection, bool parked);

} // namespace Pagedesk::Relay
