// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/pageconnector.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/graph/pagediagnosis.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"

#include <deque>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 LastingMs = 24LL * 3'600'000; // a token that ends sooner is no use

// The first needed permission that a token lacks; empty when it has them all.
QString missingPermission(const QStringList &scopes)
{
    for (const LoginPermission &permission : loginPermissions()) {
        const QString name = QString::fromLatin1(permission.name);
        if (permission.needed && !scopes.contains(name))
            return name;
    }
    return {};
}

OfferedPage offered(const SeenPage &page, const TokenFacts &facts, bool isConnected)
{
    OfferedPage offer{page.id, page.name, page.category, isConnected, PageObstacle::None, {}};
    const auto chosen = facts.targets.constFind(u"pages_messaging"_s);
    if (const QString missing = missingPermission(facts.scopes); !missing.isEmpty()) {
        offer.obstacle = PageObstacle::PermissionMissing;
        offer.missing = missing;
    } else if (chosen != facts.targets.cend() && !chosen->contains(page.id.value)) {
        offer.obstacle = PageObstacle::NotGranted;
    } else if (!allowMessaging(page.tasks)) {
        offer.obstacle = PageObstacle::TaskMissing;
        offer.missing = u"MESSAGING"_s;
    } else if (page.token.isEmpty()) {
        offer.obstacle = PageObstacle::NoToken;
    }
    return offer;
}

// What is wrong with a token for a Page, in a sentence; empty when nothing is.
QString faultOf(const TokenFacts &facts, const QString &appId, qint64 now)
{
    if (!facts.appId.isEmpty() && facts.appId != appId) {
        return u"The token was made for another app (App ID %1), not for the one of this relay (%2)."_s
            .arg(facts.appId.left(32), appId);
    }
    if (!facts.valid)
        return u"Meta does not accept the token: %1."_s.arg(whyTokenIsDead(facts.refusal.subcode));
    if (facts.type != "PAGE"_L1) {
        return u"This is not a token of a Page but of the kind %1. Take the Page's own token."_s
            .arg(facts.type.left(32));
    }
    if (const QString missing = missingPermission(facts.scopes); !missing.isEmpty())
        return u"The token lacks the permission %1."_s.arg(missing);
    if (facts.expiresAt > 0 && facts.expiresAt < now + LastingMs) {
        return u"The token is good for a short time only. Make it from a long-lived login, then it "
               "has no end."_s;
    }
    return {};
}

} // namespace

struct PageConnector::Seen {
    Secret token;
    TokenFacts facts;
    QList<SeenPage> pages;
};

// Pages that are being connected one after the other.
struct PageConnector::Round {
    Device device;
    QString loginId;
    std::deque<SeenPage> waiting;
    Wire::PagesConnected ended;
    Promise<Wire::PagesConnected> promise;
};

