// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/takethreadjob.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/jobs/jobschedule.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/taking.h"
#include "models/base/logging.h"

namespace Pagedesk::Relay {

TakeThreadJob::TakeThreadJob(
    Ledger &ledger, GraphClient &graph, const Vault &vault, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_vault(vault)
    , m_clock(clock)
{
}

Task<> TakeThreadJob::run(const Job &job)
{
    return m_ledger.database()
        .read<Wish>([job, now = m_clock.now()](
                        Connection &connection) { return wishOf(connection, job, now); })
        .andThen(this, [this, job](const Wish &wish) {
            if (!wish.isOpen)
                return Task<>::finished({});
            return wish.isOld ? end(job, FailureKind::NotArrived) : ask(job, wish);
        });
}

Result<TakeThreadJob::Wish> TakeThreadJob::wishOf(
    Connection &connection, const Job &job, qint64 now)
{
    const auto found = conversationById(connection, {job.subject});
    if (!found)
        return failure(found.error());
    if (!*found || (*found)->takingSince == 0)
        return Wish{};
    const auto sealed = sealedTokenOf(connection, job.pageId);
    if (!sealed)
        return failure(sealed.error());
    return Wish{true, now - (*found)->takingSince >= PatienceMs, (*found)->contact.psid, *sealed};
}

Task<> TakeThreadJob::ask(const Job &job, const Wish &wish)
{
    const auto token = PageTokens::open(m_vault, job.pageId, wish.sealedToken);
    if (!token)
        return end(job, FailureKind::NeedsLogin);
    return m_graph.takeThread(job.pageId, *token, wish.psid)
        .andThen(this,
            [this, job](const SendOutcome &outcome) { return answered(job, outcome.verdict); });
}

Task<> TakeThreadJob::answered(const Job &job, const SendVerdict &verdict)
{
    using Outcome = SendVerdict::Outcome;
    qCInfo(logDispatch) << "taking" << job.subject << "outcome" << static_cast<int>(verdict.outcome)
                        << "code" << verdict.code << verdict.subcode << verdict.traceId;
    if (verdict.outcome == Outcome::Sent)
        return end(job, FailureKind::None);
    if (verdict.outcome == Outcome::Failed)
        return end(job, verdict.failure);
    if (retryPause(job.kind, job.tries) == 0)
        return end(job, FailureKind::NotArrived);
    return Task<>::finished(failure(Error::Kind::Timeout, QStringLiteral("no clear answer")));
}

Task<> TakeThreadJob::end(const Job &job, FailureKind why)
{
    return m_ledger.write([id = ConversationId{job.subject}, why, now = m_clock.now()](
                              Connection &connection, Ledger::Touched &touched) -> Result<> {
        const auto found = conversationById(connection, id);
        if (!found)
            return failure(found.error());
        if (!*found)
            return {};
        touched.stream((*found)->contact.pageId.value);
        return endTaking(connection, **found, why, now);
    });
}

} // namespace Pagedesk::Relay
