// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/pageconnection.h"
#include "models/store/query.h"

// People who logged in at Facebook to connect Pages, and logins under way.
namespace Pagedesk::Relay {

struct LoginAttempt {
    QString id;
    DeviceId device; // only this one hears how it ends
    qint64 begunAt = 0; // ms UTC
    qint64 expiresAt = 0;
    LoginState state = LoginState::Waiting;
    LoginProblem problem = LoginProblem::None;
    QString loginId;
};

Result<> insertAttempt(
    Connection &connection, const LoginAttempt &attempt, const QByteArray &stateHash);
Result<std::optional<LoginAttempt>> attemptById(Connection &connection, const QString &id);
// Uses a state up: the attempt that waits for it, once. Nothing for a state that is unknown, used
// or expired.
Result<std::optional<LoginAttempt>> takeAttempt(
    Connection &connection, const QByteArray &stateHash, qint64 now);
Result<> endAttempt(Connection &connection, const QString &id, LoginState state,
    LoginProblem problem, const QString &loginId);
// One that was being exchanged beyond its time, whose end could not be stored.
Result<> failStuck(Connection &connection, const QString &id, qint64 now);
// Attempts whose time was over before `before` are forgotten.
Result<> forgetAttempts(Connection &connection, qint64 before);
// Attempts that were being exchanged when the relay ended.
Result<> failInterrupted(Connection &connection);
// How many are waiting for a device.
Result<int> waitingAttempts(Connection &connection, const DeviceId &device, qint64 now);

// Keeps a login, or takes the place of an older one of the same person.
Result<> keepLogin(
    Connection &connection, const FacebookLogin &login, const QByteArray &sealedToken);
Result<QList<FacebookLogin>> allLogins(Connection &connection);
Result<std::optional<FacebookLogin>> loginById(Connection &connection, const QString &id);
Result<QByteArray> sealedLoginToken(Connection &connection, const QString &id); // NotFound
Result<> replaceSealedLoginToken(
    Connection &connection, const QString &id, const QByteArray &sealed);

// What Meta says of a login now. One that was ended stays so.
Result<> noteLoginFacts(Connection &connection, const QString &id, bool valid, qint64 expiresAt,
    qint64 dataAccessExpiresAt);

// The person took the app's rights away: the login is void, unless it is newer than `at`. The Pages
// that were connected with it.
Result<QList<PageId>> endLogin(Connection &connection, const QString &id, qint64 at);
// Everything that is stored under a person's id. False when there was nothing.
Result<bool> forgetLogin(Connection &connection, const QString &id);

} // namespace Pagedesk::Relay