PageConnector::PageConnector(Ledger &ledger, const FacebookCalls &calls, FacebookLogins &logins,
    const Vault &vault, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_calls(calls)
    , m_logins(logins)
    , m_vault(vault)
    , m_clock(clock)
{
}

Task<Wire::Logins> PageConnector::logins()
{
    return m_ledger.database()
        .read<QList<FacebookLogin>>(&allLogins)
        .andThen(this, [](const QList<FacebookLogin> &logins) {
            return Task<Wire::Logins>::finished(Wire::Logins{logins});
        });
}

Task<PageConnector::Seen> PageConnector::look(const QString &loginId)
{
    const auto seen = std::make_shared<Seen>();
    return m_logins.tokenOf(loginId)
        .andThen(this,
            [this, seen](const Secret &token) {
                seen->token = token;
                return m_calls.inspect(token);
            })
        .andThen(this,
            [this, seen](const TokenFacts &facts) {
                seen->facts = facts;
                if (!facts.valid) {
                    return Task<QList<SeenPage>>::finished(failure(Error::Kind::Conflict,
                        u"Facebook does not accept this login any more: %1. Log in again."_s.arg(
                            whyTokenIsDead(facts.refusal.subcode))));
                }
                return m_calls.pages(seen->token);
            })
        .andThen(this, [seen](const QList<SeenPage> &pages) {
            seen->pages = pages;
            return Task<Seen>::finished(*seen);
        });
}

Task<Wire::PageOffer> PageConnector::offer(const QString &loginId)
{
    struct Known {
        std::optional<FacebookLogin> login;
        QList<Page> pages;
    };
    const auto seen = std::make_shared<Seen>();
    return look(loginId)
        .andThen(this,
            [this, seen, loginId](const Seen &found) {
                *seen = found;
                return m_ledger.database().read<Known>(
                    [loginId](Connection &connection) -> Result<Known> {
                        const auto login = loginById(connection, loginId);
                        const auto pages = allPages(connection);
                        if (!login || !pages)
                            return failure(login ? pages.error() : login.error());
                        return Known{*login, *pages};
                    });
            })
        .andThen(this, [seen](const Known &known) {
            if (!known.login)
                return Task<Wire::PageOffer>::finished(
                    failure(Error::Kind::NotFound, u"There is no such login."_s));
            Wire::PageOffer offer{*known.login, {}};
            const auto isConnected = [&known](const PageId &id) {
                return std::any_of(known.pages.begin(), known.pages.end(), [&id](const Page &page) {
                    return page.id == id && page.state == PageState::Connected;
                });
            };
            for (const SeenPage &page : std::as_const(seen->pages))
                offer.pages.append(offered(page, seen->facts, isConnected(page.id)));
            return Task<Wire::PageOffer>::finished(offer);
        });
}

Task<Wire::PagesConnected> PageConnector::connectPages(
    const Device &device, const Wire::ConnectPages &chosen)
{
    const auto round = std::make_shared<Round>();
    round->device = device;
    round->loginId = chosen.loginId;
    auto task = round->promise.task();
    look(chosen.loginId).then(this, [this, round, chosen](const Result<Seen> &seen) {
        if (!seen) {
            round->promise.finish(failure(seen.error()));
            return;
        }
        for (const PageId &id : chosen.pages) {
            const auto page = std::find_if(seen->pages.begin(), seen->pages.end(),
                [&id](const SeenPage &one) { return one.id == id; });
            const bool usable = page != seen->pages.end()
                && offered(*page, seen->facts, false).obstacle == PageObstacle::None;
            if (usable) {
                round->waiting.push_back(*page);
            } else {
                round->ended.pages.append({id, page != seen->pages.end() ? page->name : QString(),
                    Error{Error::Kind::Forbidden,
                        u"This login may not connect the Page. Look at the list again."_s}});
            }
        }
        nextPage(round);
    });
    return task;
}

void PageConnector::nextPage(const std::shared_ptr<Round> &round)
{
    if (round->waiting.empty()) {
        round->promise.finish(round->ended);
        return;
    }
    const SeenPage page = round->waiting.front();
    round->waiting.pop_front();
    check(page.id, page.token)
        .andThen(this,
            [this, round, token = page.token](const NamedNode &found) {
                return keep(round->device, found, token, round->loginId);
            })
        .then(this, [this, round, page](const Result<> &done) {
            round->ended.pages.append(
                {page.id, page.name, done ? std::nullopt : std::optional<Error>(done.error())});
            nextPage(round);
        });
}

Task<NamedNode> PageConnector::check(const PageId &page, const Secret &token)
{
    return m_calls.inspect(token)
        .andThen(this,
            [this, page, token](const TokenFacts &facts) {
                const QString fault = faultOf(facts, m_calls.app().id, m_clock.now());
                if (!fault.isEmpty())
                    return Task<NamedNode>::finished(failure(Error::Kind::Rejected, fault));
                // What the token itself says is believed before what a list said.
                return m_calls.page(page.isEmpty() ? facts.pageId : page, token);
            })
        .andThen(this, [page](const NamedNode &found) {
            if (!page.isEmpty() && found.id != page.value) {
                return Task<NamedNode>::finished(
                    failure(Error::Kind::Rejected, u"The token belongs to another Page."_s));
            }
            return Task<NamedNode>::finished(found);
        });
}

Task<> PageConnector::keep(
    const Device &device, const NamedNode &page, const Secret &token, const QString &loginId)
{
    const auto write = [device, page, token, loginId, vault = m_vault, now = m_clock.now()](
                           Connection &connection, Ledger::Touched &touched) -> Result<> {
        const PageId id{page.id};
        const auto sealed = PageTokens::seal(connection, vault, id, token);
        if (!sealed)
            return failure(sealed.error());
        if (auto connected = connectPage(connection, id, page.name, *sealed, now); !connected)
            return connected;
        if (auto noted = noteLoginOf(connection, id, loginId); !noted)
            return noted;
        touched.stream(QString::fromLatin1(WorkspaceStream)); // there may be a new stream
        touched.stream(id.value);
        touched.jobs = true;
        touched.outbound = true; // replies that waited for a login
        return appendAudit(
            connection, now, {operatorActor(device.owner.id), u"page_connected"_s, id.value});
    };
    return m_ledger.write(write).andThen(this, [this, id = PageId{page.id}] {
        Q_EMIT connected(id, m_clock.now());
        return Task<>::finished({});
    });
}

Task<Wire::PagesConnected> PageConnector::connectByHand(
    const Device &device, const Wire::ManualPage &manual)
{
    using Connected = Task<Wire::PagesConnected>;
    const auto refuse = [](const QString &why) {
        return Connected::finished(failure(Error::Kind::Rejected, why));
    };
    const AppCredentials &app = m_calls.app();
    if (app.id.isEmpty())
        return refuse(u"The relay does not know its app: set PAGEDESK_APP_ID."_s);
    if (manual.appId != app.id) {
        return refuse(
            u"The App ID is not that of this relay, which speaks for the app %1."_s.arg(app.id));
    }
    if (!app.secret.matches(manual.appSecret.reveal())) {
        return refuse(u"The App Secret is not the one this relay checks webhooks with. Compare it "
                      "with Meta's app dashboard."_s);
    }
    const auto found = std::make_shared<NamedNode>();
    return check({}, manual.token)
        .andThen(this,
            [this, found, device, token = manual.token](const NamedNode &page) {
                *found = page;
                return keep(device, page, token, QString());
            })
        .andThen(this, [found] {
            return Connected::finished(
                Wire::PagesConnected{{{PageId{found->id}, found->name, std::nullopt}}});
        });
}

} // namespace Pagedesk::Relay
