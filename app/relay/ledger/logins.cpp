// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/logins.h"

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

Result<> done(const Result<qint64> &changed)
{
    return changed ? Result<>() : failure(changed.error());
}

LoginAttempt attemptFrom(const Row &row)
{
    LoginAttempt attempt;
    attempt.id = row.text(0);
    attempt.device = {row.text(1)};
    attempt.begunAt = row.integer(2);
    attempt.expiresAt = row.integer(3);
    attempt.state = static_cast<LoginState>(row.number(4));
    attempt.problem = static_cast<LoginProblem>(row.number(5));
    attempt.loginId = row.text(6);
    return attempt;
}

FacebookLogin loginFrom(const Row &row)
{
    FacebookLogin login;
    login.id = row.text(0);
    login.name = row.text(1);
    login.loggedInAt = row.integer(2);
    login.expiresAt = row.integer(3);
    login.dataAccessExpiresAt = row.integer(4);
    login.valid = row.flag(5);
    login.declined = row.text(6).split(u',', Qt::SkipEmptyParts);
    return login;
}

#define PAGEDESK_LOGIN_COLUMNS                                                                     \
    "id, name, logged_in_at, expires_at, data_access_expires_at, valid, declined"
#define PAGEDESK_ATTEMPT_COLUMNS "id, device_id, begun_at, expires_at, state, problem, login_id"

} // namespace

Result<> insertAttempt(
    Connection &connection, const LoginAttempt &attempt, const QByteArray &stateHash)
{
    constexpr const char *Sql
        = "INSERT INTO login_attempt (id, state_hash, device_id, begun_at, expires_at, state, "
          "problem, login_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    return done(connection.exec(Sql,
        {attempt.id, stateHash, attempt.device.value, attempt.begunAt, attempt.expiresAt,
            static_cast<int>(attempt.state), static_cast<int>(attempt.problem), attempt.loginId}));
}

Result<std::optional<LoginAttempt>> attemptById(Connection &connection, const QString &id)
{
    constexpr const char *Sql
        = "SELECT " PAGEDESK_ATTEMPT_COLUMNS " FROM login_attempt WHERE id = ?";
    return connection.one(Sql, {id}, attemptFrom);
}

Result<std::optional<LoginAttempt>> takeAttempt(
    Connection &connection, const QByteArray &stateHash, qint64 now)
{
    constexpr const char *Find = "SELECT " PAGEDESK_ATTEMPT_COLUMNS " FROM login_attempt "
                                 "WHERE state_hash = ? AND state = ? AND expires_at > ?";
    auto found = connection.one(
        Find, {stateHash, static_cast<int>(LoginState::Waiting), now}, attemptFrom);
    if (!found || !*found)
        return found;
    const auto taken = endAttempt(
        connection, (*found)->id, LoginState::Exchanging, LoginProblem::None, QString());
    if (!taken)
        return failure(taken.error());
    (*found)->state = LoginState::Exchanging;
    return found;
}

Result<> endAttempt(Connection &connection, const QString &id, LoginState state,
    LoginProblem problem, const QString &loginId)
{
    constexpr const char *Sql
        = "UPDATE login_attempt SET state = ?, problem = ?, login_id = ? WHERE id = ?";
    return done(
        connection.exec(Sql, {static_cast<int>(state), static_cast<int>(problem), loginId, id}));
}

Result<> failStuck(Connection &connection, const QString &id, qint64 now)
{
    constexpr const char *Sql = "UPDATE login_attempt SET state = ?, problem = ? WHERE id = ? AND "
                                "state = ? AND expires_at <= ?";
    return done(connection.exec(Sql,
        {static_cast<int>(LoginState::Failed), static_cast<int>(LoginProblem::Expired), id,
            static_cast<int>(LoginState::Exchanging), now}));
}

Result<> forgetAttempts(Connection &connection, qint64 before)
{
    constexpr const char *Sql = "DELETE FROM login_attempt WHERE expires_at < ?";
    return done(connection.exec(Sql, {before}));
}

Result<> failInterrupted(Connection &connection)
{
    constexpr const char *Sql = "UPDATE login_attempt SET state = ?, problem = ? WHERE state = ?";
    return done(connection.exec(Sql,
        {static_cast<int>(LoginState::Failed), static_cast<int>(LoginProblem::Other),
            static_cast<int>(LoginState::Exchanging)}));
}

