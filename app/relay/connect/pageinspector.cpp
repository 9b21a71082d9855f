// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/pageinspector.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/connect/inspectionfindings.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/pagecare.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"
#include "models/messenger/graphversion.h"
#include "models/messenger/limits.h"

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 DailyMs = 86'400'000;
// While something is wrong: a person may have put it right at Facebook.
constexpr qint64 WhileWrongMs = 900'000;

bool isPassing(const Error &error)
{
    return error.kind == Error::Kind::Offline || error.kind == Error::Kind::Timeout
        || error.kind == Error::Kind::Protocol || error.kind == Error::Kind::Storage
        || error.kind == Error::Kind::Cancelled;
}

} // namespace

// One look at a Page.
struct PageInspector::Round {
    PageId id;
    bool byHand = false;
    qint64 beganAt = 0; // ms UTC
    Page page;
    QString loginId;
    QByteArray sealed;
    Secret token;
    TokenProblem problem = TokenProblem::None;
    std::optional<TokenFacts> facts; // of the Page's token
    std::optional<TokenFacts> login; // of the login's
    bool isRenewed = false;
    std::optional<QStringList> ordered;
    Promise<Wire::PageFields> promise;

    // What the person has decided is not undone by looking.
    bool isWithdrawn() const
    {
        return page.state == PageState::NeedsLogin
            && page.health.care.token == TokenProblem::AppRemoved;
    }
    void fail(const Error &error) { promise.finish(failure(error)); }
};

