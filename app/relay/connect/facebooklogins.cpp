// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/facebooklogins.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/ledger/audit.h"
#include "models/base/logging.h"
#include "models/messenger/limits.h"

#include <QUrlQuery>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int StateBytes = 32; // 256 bits
constexpr qint64 AttemptLifeMs = 10LL * 60'000;
constexpr qint64 KeptMs = 24LL * 3'600'000; // an attempt, so that its desktop can still ask
constexpr int MostOpen = 20; // attempts of one device
constexpr qsizetype MaxStateCharacters = 256;

LoginProblem problemOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Forbidden:
        return LoginProblem::WrongSettings;
    case Error::Kind::Conflict:
        return LoginProblem::CodeRefused;
    case Error::Kind::Offline:
    case Error::Kind::Timeout:
        return LoginProblem::NotReached;
    default:
        return LoginProblem::Other;
    }
}

// Meta's words for a return without a code.
LoginProblem problemOf(const QString &word)
{
    return word == "access_denied"_L1 ? LoginProblem::Cancelled : LoginProblem::WrongSettings;
}

} // namespace

FacebookLogins::FacebookLogins(Ledger &ledger, const FacebookCalls &calls, const Vault &vault,
    const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_calls(calls)
    , m_vault(vault)
    , m_clock(clock)
{
}

QUrl FacebookLogins::returnUrlOf(const QUrl &relay)
{
    QUrl url = relay;
    QString path = relay.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + QLatin1StringView(Wire::LoginReturnPath));
    return url;
}

void FacebookLogins::start()
{
    m_ledger.submit(
        [now = m_clock.now()](Connection &connection, Ledger::Touched &) -> Result<> {
            if (auto failed = failInterrupted(connection); !failed)
                return failed;
            return forgetAttempts(connection, now - KeptMs);
        },
        [](const Result<> &done) {
            if (!done)
                qCWarning(logRelay) << "logins:" << done.error().detail;
        });
}

Result<QUrl> FacebookLogins::dialogFor(const QByteArray &state, bool askAgain) const
{
    const QString &appId = m_calls.app().id;
    if (appId.isEmpty()) {
        return failure(Error::Kind::Rejected,
            u"The relay does not know its app: set PAGEDESK_APP_ID to the App ID of Meta's app "
            "dashboard and start it again."_s);
    }
    QUrl url = m_settings.dialogUrl;
    url.setPath(url.path() + u'/' + QLatin1StringView(Limits::GraphVersion) + u"/dialog/oauth"_s);
    QUrlQuery query;
    const auto add = [&query](const QString &name, const QByteArray &value) {
        query.addQueryItem(name, QString::fromLatin1(value.toPercentEncoding()));
    };
    add(u"client_id"_s, appId.toUtf8());
    add(u"redirect_uri"_s, m_settings.returnUrl.toEncoded());
    add(u"state"_s, state);
    add(u"response_type"_s, "code");
    if (m_settings.configId.isEmpty()) {
        QByteArrayList names;
        for (const LoginPermission &permission : loginPermissions())
            names.append(permission.name);
        add(u"scope"_s, names.join(','));
    } else {
        add(u"config_id"_s, m_settings.configId.toUtf8());
    }
    if (askAgain)
        add(u"auth_type"_s, "rerequest");
    url.setQuery(query);
    return url;
}

Task<Wire::LoginBegun> FacebookLogins::begin(const Device &device, const Wire::BeginLogin &asked)
{
    const qint64 now = m_clock.now();
    const QByteArray state = randomToken(StateBytes);
    const auto url = dialogFor(state, asked.askAgain);
    if (!url)
        return Task<Wire::LoginBegun>::finished(failure(url.error()));
    LoginAttempt attempt;
    attempt.id = newUuid(now);
    attempt.device = device.id;
    attempt.begunAt = now;
    attempt.expiresAt = now + AttemptLifeMs;
    const Wire::LoginBegun begun{attempt.id, *url, m_settings.returnUrl, attempt.expiresAt};
    return m_ledger
        .write([attempt, owner = device.owner.id, hash = tokenHash(state), now](
                   Connection &connection, Ledger::Touched &) -> Result<> {
            const auto open = waitingAttempts(connection, attempt.device, now);
            if (!open)
                return failure(open.error());
            if (*open >= MostOpen) {
                return failure(Error::Kind::Conflict,
                    u"Too many logins of this computer are open. Wait ten minutes."_s);
            }
            if (auto forgotten = forgetAttempts(connection, now - KeptMs); !forgotten)
                return forgotten;
            if (auto added = insertAttempt(connection, attempt, hash); !added)
                return added;
            return appendAudit(
                connection, now, {operatorActor(owner), u"login_begun"_s, attempt.id});
        })
        .andThen(this, [begun] { return Task<Wire::LoginBegun>::finished(begun); });
}

Task<Wire::LoginProgress> FacebookLogins::progress(const Device &device, const QString &attemptId)
{
    return m_ledger.database()
        .read<std::optional<LoginAttempt>>(
            [attemptId](Connection &connection) { return attemptById(connection, attemptId); })
        .andThen(
            this, [this, device, now = m_clock.now()](const std::optional<LoginAttempt> &found) {
                using Progress = Task<Wire::LoginProgress>;
                if (!found || found->device != device.id)
                    return Progress::finished(
                        failure(Error::Kind::NotFound, u"There is no such login."_s));
                Wire::LoginProgress progress{found->state, found->problem, found->loginId};
                if (found->state == LoginState::Exchanging && now >= found->expiresAt)
                    failStuck(found->id);
                const bool isOpen
                    = found->state == LoginState::Waiting || found->state == LoginState::Exchanging;
                if (isOpen && now >= found->expiresAt)
                    progress = {LoginState::Failed, LoginProblem::Expired, QString()};
                return Progress::finished(progress);
            });
}