Result<int> waitingAttempts(Connection &connection, const DeviceId &device, qint64 now)
{
    constexpr const char *Sql = "SELECT count(*) FROM login_attempt WHERE device_id = ? AND "
                                "state = ? AND expires_at > ?";
    const auto count
        = connection.one(Sql, {device.value, static_cast<int>(LoginState::Waiting), now},
            [](const Row &row) { return row.number(0); });
    if (!count)
        return failure(count.error());
    return count->value_or(0);
}

Result<> keepLogin(
    Connection &connection, const FacebookLogin &login, const QByteArray &sealedToken)
{
    constexpr const char *Sql
        = "INSERT INTO facebook_login (id, name, sealed_token, logged_in_at, expires_at, "
          "data_access_expires_at, valid, declined) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
          "ON CONFLICT (id) DO UPDATE SET name = excluded.name, sealed_token = "
          "excluded.sealed_token, logged_in_at = excluded.logged_in_at, expires_at = "
          "excluded.expires_at, data_access_expires_at = excluded.data_access_expires_at, valid = "
          "excluded.valid, declined = excluded.declined";
    return done(connection.exec(Sql,
        {login.id, login.name, sealedToken, login.loggedInAt, login.expiresAt,
            login.dataAccessExpiresAt, login.valid, login.declined.join(u',')}));
}

Result<QList<FacebookLogin>> allLogins(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT " PAGEDESK_LOGIN_COLUMNS " FROM facebook_login ORDER BY name, id";
    return connection.all(Sql, {}, loginFrom);
}

Result<std::optional<FacebookLogin>> loginById(Connection &connection, const QString &id)
{
    constexpr const char *Sql
        = "SELECT " PAGEDESK_LOGIN_COLUMNS " FROM facebook_login WHERE id = ?";
    return connection.one(Sql, {id}, loginFrom);
}

Result<QByteArray> sealedLoginToken(Connection &connection, const QString &id)
{
    constexpr const char *Sql = "SELECT sealed_token FROM facebook_login WHERE id = ?";
    const auto sealed = connection.one(Sql, {id}, [](const Row &row) { return row.bytes(0); });
    if (!sealed)
        return failure(sealed.error());
    if (!*sealed)
        return failure(Error::Kind::NotFound, u"there is no such login"_s);
    return **sealed;
}

Result<> replaceSealedLoginToken(
    Connection &connection, const QString &id, const QByteArray &sealed)
{
    constexpr const char *Sql = "UPDATE facebook_login SET sealed_token = ? WHERE id = ?";
    return done(connection.exec(Sql, {sealed, id}));
}

Result<> noteLoginFacts(Connection &connection, const QString &id, bool valid, qint64 expiresAt,
    qint64 dataAccessExpiresAt)
{
    constexpr const char *Invalid = "UPDATE facebook_login SET valid = 0 WHERE id = ?";
    constexpr const char *Dates = "UPDATE facebook_login SET expires_at = ?, "
                                  "data_access_expires_at = ? WHERE id = ?";
    if (!valid)
        return done(connection.exec(Invalid, {id}));
    return done(connection.exec(Dates, {expiresAt, dataAccessExpiresAt, id}));
}

Result<QList<PageId>> endLogin(Connection &connection, const QString &id, qint64 at)
{
    constexpr const char *End
        = "UPDATE facebook_login SET valid = 0 WHERE id = ? AND logged_in_at <= ?";
    constexpr const char *Pages = "SELECT id FROM page WHERE login_id = ?";
    const auto ended = connection.exec(End, {id, at});
    if (!ended)
        return failure(ended.error());
    if (*ended == 0)
        return QList<PageId>();
    return connection.all(Pages, {id}, [](const Row &row) { return PageId{row.text(0)}; });
}

Result<bool> forgetLogin(Connection &connection, const QString &id)
{
    constexpr const char *Pages = "UPDATE page SET login_id = '' WHERE login_id = ?";
    constexpr const char *Attempts = "UPDATE login_attempt SET login_id = '' WHERE login_id = ?";
    constexpr const char *Login = "DELETE FROM facebook_login WHERE id = ?";
    for (const char *sql : {Pages, Attempts}) {
        if (const auto cleared = connection.exec(sql, {id}); !cleared)
            return failure(cleared.error());
    }
    const auto removed = connection.exec(Login, {id});
    if (!removed)
        return failure(removed.error());
    return *removed > 0;
}

} // namespace Pagedesk::Relay
