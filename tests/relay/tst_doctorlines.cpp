// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/doctorlines.h"
#include "models/messenger/graphversion.h"

#include <QDateTime>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Now = 1'790'000'000'000;

DiagnosisLine lineOf(PageCheck check, const LedgerFacts &facts)
{
    for (const DiagnosisLine &line : linesFromLedger(facts, Now)) {
        if (line.check == check)
            return line;
    }
    return {};
}

} // namespace

// What becomes of a line of the Page doctor at its limits, which no simulated Facebook reaches.
class TestDoctorLines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usage_data()
    {
        QTest::addColumn<int>("percent");
        QTest::addColumn<CheckState>("state");
        QTest::newRow("none") << 0 << CheckState::Good;
        QTest::newRow("less than much") << 74 << CheckState::Good;
        QTest::newRow("much") << 75 << CheckState::Warning;
        QTest::newRow("nearly all") << 99 << CheckState::Warning;
        QTest::newRow("all") << 100 << CheckState::Bad;
    }
    void usage()
    {
        QFETCH(const int, percent);
        QFETCH(const CheckState, state);
        QCOMPARE(usageLine(percent).state, state);
        QCOMPARE(usageLine(percent).number, percent);
    }

    void humanAgent()
    {
        LedgerFacts facts;
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).state, CheckState::Unknown);
        facts.page.humanAgent = true;
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).state, CheckState::Good);
    }

    void delay_data()
    {
        QTest::addColumn<qint64>("lag");
        QTest::addColumn<CheckState>("state");
        QTest::newRow("not known") << qint64(-1) << CheckState::Unknown;
        QTest::newRow("none") << qint64(0) << CheckState::Good;
        QTest::newRow("short") << qint64(59'999) << CheckState::Good;
        QTest::newRow("long") << qint64(60'000) << CheckState::Warning;
    }
    void delay()
    {
        QFETCH(const qint64, lag);
        QFETCH(const CheckState, state);
        LedgerFacts facts;
        facts.lag = lag;
        QCOMPARE(lineOf(PageCheck::Delay, facts).state, state);
        QCOMPARE(lineOf(PageCheck::Delay, facts).number, std::max<qint64>(lag, 0));
    }

    // The day is Meta's; nobody may be told that a version has no end when it has one.
    void endsOfVersions()
    {
        const auto day = [](const char *name) {
            return QDateTime::fromMSecsSinceEpoch(
                graphVersionEndsAt(QLatin1StringView(name)), Qt::UTC);
        };
        QCOMPARE(day("v25.0"), QDateTime(QDate(2028, 7, 29), QTime(0, 0), Qt::UTC));
        QCOMPARE(day("v20.0"), QDateTime(QDate(2026, 9, 24), QTime(0, 0), Qt::UTC));
        QCOMPARE(graphVersionEndsAt("v26.0"_L1), 0);
        QCOMPARE(graphVersionEndsAt("v3.2"_L1), 1);
    }
};

QTEST_GUILESS_MAIN(TestDoctorLines)
#include "tst_doctorlines.moc"
