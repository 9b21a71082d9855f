// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/subscriptionjob.h"

#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"
#include "models/messenger/webhookfields.h"

namespace Pagedesk::Relay {

namespace {

constexpr qint64 EveryMs = 3'600'000;

// Trying again by itself may help; else it is looked at after the usual time.
bool passes(const Error &error)
{
    return error.kind != Error::Kind::Forbidden && error.kind != Error::Kind::Rejected;
}

} // namespace

SubscriptionJob::SubscriptionJob(
    Ledger &ledger, PageReader &reader, const Clock &clock, QString appId, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_reader(reader)
    , m_clock(clock)
    , m_appId(std::move(appId))
{
}

Task<qint64> SubscriptionJob::run(const Job &job)
{
    return m_ledger.database()
        .read<std::optional<Page>>(
            [page = job.pageId](Connection &connection) { return pageById(connection, page); })
        .andThen(this, [this](const std::optional<Page> &page) {
            const bool canAsk = page && page->state == PageState::Connected;
            if (!canAsk)
                return Task<qint64>::finished(0);
            return page->settings.receive ? look(page->id) : leaveOff(page->id);
        });
}

Task<qint64> SubscriptionJob::look(const PageId &page)
{
    auto promise = std::make_shared<Promise<qint64>>();
    const auto ended = [this, promise, page](const Result<> &renewed, const QStringList &missing) {
        end(page, renewed, missing).then(this, [promise](const Result<qint64> &at) {
            promise->finish(at);
        });
    };
    m_reader.orderedFields(page, m_appId)
        .then(this, [this, page, ended](const Result<QStringList> &ordered) {
            if (!ordered) {
                ended(failure(ordered.error()), {});
                return;
            }
            const QStringList missing = lackingFields(*ordered);
            if (missing.isEmpty()) {
                ended({}, {});
                return;
            }
            qCWarning(logRelay) << "webhooks of Page" << page.value
                                << "are not ordered:" << missing.join(u',');
            m_reader.order(page).then(
                this, [ended, missing](const Result<> &renewed) { ended(renewed, missing); });
        });
    return promise->task();
}

// Nothing is wrong with a Page that does not receive because an admin wants it so. What Meta
// refuses stands with the Page; it is tried again when the setting changes or the relay starts.
Task<qint64> SubscriptionJob::leaveOff(const PageId &page)
{
    auto promise = std::make_shared<Promise<qint64>>();
    m_reader.unsubscribe(page).then(this, [this, page, promise](const Result<> &ended) {
        if (!ended && passes(ended.error())) {
            promise->finish(failure(ended.error()));
            return;
        }
        const QString problem = ended ? QString() : ended.error().detail;
        qCInfo(logRelay) << "webhooks of Page" << page.value << "are off" << problem;
        m_ledger
            .write([page, problem](Connection &connection, Ledger::Touched &touched) {
                touched.stream(page.value);
                return changeHealth(connection, page, [&problem](PageHealth &health) {
                    health.subscribed = !problem.isEmpty();
                    health.subscriptionProblem = problem;
                    health.care.missingFields.clear();
                });
            })
            .then(this, [promise](const Result<> &noted) {
                promise->finish(noted ? Result<qint64>(0) : failure(noted.error()));
            });
    });
    return promise->task();
}

Task<qint64> SubscriptionJob::end(
    const PageId &page, const Result<> &renewed, const QStringList &missing)
{
    const bool wasMissing = !missing.isEmpty();
    const qint64 now = m_clock.now();
    return m_ledger
        .write([page, renewed, missing, wasMissing, now](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            touched.stream(page.value);
            if (renewed && wasMissing) {
                touched.jobs = true;
                if (auto woken = wakeJob(connection, JobKind::Check, page, page.value, now); !woken)
                    return woken;
            }
            return changeHealth(connection, page, [&](PageHealth &health) {
                // A question without an answer tells nothing about the subscription.
                if (renewed || wasMissing) {
                    health.subscribed = renewed.has_value();
                    health.care.missingFields = renewed ? QStringList() : missing;
                }
                if (renewed || !passes(renewed.error()))
                    health.subscriptionProblem = renewed ? QString() : renewed.error().detail;
            });
        })
        .andThen(this, [renewed, now] {
            if (renewed || !passes(renewed.error()))
                return Task<qint64>::finished(now + EveryMs);
            return Task<qint64>::finished(failure(renewed.error()));
        });
}

} // namespace Pagedesk::Relay
