// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/pagereader.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"
#include "models/messenger/graphsubscription.h"
#include "models/messenger/webhookfields.h"

namespace Pagedesk::Relay {

PageReader::PageReader(
    Ledger &ledger, GraphClient &graph, BackgroundCalls &calls, const Vault &vault, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_calls(calls)
    , m_vault(vault)
{
}

Task<HistoryPage> PageReader::conversations(const PageId &page, const QString &after, int limit)
{
    return call(page, [this, page, after, limit](const Secret &token) {
        return m_graph.conversations(page, token, after, limit);
    }).andThen(this, [page](const QByteArray &body) {
        return Task<HistoryPage>::finished(readHistoryPage(body, page));
    });
}

Task<QStringList> PageReader::orderedFields(const PageId &page, const QString &appId)
{
    return call(page, [this, page](const Secret &token) {
        return m_graph.subscription(page, token);
    }).andThen(this, [appId](const QByteArray &body) {
        return Task<QStringList>::finished(Pagedesk::orderedFields(body, appId));
    });
}

Task<> PageReader::order(const PageId &page)
{
    auto promise = std::make_shared<Promise<>>();
    subscribe(page, subscriptionFields(false))
        .then(this, [this, page, promise](const Result<> &done) {
            const bool isRefused = !done
                && (done.error().kind == Error::Kind::Forbidden
                    || done.error().kind == Error::Kind::Rejected);
            if (!isRefused) {
                promise->finish(done);
                return;
            }
            // One field that this Page or app may not have must not cost it the others.
            subscribe(page, subscriptionFields(true)).then(this, [promise](const Result<> &again) {
                promise->finish(again);
            });
        });
    return promise->task();
}

Task<> PageReader::subscribe(const PageId &page, const QStringList &fields)
{
    return call(page, [this, page, fields](const Secret &token) {
        return m_graph.subscribe(page, token, fields);
    }).andThen(this, [](const QByteArray &) { return Task<>::finished({}); });
}

Task<> PageReader::unsubscribe(const PageId &page)
{
    return call(page, [this, page](const Secret &token) {
        return m_graph.unsubscribe(page, token);
    }).andThen(this, [](const QByteArray &) { return Task<>::finished({}); });
}

Task<QByteArray> PageReader::call(const PageId &page, const MakeCall &make)
{
    const auto token = std::make_shared<Secret>();
    return m_ledger.database()
        .read<QByteArray>(
            [page](Connection &connection) { return sealedTokenOf(connection, page); })
        .andThen(this,
            [this, page, make, token](const QByteArray &sealed) {
                const auto opened = PageTokens::open(m_vault, page, sealed);
                if (!opened) {
                    return Task<HttpAnswer>::finished(failure(Error::Kind::Forbidden,
                        QStringLiteral("the Page's access token cannot be opened with this key")));
                }
                *token = *opened;
                return m_calls.call(page, make(*token));
            })
        .andThen(this,
            [this, page, token](const HttpAnswer &answer) { return read(page, *token, answer); });
}

Task<QByteArray> PageReader::read(const PageId &page, const Secret &token, const HttpAnswer &answer)
{
    if (answer.status >= 200 && answer.status <= 299)
        return Task<QByteArray>::finished(answer.body);
    return Task<QByteArray>::finished(failure(refusal(page, token, answer)));
}

// Meta's codes mean the same here as for sending.
Error PageReader::refusal(const PageId &page, const Secret &token, const HttpAnswer &answer)
{
    const SendVerdict verdict = readSendAnswer(answer.status, answer.body, answer.usage);
    qCInfo(logGraph) << "Page" << page.value << "answer" << answer.status << "code" << verdict.code
                     << "subcode" << verdict.subcode << "trace" << verdict.traceId;
    m_graph.report(page, token, verdict);
    if (verdict.outcome == SendVerdict::Outcome::NotSent) {
        const std::chrono::seconds length(verdict.retryAfterSeconds);
        m_calls.pause(page, length);
        Error error{Error::Kind::Timeout, QStringLiteral("Meta asks to call less often")};
        error.retryAfter = length;
        return error;
    }
    if (verdict.outcome != SendVerdict::Outcome::Failed)
        return {Error::Kind::Timeout, QStringLiteral("status %1").arg(answer.status)};
    switch (verdict.failure) {
    case FailureKind::NeedsLogin:
        return {Error::Kind::Forbidden, QStringLiteral("the Page's access token is refused")};
    case FailureKind::PermissionMissing:
        return {Error::Kind::Forbidden,
            QStringLiteral("the app lacks a permission for this Page (code %1)").arg(verdict.code)};
    case FailureKind::PolicyBlocked:
        return {Error::Kind::Forbidden, QStringLiteral("Meta has restricted this Page")};
    default:
        return {Error::Kind::Rejected,
            QStringLiteral("Meta refuses the call (code %1)").arg(verdict.code)};
    }
}

} // namespace Pagedesk::Relay
