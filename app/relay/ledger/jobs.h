// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

// Work to be done, soon or at a time. Numbers are stored: never change one.
enum class JobKind {
    Profile = 1, // subject: conversation id
    Media = 2, // subject: message id
    Thumbnail = 3, // subject: message id
    History = 4, // subject: page id; as are those below unless they say otherwise
    Check = 5,
    Subscription = 7,
    Inspection = 8, // of token, permissions and webhooks
    Match = 9, // subject: conversation id
    Wake = 10, // of a snooze; subject: conversation id
    TakeThread = 11, // from another app; subject: conversation id
};

// Whether a number from the ledger is one of them.
constexpr bool isKnown(JobKind kind)
{
    switch (kind) {
    case JobKind::Profile:
    case JobKind::Media:
    case JobKind::Thumbnail:
    case JobKind::History:
    case JobKind::Check:
    case JobKind::Subscription:
    case JobKind::Inspection:
    case JobKind::Match:
    case JobKind::Wake:
    case JobKind::TakeThread:
        return true;
    }
    return false;
}
QString jobKindName(JobKind kind); // "profile"; "job 9" for a number that is not known

struct Job {
    qint64 id = 0;
    JobKind kind = JobKind::Profile;
    PageId pageId;
    QString subject;
    int tries = 0;
    qint64 dueAt = 0; // ms UTC
};

// Written in the event's own transaction; one job of a kind and subject at a time.
Result<> addJob(
    Connection &connection, JobKind kind, const PageId &page, const QString &subject, qint64 dueAt);
// The same for one that may be there already, parked or being done: it is due at `dueAt`, with all
// its tries.
Result<> wakeJob(
    Connection &connection, JobKind kind, const PageId &page, const QString &subject, qint64 dueAt);
Result<QList<Job>> dueJobs(Connection &connection, qint64 now, int limit);
// When the next job is due, ms UTC; 0 when there is none.
Result<qint64> nextJobAt(Connection &connection);
// How a try ends. A job that was woken meanwhile stays as it is then.
Result<> finishJob(Connection &connection, const Job &job);
Result<> postponeJob(Connection &connection, const Job &job, qint64 dueAt, const QString &reason);
// It has done its part; the next try is no repetition of a failure.
Result<> continueJob(Connection &connection, const Job &job, qint64 dueAt);
// Kept and counted, not tried again.
Result<> parkJob(Connection &connection, const Job &job, const QString &reason);
// One that waits or was parked is due now with all its tries. False: there is no such job.
Result<bool> retryJob(Connection &connection, qint64 id, qint64 now);
Result<qint64> jobCount(Connection &connection, bool parked);

} // namespace Pagedesk::Relay
