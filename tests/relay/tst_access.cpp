// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/access.h"
#include "app/relay/access/vault.h"
#include "tests/relay/ledgerfixture.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

class TestAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ledger = std::make_unique<LedgerFixture>();
        QVERIFY(m_ledger->opened);
        QVERIFY(m_ledger->run([this](Connection &c, Ledger::Touched &) -> Result<> {
            const auto link = Access::invite(c, u"Ada"_s, Role::Agent, Now);
            if (!link)
                return failure(link.error());
            m_link = *link;
            return {};
        }));
    }

    void inviteMakesOneDevice()
    {
        const auto first = pair(m_link.secret, Now + 1000);
        QVERIFY(first);
        QVERIFY(!first->deviceToken.isEmpty());
        QCOMPARE(first->self.name, u"Ada"_s);
        QCOMPARE(pair(m_link.secret, Now + 2000).error().kind, Error::Kind::Rejected);
    }

    void inviteExpires()
    {
        QCOMPARE(
            pair(m_link.secret, Now + Access::InviteLifeMs).error().kind, Error::Kind::Rejected);
    }

    void fiveWrongCodesVoidAnInvite()
    {
        for (int i = 0; i < Access::InviteTries; ++i) {
            const auto wrong = pair(Secret("guess"), Now + i);
            QVERIFY(wrong);
            QVERIFY(wrong->deviceToken.isEmpty());
        }
        QCOMPARE(pair(m_link.secret, Now + 100).error().kind, Error::Kind::Rejected);
    }

    void tokensOpenUntilRevoked()
    {
        const auto paired = pair(m_link.secret, Now + 1);
        QVERIFY(paired);
        const std::string header = "Bearer " + paired->deviceToken.reveal().toStdString();
        QVERIFY(isKnown(header));
        QVERIFY(!isKnown(header + "x"));
        QVERIFY(!isKnown(paired->deviceToken.reveal().toStdString()));
        QVERIFY(!isKnown(""));
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            const auto revoked = revokeOperator(c, paired->self.id, Now + 2);
            return revoked ? Result<>() : failure(revoked.error());
        }));
        QVERIFY(!isKnown(header));
    }

    void sealedTokensOpenOnlyWhereTheyBelong()
    {
        const auto vault = Vault::withKey(Secret(QByteArray(64, 'a')));
        QVERIFY(vault);
        const QByteArray sealed = vault->seal(Secret("page token"), u"page:1"_s);
        QVERIFY(!sealed.contains("page token"));
        QCOMPARE(vault->open(sealed, u"page:1"_s)->reveal(), "page token");
        QVERIFY(!vault->open(sealed, u"page:2"_s));
        QVERIFY(!Vault::withKey(Secret(QByteArray(64, 'b')))->open(sealed, u"page:1"_s));
        QByteArray damaged = sealed;
        damaged[damaged.size() - 1] = static_cast<char>(damaged.back() ^ 1);
        QVERIFY(!vault->open(damaged, u"page:1"_s));
        QVERIFY(!vault->open("short", u"page:1"_s));
    }

    void recordsNameTheirKey()
    {
        const auto old = Vault::withKey(Secret(QByteArray(64, 'a')));
        const auto next = Vault::withKey(Secret(QByteArray(64, 'b')));
        const QByteArray sealed = old->seal(Secret("page token"), u"page:1"_s);
        QCOMPARE(Vault::keyIdOf(sealed), old->keyId());
        QVERIFY(old->keyId() != next->keyId());
        QVERIFY(!QByteArray(64, 'a').contains(old->keyId().toLatin1()));
    }

    void recordsFromBeforeTheyNamedTheirKeyOpen()
    {
        const auto vault = Vault::withKey(Secret(QByteArray(64, 'a')));
        // Sealed by version 0.1.0: nonce and cipher only.
        const QByteArray sealed = vault->seal(Secret("page token"), u"page:1"_s).sliced(12);
        QCOMPARE(Vault::keyIdOf(sealed), QString());
        QCOMPARE(vault->open(sealed, u"page:1"_s)->reveal(), "page token");
        QVERIFY(!Vault::withKey(Secret(QByteArray(64, 'b')))->open(sealed, u"page:1"_s));
    }

    void aKeyThatComesLaterIsAskedFor()
    {
        const Secret old(QByteArray(32, 'o'));
        const Secret next(QByteArray(32, 'n'));
        QList<Secret> there{old};
        int asked = 0;
        const auto vault = Vault::from([&]() -> Result<QList<Secret>> {
            ++asked;
            return there;
        });
        QVERIFY(vault);
        const auto other = Vault::from([&]() -> Result<QList<Secret>> { return QList{next}; });
        const QByteArray byOld = vault->seal(Secret("token"), u"page:1"_s);
        const QByteArray byNext = other->seal(Secret("token"), u"page:1"_s);
        QVERIFY(!vault->open(byNext, u"page:1"_s));
        there = {next}; // the old one is gone from the disk
        QCOMPARE(vault->open(byNext, u"page:1"_s)->reveal(), "token");
        QCOMPARE(vault->open(byOld, u"page:1"_s)->reveal(), "token");
        const int before = asked;
        QVERIFY(vault->open(byNext, u"page:1"_s));
        QCOMPARE(asked, before); // a key that is known costs nothing
        QVERIFY(vault->use(other->keyId()));
        QCOMPARE(Vault::keyIdOf(vault->seal(Secret("token"), u"page:1"_s)), other->keyId());
    }

    void masterKeyForms_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("hex") << QByteArray(64, '1') << true;
        QTest::newRow("hex with a line end") << QByteArray(64, '1') + "\n" << true;
        QTest::newRow("base64") << QByteArray(32, 'k').toBase64() << true;
        QTest::newRow("too short") << QByteArray(32, '1') << false;
        QTest::newRow("words") << QByteArray("correct horse battery staple") << false;
        QTest::newRow("empty") << QByteArray() << false;
    }
    void masterKeyForms()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, good);
        QCOMPARE(Vault::withKey(Secret(text)).has_value(), good);
    }

private:
    static constexpr qint64 Now = 1'790'000'000'000;

    Result<Wire::PairingAnswer> pair(const Secret &secret, qint64 now)
    {
        Wire::PairingAnswer answer;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            const auto paired = Access::pair(c, {m_link.inviteId, secret, u"desk"_s}, now);
            if (!paired)
                return failure(paired.error());
            answer = *paired;
            return {};
        });
        if (!done)
            return failure(done.error());
        return answer;
    }

    bool isKnown(const std::string &authorization)
    {
        bool known = false;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            known = Access::authenticate(c, authorization).has_value();
            return {};
        });
        return done && known;
    }

    std::unique_ptr<LedgerFixture> m_ledger;
    Wire::PairingLink m_link;
};

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
