// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobcommands.h"

#include "app/relay/ledger/jobattempts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int JobsAtOnce = 500;

QJsonObject toJson(const JobAttempt &attempt)
{
    return {{u"startedAt"_s, attempt.startedAt}, {u"endedAt"_s, attempt.endedAt},
        {u"outcome"_s, attemptOutcomeName(attempt.outcome)}, {u"reason"_s, attempt.reason}};
}

QByteArray lineOf(const JobView &view)
{
    QJsonArray attempts;
    for (const JobAttempt &attempt : view.attempts)
        attempts.append(toJson(attempt));
    return QJsonDocument(
        QJsonObject{{u"id"_s, QString::number(view.job.id)},
            {u"kind"_s, jobKindName(view.job.kind)}, {u"pageId"_s, view.job.pageId.value},
            {u"subject"_s, view.job.subject}, {u"dueAt"_s, view.dueAt},
            {u"tries"_s, view.job.tries}, {u"parked"_s, view.parked},
            {u"lastError"_s, view.lastError}, {u"attempts"_s, attempts}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

Result<> printJobs(Connection &connection, bool onlyParked, std::FILE *out)
{
    for (qint64 after = 0;;) {
        const auto jobs = jobsAfter(connection, after, onlyParked, JobsAtOnce);
        if (!jobs)
            return failure(jobs.error());
        for (const JobView &view : *jobs) {
            const QByteArray line = lineOf(view) + '\n';
            if (std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), out)
                != static_cast<size_t>(line.size()))
                return failure(Error::Kind::Storage, u"cannot write the output"_s);
            after = view.job.id;
        }
        if (jobs->size() < JobsAtOnce)
            return {};
    }
}

} // namespace Pagedesk::Relay
