// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/audit.h"
#include "tests/relay/ledgerfixture.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

// Whatever is done to the chain behind the relay's back is seen.
class TestAudit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ledger = std::make_unique<LedgerFixture>();
        QVERIFY(m_ledger->opened);
        for (int i = 1; i <= 5; ++i) {
            QVERIFY(m_ledger->run([i](Connection &c, Ledger::Touched &) {
                return appendAudit(
                    c, 1000 + i, {u"operator:o"_s, u"mark_read"_s, u"c%1"_s.arg(i), u"d"_s});
            }));
        }
    }

    void anUntouchedChainIsRight()
    {
        const auto check = checked();
        QCOMPARE(check.fault, QString());
        QCOMPARE(check.entries, 5);
        QCOMPARE(check.head.size(), 32);
    }

    void aChangeThatWasRolledBackIsNotInIt()
    {
        QVERIFY(!m_ledger->run([](Connection &c, Ledger::Touched &) -> Result<> {
            if (auto added = appendAudit(c, 2000, {u"x"_s, u"y"_s, u"z"_s}); !added)
                return added;
            return failure(Error::Kind::Rejected, u"no"_s);
        }));
        QCOMPARE(checked().entries, 5);
        QCOMPARE(checked().fault, QString());
    }

    void tamperingIsSeen_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("fault");
        const QString changed = u"entry 3 was changed"_s;
        QTest::newRow("time") << u"UPDATE audit SET at = at + 1 WHERE id = 3"_s << changed;
        QTest::newRow("actor") << u"UPDATE audit SET actor = 'x' WHERE id = 3"_s << changed;
        QTest::newRow("action") << u"UPDATE audit SET action = 'x' WHERE id = 3"_s << changed;
        QTest::newRow("subject") << u"UPDATE audit SET subject = 'x' WHERE id = 3"_s << changed;
        QTest::newRow("detail") << u"UPDATE audit SET detail = '' WHERE id = 3"_s << changed;
        QTest::newRow("words moved between fields")
            << u"UPDATE audit SET subject = subject || detail, detail = '' WHERE id = 3"_s
            << changed;
        QTest::newRow("hash") << u"UPDATE audit SET hash = x'00' WHERE id = 3"_s << changed;
        QTest::newRow("taken out")
            << u"DELETE FROM audit WHERE id = 3"_s << u"entry 3 is missing"_s;
        QTest::newRow("cut at the end")
            << u"DELETE FROM audit WHERE id > 3"_s << u"entry 4 is missing"_s;
        QTest::newRow("cut at the front")
            << u"DELETE FROM audit WHERE id < 3"_s << u"entry 1 is missing"_s;
        QTest::newRow("emptied") << u"DELETE FROM audit"_s << u"entry 1 is missing"_s;
        QTest::newRow("added") << u"INSERT INTO audit VALUES (6, 1, 'a', 'b', 'c', 'd', x'00')"_s
                               << u"entry 6 was changed"_s;
        QTest::newRow("put before")
            << u"INSERT INTO audit VALUES (-1, 1, 'a', 'b', 'c', 'd', x'00')"_s
            << u"entry 1 is missing"_s;
        QTest::newRow("head changed")
            << u"UPDATE audit_head SET hash = x'01'"_s << u"the head is not that of entry 5"_s;
        QTest::newRow("head gone")
            << u"DELETE FROM audit_head"_s << u"the head of the audit chain is missing"_s;
    }
    void tamperingIsSeen()
    {
        QFETCH(QString, sql);
        QFETCH(QString, fault);
        QVERIFY(m_ledger->run([&sql](Connection &c, Ledger::Touched &) { return c.run(sql); }));
        QCOMPARE(checked().fault, fault);
    }

private:
    AuditCheck checked()
    {
        AuditCheck check;
        const auto done = m_ledger->run([&check](Connection &c, Ledger::Touched &) -> Result<> {
            const auto found = checkAudit(c);
            if (!found)
                return failure(found.error());
            check = *found;
            return {};
        });
        if (!done)
            check.fault = done.error().detail;
        return check;
    }

    std::unique_ptr<LedgerFixture> m_ledger;
};

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
