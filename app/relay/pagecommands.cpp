// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/pagecommands.h"

#include "app/relay/access/masterkey.h"
#include "app/relay/access/pagetokens.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/graph/pagediagnosis.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/maintenancetools.h"

#include <QEventLoop>

#include <algorithm>

namespace Pagedesk::Relay::Maintenance {

namespace {

using namespace Qt::Literals::StringLiterals;

struct SealedPage {
    Page page;
    QByteArray sealed;
};

// One of them, or all that were not removed.
Result<QList<SealedPage>> pagesOf(const CommandLine &line)
{
    QList<SealedPage> found;
    const QString wanted = line.value(u"page-id"_s);
    const auto read = inLedger(line, false, [&](Connection &connection) -> Result<> {
        const auto pages = allPages(connection);
        if (!pages)
            return failure(pages.error());
        for (const Page &page : *pages) {
            if (wanted.isEmpty() ? page.state == PageState::Removed : page.id.value != wanted)
                continue;
            const auto sealed = sealedTokenOf(connection, page.id);
            if (!sealed)
                return failure(sealed.error());
            found.append({page, *sealed});
        }
        return {};
    });
    if (!read)
        return failure(read.error());
    if (!wanted.isEmpty() && found.isEmpty())
        return failure(Error::Kind::NotFound, u"there is no Page %1"_s.arg(wanted));
    return found;
}

// Runs the event loop until Meta has answered.
template <typename T> Result<T> waitFor(Task<T> task)
{
    QObject context;
    QEventLoop loop;
    std::optional<Result<T>> result;
    task.then(&context, [&](const Result<T> &finished) {
        result.emplace(finished);
        loop.quit();
    });
    if (!result)
        loop.exec();
    return *result;
}

QStringList faultsOf(const SealedPage &one, const Vault &vault, GraphClient &graph)
{
    if (one.page.state == PageState::Removed)
        return {u"the Page was removed from this relay: connect it with `page add`"_s};
    const auto token = PageTokens::open(vault, one.page.id, one.sealed);
    if (!token) {
        return {u"its token does not open with the master key that is here: check the key, or "
                "give the Page a new token with `page add`"_s};
    }
    QStringList faults = faultsOfPage(
        one.page.id, waitFor(graph.get(one.page.id.value, u"fields=id,name"_s, *token)));
    // A Page that shall not receive is not subscribed, and nothing is wrong with that.
    if (faults.isEmpty() && one.page.settings.receive) {
        faults = faultsOfSubscription(
            waitFor(graph.get(one.page.id.value + u"/subscribed_apps"_s, {}, *token)),
            qEnvironmentVariable("PAGEDESK_APP_ID"));
    }
    return faults;
}

} // namespace

Result<> pageCheck(const CommandLine &line)
{
    const auto folder = line.required(u"data"_s);
    if (!folder)
        return failure(folder.error());
    const QString fromEnvironment = qEnvironmentVariable("PAGEDESK_GRAPH_URL");
    const QUrl address(
        line.value(u"graph-url"_s,
            fromEnvironment.isEmpty() ? u"https://graph.facebook.com"_s : fromEnvironment),
        QUrl::StrictMode);
    if (!address.isValid() || address.host().isEmpty())
        return failure(Error::Kind::Rejected, u"--graph-url is not a web address"_s);
    const auto pages = pagesOf(line);
    if (!pages)
        return failure(pages.error());
    const auto vault = MasterKey::vaultFor(*folder, MasterKey::IfMissing::Fail);
    if (!vault)
        return failure(vault.error());
    HttpClient http;
    GraphClient graph(address, http);
    qsizetype faulty = 0;
    for (const SealedPage &one : *pages) {
        const QStringList faults = faultsOf(one, *vault, graph);
        if (faults.isEmpty())
            print(u"ok %1 %2"_s.arg(one.page.id.value, one.page.name));
        for (const QString &fault : faults)
            print(u"FAULT %1 %2: %3"_s.arg(one.page.id.value, one.page.name, fault));
        faulty += faults.isEmpty() ? 0 : 1;
    }
    if (faulty > 0) {
        return failure(
            Error::Kind::NotFound, u"%1 of %2 Pages have a fault"_s.arg(faulty).arg(pages->size()));
    }
    return {};
}

Result<> pageRemove(const CommandLine &line)
{
    const auto id = line.required(u"page-id"_s);
    if (!id)
        return failure(id.error());
    bool changed = false;
    const auto removed = inLedger(line, false, [&](Connection &connection) -> Result<> {
        const auto done = removePage(connection, {*id});
        if (!done)
            return failure(done.error());
        changed = *done;
        if (!changed)
            return {};
        return appendAudit(
            connection, SystemClock().now(), {commandLineActor(), u"page_removed"_s, *id});
    });
    if (!removed)
        return removed;
    if (!changed)
        return failure(Error::Kind::NotFound, u"there is no connected Page %1"_s.arg(*id));
    print(u"removed %1: its token is forgotten, its history stays. `page add` connects it again."_s
              .arg(*id));
    return {};
}

} // namespace Pagedesk::Relay::Maintenance