void FacebookLogins::failStuck(const QString &attemptId)
{
    m_ledger
        .write([attemptId, now = m_clock.now()](Connection &connection, Ledger::Touched &) {
            return Relay::failStuck(connection, attemptId, now);
        })
        .then(this, [](const Result<> &done) {
            if (!done)
                qCWarning(logRelay) << "cannot end a login:" << done.error().detail;
        });
}

Task<FacebookLogins::Ending> FacebookLogins::finish(const Returned &returned)
{
    if (returned.state.isEmpty() || returned.state.size() > MaxStateCharacters)
        return Task<Ending>::finished(Ending{LoginProblem::Other, false, {}});
    const auto attempt = std::make_shared<std::optional<LoginAttempt>>();
    return m_ledger
        .write([attempt, hash = tokenHash(returned.state.toUtf8()), now = m_clock.now()](
                   Connection &connection, Ledger::Touched &) -> Result<> {
            const auto taken = takeAttempt(connection, hash, now);
            if (!taken)
                return failure(taken.error());
            *attempt = *taken;
            return {};
        })
        .andThen(this, [this, attempt, returned] {
            if (!*attempt)
                return Task<Ending>::finished(Ending{LoginProblem::Expired, false, {}});
            if (returned.code.isEmpty())
                return end(**attempt, problemOf(returned.error));
            return exchange(**attempt, returned.code);
        });
}

// The code for a token, that for one which lasts, and what Meta has to say of it.
Task<FacebookLogins::Ending> FacebookLogins::exchange(
    const LoginAttempt &attempt, const Secret &code)
{
    struct Known {
        Secret token;
        FacebookLogin login;
    };
    const auto known = std::make_shared<Known>();
    auto promise = std::make_shared<Promise<Ending>>();
    auto task = promise->task();
    m_calls.exchange(code, m_settings.returnUrl)
        .andThen(
            this, [this](const GrantedToken &granted) { return m_calls.lengthen(granted.token); })
        .andThen(this,
            [this, known](const GrantedToken &granted) {
                known->token = granted.token;
                return m_calls.inspect(granted.token);
            })
        .andThen(this,
            [this, known](const TokenFacts &facts) {
                if (facts.appId != m_calls.app().id)
                    return Task<QStringList>::finished(
                        failure(Error::Kind::NotFound, u"the token is for another app"_s));
                known->login.expiresAt = facts.expiresAt;
                known->login.dataAccessExpiresAt = facts.dataAccessExpiresAt;
                return m_calls.declined(known->token);
            })
        .andThen(this,
            [this, known](const QStringList &declined) {
                known->login.declined = declined;
                return m_calls.me(known->token);
            })
        .then(this, [this, attempt, known, promise](const Result<NamedNode> &person) {
            const auto pass = [promise](const Result<Ending> &ending) { promise->finish(ending); };
            if (!person) {
                qCWarning(logRelay) << "a login failed:" << person.error().detail;
                const bool otherApp = person.error().kind == Error::Kind::NotFound;
                end(attempt, otherApp ? LoginProblem::WrongApp : problemOf(person.error()))
                    .then(this, pass);
                return;
            }
            known->login.id = person->id;
            known->login.name = person->name;
            known->login.loggedInAt = m_clock.now();
            keep(attempt, known->login, known->token).then(this, pass);
        });
    return task;
}

Task<FacebookLogins::Ending> FacebookLogins::end(const LoginAttempt &attempt, LoginProblem problem)
{
    return m_ledger
        .write([id = attempt.id, problem](Connection &connection, Ledger::Touched &) {
            return endAttempt(connection, id, LoginState::Failed, problem, QString());
        })
        .andThen(this, [problem] {
            return Task<Ending>::finished(Ending{problem, true, {}});
        });
}

Task<FacebookLogins::Ending> FacebookLogins::keep(
    const LoginAttempt &attempt, const FacebookLogin &login, const Secret &token)
{
    return m_ledger
        .write([attempt, login, token, vault = m_vault, now = m_clock.now()](
                   Connection &connection, Ledger::Touched &) -> Result<> {
            const auto sealed = PageTokens::sealLogin(connection, vault, login.id, token);
            if (!sealed)
                return failure(sealed.error());
            if (auto kept = keepLogin(connection, login, *sealed); !kept)
                return kept;
            if (auto ended = endAttempt(
                    connection, attempt.id, LoginState::Done, LoginProblem::None, login.id);
                !ended)
                return ended;
            return appendAudit(
                connection, now, {u"device:"_s + attempt.device.value, u"logged_in"_s, attempt.id});
        })
        .andThen(this, [name = login.name] {
            return Task<Ending>::finished(Ending{LoginProblem::None, true, name});
        });
}

Task<Secret> FacebookLogins::tokenOf(const QString &loginId)
{
    return m_ledger.database()
        .read<QByteArray>(
            [loginId](Connection &connection) { return sealedLoginToken(connection, loginId); })
        .andThen(this, [this, loginId](const QByteArray &sealed) {
            return Task<Secret>::finished(PageTokens::openLogin(m_vault, loginId, sealed));
        });
}

} // namespace Pagedesk::Relay
