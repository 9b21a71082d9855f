// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/matchjob.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/matches.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"
#include "models/messenger/grapherror.h"

#include <QMessageAuthenticationCode>

namespace Pagedesk::Relay {

namespace {

constexpr int MostParts = 20; // of a hundred ids
constexpr int MostPages = 2000; // a business has no more

// Somebody may have changed their mind since the job was made. A Page alone has nobody to match.
Result<bool> isWanted(Connection &connection, const Job &job)
{
    const auto pages = matchingPages(connection);
    if (!pages)
        return failure(pages.error());
    if (!pages->contains(job.pageId) || pages->size() < 2)
        return false;
    const auto page = pageById(connection, job.pageId);
    if (!page)
        return failure(page.error());
    if (!*page || (*page)->state != PageState::Connected || (*page)->health.care.matchRefusedAt > 0)
        return false;
    const auto conversation = conversationById(connection, {job.subject});
    if (!conversation)
        return failure(conversation.error());
    return conversation->has_value();
}

// Whoever writes to one of our Pages too.
Result<> suggestAll(Connection &connection, const Job &job, const QList<MatchedId> &ids, qint64 now,
    Ledger::Touched &touched)
{
    const auto one = conversationById(connection, {job.subject});
    if (!one)
        return failure(one.error());
    const auto pages = matchingPages(connection);
    if (!pages)
        return failure(pages.error());
    if (!*one || !pages->contains(job.pageId))
        return {};
    for (const MatchedId &id : ids) {
        if (id.page == job.pageId || !pages->contains(id.page))
            continue;
        const auto other = conversationById(connection, conversationId(id.page, id.psid));
        if (!other)
            return failure(other.error());
        if (!*other)
            continue; // asked about again when they write there
        if (auto suggested = suggestMatch(connection, **one, **other, now, touched); !suggested)
            return suggested;
    }
    return {};
}

} // namespace

struct MatchJob::Search {
    Job job;
    Psid psid;
    QList<MatchedId> ids;
    int parts = 0;
    Promise<> promise;
};

MatchJob::MatchJob(Ledger &ledger, GraphClient &graph, BackgroundCalls &calls, AppCredentials app,
    const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_calls(calls)
    , m_app(std::move(app))
    , m_clock(clock)
{
}

Task<> MatchJob::run(const Job &job)
{
    const auto search = std::make_shared<Search>();
    search->job = job;
    search->psid = {job.subject.sliced(job.subject.lastIndexOf(u'-') + 1)};
    auto task = search->promise.task();
    m_ledger.database()
        .read<bool>([job](Connection &connection) { return isWanted(connection, job); })
        .then(this, [this, search](const Result<bool> &wanted) {
            if (!wanted || !*wanted)
                search->promise.finish(wanted ? Result<>() : failure(wanted.error()));
            else if (m_app.id.isEmpty() || m_app.secret.isEmpty())
                giveUp(search, QStringLiteral("the relay was not told its app's id and secret"));
            else
                ask(search, {});
        });
    return task;
}

void MatchJob::ask(const Handle &search, const QString &after)
{
    const Secret token = m_app.token();
    const Secret proof(QMessageAuthenticationCode::hash(
        token.reveal(), m_app.secret.reveal(), QCryptographicHash::Sha256)
                           .toHex());
    m_calls.call(search->job.pageId, m_graph.idsForPages(search->psid, token, proof, after))
        .then(this, [this, search](const Result<HttpAnswer> &answer) {
            if (answer)
                read(search, *answer);
            else
                search->promise.finish(failure(answer.error()));
        });
}

void MatchJob::read(const Handle &search, const HttpAnswer &answer)
{
    if (answer.status < 200 || answer.status > 299) {
        refuse(search, answer);
        return;
    }
    const auto part = readMatchedIds(answer.body);
    if (!part) {
        search->promise.finish(failure(part.error()));
        return;
    }
    search->ids += part->ids;
    const bool isLast
        = part->after.isEmpty() || ++search->parts >= MostParts || search->ids.size() >= MostPages;
    if (isLast)
        keep(search);
    else
        ask(search, part->after);
}

void MatchJob::refuse(const Handle &search, const HttpAnswer &answer)
{
    const SendVerdict verdict = readSendAnswer(answer.status, answer.body, answer.usage);
    const PageId page = search->job.pageId;
    qCInfo(logGraph) << "matching people of Page" << page.value << "answer" << answer.status
                     << "code" << verdict.code << "subcode" << verdict.subcode << "trace"
                     << verdict.traceId;
    switch (matchRefusal(answer.status, answer.body, answer.usage)) {
    case MatchRefusal::Person:
        search->promise.finish({});
        return;
    case MatchRefusal::Passing: {
        Error error{Error::Kind::Timeout, QStringLiteral("status %1").arg(answer.status)};
        if (verdict.retryAfterSeconds > 0) {
            error.retryAfter = std::chrono::seconds(verdict.retryAfterSeconds);
            m_calls.pause(page, *error.retryAfter);
        }
        search->promise.finish(failure(error));
        return;
    }
    case MatchRefusal::Everybody:
        break;
    }
    giveUp(search, QStringLiteral("Meta answered with code %1").arg(verdict.code));
}

// For all people of the Page.
void MatchJob::giveUp(const Handle &search, const QString &problem)
{
    const PageId page = search->job.pageId;
    m_ledger
        .write(
            [page, problem, now = m_clock.now()](Connection &connection, Ledger::Touched &touched) {
                return noteMatchingRefused(connection, page, problem, now, touched);
            })
        .then(this, [search](const Result<> &noted) { search->promise.finish(noted); });
}

void MatchJob::keep(const Handle &search)
{
    m_ledger
        .write([job = search->job, ids = search->ids, now = m_clock.now()](
                   Connection &connection, Ledger::Touched &touched) {
            return suggestAll(connection, job, ids, now, touched);
        })
        .then(this, [search](const Result<> &kept) { search->promise.finish(kept); });
}

} // namespace Pagedesk::Relay
