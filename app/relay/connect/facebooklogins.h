// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/connect/facebookcalls.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/logins.h"
#include "app/relay/ledger/people.h"
#include "models/base/clock.h"
#include "models/wire/connecting.h"

#include <QObject>

namespace Pagedesk::Relay {

// Where people log in, and what is asked of them there.
struct LoginSettings {
    QUrl dialogUrl; // "https://www.facebook.com" unless a sandbox plays it
    QUrl returnUrl; // this relay's callback, exactly as Meta's app settings have it
    QString configId; // of Facebook Login for Business; empty: the permissions are named
};

// Logins at Facebook from begin to end: the address of the dialog, what comes back, and the token
// that is kept, sealed. Codes and tokens never leave the relay.
class FacebookLogins : public QObject {
    Q_OBJECT

public:
    FacebookLogins(Ledger &ledger, const FacebookCalls &calls, const Vault &vault,
        const Clock &clock, QObject *parent = nullptr);

    // The callback of a relay that is reached there.
    static QUrl returnUrlOf(const QUrl &relay);
    void useSettings(const LoginSettings &settings) { m_settings = settings; }
    // Forgets what was under way when the relay ended.
    void start();

    // Rejected with a sentence when the relay is not set up for it. Conflict: too many are open.
    Task<Wire::LoginBegun> begin(const Device &device, const Wire::BeginLogin &asked);
    // NotFound: not an attempt of this device.
    Task<Wire::LoginProgress> progress(const Device &device, const QString &attemptId);

    // What the browser was sent back with. Every way ends in a sentence for the person who reads
    // it.
    struct Returned {
        QString state;
        Secret code;
        QString error; // Meta's word for why there is no code
    };
    struct Ending {
        LoginProblem problem = LoginProblem::None;
        bool known = false; // false: nobody waits for this return; nothing was changed
        QString name; // who logged in
    };
    Task<Ending> finish(const Returned &returned);

    // The token of a login. NotFound; Unauthorized when its key is not there.
    Task<Secret> tokenOf(const QString &loginId);

private:
    Result<QUrl> dialogFor(const QByteArray &state, bool askAgain) const;
    void failStuck(const QString &attemptId);
    Task<Ending> exchange(const LoginAttempt &attempt, const Secret &code);
    Task<Ending> end(const LoginAttempt &attempt, LoginProblem problem);
    Task<Ending> keep(const LoginAttempt &attempt, const FacebookLogin &login, const Secret &token);

    Ledger &m_ledger;
    const FacebookCalls &m_calls;
    const Vault &m_vault;
    const Clock &m_clock;
    LoginSettings m_settings;
};

} // namespace Pagedesk::Relay
