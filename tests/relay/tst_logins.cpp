// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/masterkey.h"
#include "app/relay/connect/facebooklogins.h"
#include "tests/support/await.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Now = 1'793'801'340'000;

} // namespace

// Logins under way whose end could not be stored.
class TestLogins : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anExchangeBeyondItsTimeHasFailed_data()
    {
        QTest::addColumn<qint64>("expiresAt");
        QTest::addColumn<LoginState>("state");
        QTest::newRow("in time") << Now + 1 << LoginState::Exchanging;
        QTest::newRow("over") << Now << LoginState::Failed;
    }
    void anExchangeBeyondItsTimeHasFailed()
    {
        QFETCH(const qint64, expiresAt);
        QFETCH(const LoginState, state);
        QTemporaryDir folder;
        Ledger ledger;
        PAGEDESK_SUCCEEDS(ledger.open(folder.path()));
        const auto vault = MasterKey::vaultFor(folder.path(), MasterKey::IfMissing::Make);
        PAGEDESK_SUCCEEDS(vault);
        HttpClient http;
        GraphClient graph(QUrl(u"http://127.0.0.1:1"_s), http);
        const FacebookCalls calls(graph, {u"330011"_s, Secret("s")});
        FacebookLogins logins(ledger, calls, *vault, m_clock);
        Device device;
        device.id = {u"device"_s};
        LoginAttempt attempt;
        attempt.id = u"attempt"_s;
        attempt.device = device.id;
        attempt.begunAt = Now - 600'000;
        attempt.expiresAt = expiresAt;
        attempt.state = LoginState::Exchanging;
        PAGEDESK_SUCCEEDS(await(ledger.write([&](Connection &connection, Ledger::Touched &) {
            return insertAttempt(connection, attempt, "hash");
        })));
        const auto told = await(logins.progress(device, attempt.id));
        PAGEDESK_SUCCEEDS(told);
        QCOMPARE(told->state, state);
        QCOMPARE(told->problem,
            state == LoginState::Failed ? LoginProblem::Expired : LoginProblem::None);
        // It has ended for good, not in words only.
        const auto kept = [&] {
            const auto stored = await(ledger.database().read<std::optional<LoginAttempt>>(
                [&](Connection &connection) { return attemptById(connection, attempt.id); }));
            return stored && *stored ? (*stored)->state : LoginState::Waiting;
        };
        QTRY_COMPARE(kept(), state);
        ledger.database().close();
    }

private:
    ManualClock m_clock{Now};
};

QTEST_GUILESS_MAIN(TestLogins)
#include "tst_logins.moc"