PageInspector::PageInspector(Ledger &ledger, GraphClient &graph, const FacebookCalls &calls,
    FacebookLogins &logins, PageReader &reader, const Vault &vault, const Clock &clock,
    QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_calls(calls)
    , m_logins(logins)
    , m_reader(reader)
    , m_vault(vault)
    , m_clock(clock)
{
}

Task<qint64> PageInspector::run(const Job &job)
{
    return look(job.pageId, false)
        .andThen(this,
            [this, id = job.pageId](const Wire::PageFields &) {
                return m_ledger.database().read<std::optional<Page>>(
                    [id](Connection &connection) { return pageById(connection, id); });
            })
        .andThen(this, [now = m_clock.now()](const std::optional<Page> &page) {
            if (!page || page->state == PageState::Removed)
                return Task<qint64>::finished(0);
            const PageCare &care = page->health.care;
            const bool isWrong = page->state != PageState::Connected
                || !care.missingPermissions.isEmpty() || !care.missingFields.isEmpty();
            return Task<qint64>::finished(now + (isWrong ? WhileWrongMs : DailyMs));
        });
}

Task<Wire::PageFields> PageInspector::inspect(const PageId &page)
{
    return look(page, true);
}

Task<Wire::PageFields> PageInspector::orderFields(const PageId &page)
{
    return m_ledger.database()
        .read<std::optional<Page>>(
            [page](Connection &connection) { return pageById(connection, page); })
        .andThen(this,
            [this, page](const std::optional<Page> &known) {
                if (!known || known->settings.receive)
                    return m_reader.order(page);
                return Task<>::finished(failure(Error::Kind::Rejected,
                    u"Receiving messages is switched off in the Page's settings."_s));
            })
        .andThen(this, [this, page] { return look(page, true); });
}

void PageInspector::hearRefusal(const PageId &page, const Secret &token, const SendVerdict &verdict)
{
    m_ledger
        .write([page, token, verdict, vault = m_vault, now = m_clock.now()](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto sealed = sealedTokenOf(connection, page);
            if (!sealed)
                return failure(sealed.error());
            const auto present = PageTokens::open(vault, page, *sealed);
            if (!present || !present->matches(token.reveal()))
                return {};
            if (verdict.failure == FailureKind::NeedsLogin) {
                return noteTokenRefused(
                    connection, page, tokenProblemOf(verdict.subcode), now, touched);
            }
            return notePermissionMissed(connection, page, MissedBy::Reading, now, touched);
        })
        .then(this, [](const Result<> &done) {
            if (!done)
                qCWarning(logRelay) << "cannot note a refusal:" << done.error().detail;
        });
}

Task<Wire::PageFields> PageInspector::look(const PageId &page, bool byHand)
{
    const auto round = std::make_shared<Round>();
    round->id = page;
    round->byHand = byHand;
    auto ended = std::make_shared<Promise<Wire::PageFields>>();
    auto task = ended->task();
    round->promise.task().then(this, [this, page, ended](const Result<Wire::PageFields> &fields) {
        next(page);
        ended->finish(fields);
    });
    if (m_waiting.contains(page)) {
        m_waiting[page].append(round);
    } else {
        m_waiting.insert(page, {});
        readPage(round);
    }
    return task;
}

void PageInspector::next(const PageId &page)
{
    auto &waiting = m_waiting[page];
    if (waiting.isEmpty())
        m_waiting.remove(page);
    else
        readPage(waiting.takeFirst());
}

void PageInspector::readPage(const Handle &round)
{
    round->beganAt = m_clock.now();
    struct Known {
        std::optional<Page> page;
        QString loginId;
        QByteArray sealed;
    };
    m_ledger.database()
        .read<Known>([id = round->id](Connection &connection) -> Result<Known> {
            const auto page = pageById(connection, id);
            const auto login = loginOf(connection, id);
            if (!page || !login)
                return failure(page ? login.error() : page.error());
            if (!*page)
                return Known{};
            const auto sealed = sealedTokenOf(connection, id);
            if (!sealed)
                return failure(sealed.error());
            return Known{*page, *login, *sealed};
        })
        .then(this, [this, round](const Result<Known> &known) {
            if (!known) {
                round->fail(known.error());
                return;
            }
            if (!known->page || known->page->state == PageState::Removed) {
                if (round->byHand)
                    round->fail({Error::Kind::NotFound, u"This Page is not connected."_s});
                else
                    round->promise.finish(Wire::PageFields{});
                return;
            }
            round->page = *known->page;
            round->loginId = known->loginId;
            round->sealed = known->sealed;
            const auto token = PageTokens::open(m_vault, round->id, round->sealed);
            if (token) {
                round->token = *token;
                askAboutToken(round);
            } else {
                round->problem = TokenProblem::Unreadable;
                askAboutLogin(round);
            }
        });
}

void PageInspector::askAboutToken(const Handle &round)
{
    if (m_calls.app().id.isEmpty()) {
        tryToken(round);
        return;
    }
    m_calls.inspect(round->token).then(this, [this, round](const Result<TokenFacts> &facts) {
        if (facts) {
            round->facts = *facts;
            if (!facts->valid)
                round->problem = tokenProblemOf(facts->refusal.subcode);
            askAboutLogin(round);
        } else if (isPassing(facts.error())) {
            round->fail(facts.error());
        } else {
            // Meta does not talk to the app about it; that says nothing of the token.
            qCWarning(logRelay) << "cannot inspect the token of Page" << round->id.value << ":"
                                << facts.error().detail;
            tryToken(round);
        }
    });
}

void PageInspector::tryToken(const Handle &round)
{
    m_calls.page(round->id, round->token).then(this, [this, round](const Result<NamedNode> &page) {
        if (!page && isPassing(page.error())) {
            round->fail(page.error());
            return;
        }
        if (!page && page.error().kind == Error::Kind::Unauthorized) {
            const TokenProblem known = round->page.health.care.token;
            round->problem = known == TokenProblem::None ? TokenProblem::Refused : known;
        }
        askAboutLogin(round);
    });
}

void PageInspector::askAboutLogin(const Handle &round)
{
    if (round->loginId.isEmpty() || m_calls.app().id.isEmpty()) {
        askAboutFields(round);
        return;
    }
    m_logins.tokenOf(round->loginId)
        .andThen(this, [this](const Secret &token) { return m_calls.inspect(token); })
        .then(this, [this, round](const Result<TokenFacts> &facts) {
            // Without an answer nothing is known of the login, which the Page can do without.
            if (facts)
                round->login = *facts;
            renewToken(round);
        });
}

// A token that is lost or ends soon, from a login that is still good.
void PageInspector::renewToken(const Handle &round)
{
    const bool endsSoon = round->facts && round->facts->valid
        && deadlineOf(round->facts->expiresAt, m_clock.now()) != Deadline::Far;
    const bool isWanted = round->problem != TokenProblem::None || endsSoon;
    if (!isWanted || round->isWithdrawn() || !round->login || !round->login->valid) {
        askAboutFields(round);
        return;
    }
    const auto found = std::make_shared<Secret>();
    m_logins.tokenOf(round->loginId)
        .andThen(this,
            [this, id = round->id](const Secret &login) { return m_calls.pageToken(id, login); })
        .andThen(this,
            [this, found](const GrantedToken &granted) {
                *found = granted.token;
                return m_calls.inspect(granted.token);
            })
        .then(this, [this, round, found](const Result<TokenFacts> &facts) {
            const bool isBetter = facts && facts->valid && facts->pageId == round->id
                && !round->token.matches(found->reveal())
                && (round->problem != TokenProblem::None || facts->expiresAt == 0
                    || facts->expiresAt > round->facts->expiresAt);
            if (isBetter)
                keepToken(round, *found, *facts);
            else
                askAboutFields(round);
        });
}

void PageInspector::keepToken(const Handle &round, const Secret &token, const TokenFacts &facts)
{
    const auto sealed = std::make_shared<QByteArray>();
    m_ledger
        .write([id = round->id, token, before = round->sealed, vault = m_vault, sealed,
                   now = m_clock.now()](Connection &connection, Ledger::Touched &) -> Result<> {
            const auto present = sealedTokenOf(connection, id);
            if (!present)
                return failure(present.error());
            if (*present != before)
                return failure(Error::Kind::Conflict, u"the Page was connected again"_s);
            const auto fresh = PageTokens::seal(connection, vault, id, token);
            if (!fresh)
                return failure(fresh.error());
            *sealed = *fresh;
            if (auto replaced = replaceSealedToken(connection, id, *fresh); !replaced)
                return replaced;
            return appendAudit(connection, now, {u"relay"_s, u"page_token_renewed"_s, id.value});
        })
        .then(this, [this, round, sealed, token, facts](const Result<> &done) {
            if (done) {
                round->sealed = *sealed;
                round->token = token;
                round->facts = facts;
                round->problem = TokenProblem::None;
                round->isRenewed = true;
            }
            askAboutFields(round);
        });
}

void PageInspector::askAboutFields(const Handle &round)
{
    if (round->problem != TokenProblem::None) {
        keep(round);
        return;
    }
    m_reader.orderedFields(round->id, m_calls.app().id)
        .then(this, [this, round](const Result<QStringList> &ordered) {
            if (ordered)
                round->ordered = *ordered;
            else if (isPassing(ordered.error())) {
                round->fail(ordered.error());
                return;
            }
            keep(round);
        });
}

void PageInspector::keep(const Handle &round)
{
    const QLatin1StringView version(Limits::GraphVersion);
    InspectionFindings found{round->id, round->sealed, m_clock.now(), round->byHand,
        round->isRenewed, round->problem, round->facts, round->loginId, round->login,
        round->ordered, graphVersionEndsAt(version)};
    // Meta answers with another one when the one that is asked for has ended.
    const QByteArray &served = m_graph.servedVersion();
    if (!served.isEmpty() && QLatin1StringView(served) != version)
        found.versionEndsAt = found.at;
    m_ledger
        .write([found](Connection &connection, Ledger::Touched &touched) {
            return keepFindings(connection, found, touched);
        })
        .then(this, [this, round, now = found.at](const Result<> &done) {
            if (!done) {
                round->fail(done.error());
                return;
            }
            if (round->problem == TokenProblem::None)
                Q_EMIT foundWell(round->id, round->beganAt);
            round->promise.finish(
                Wire::PageFields{round->ordered.value_or(QStringList()), round->ordered ? now : 0});
        });
}

} // namespace Pagedesk::Relay
