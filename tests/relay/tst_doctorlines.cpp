// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/doctorlines.h"
#include "models/messenger/graphversion.h"

#include <QDateTime>
#include <QJsonDocument>
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
        facts.page.settings.humanAgent = HumanAgentUse::Yes;
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).state, CheckState::Good);
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).reason, u"not_tried"_s);
        facts.page.health.care.agentConfirmedAt = 7;
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).reason, QString());
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).number, 7);
        facts.page.settings.humanAgent = HumanAgentUse::No;
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).reason, u"off"_s);
        facts.page.health.care.agentRefusedAt = 9;
        facts.page.health.care.agentProblem = u"10/2018278"_s;
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).state, CheckState::Warning);
        QCOMPARE(lineOf(PageCheck::HumanAgent, facts).text, u"10/2018278"_s);
    }

    // What Meta says of who has a conversation.
    void owners_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("held");
        QTest::newRow("another") << QByteArray(R"({"data":[{"thread_owner":{"app_id":"5"}}]})")
                                 << true;
        QTest::newRow("a number") << QByteArray(R"({"data":[{"thread_owner":{"app_id":5}}]})")
                                  << true;
        QTest::newRow("we") << QByteArray(R"({"data":[{"thread_owner":{"app_id":"1"}}]})") << false;
        QTest::newRow("not told") << QByteArray(R"({"data":[{"thread_owner":{}}]})") << true;
        QTest::newRow("idle") << QByteArray(R"({"data":[]})") << false;
        QTest::newRow("nothing said") << QByteArray("{}") << true;
    }
    void owners()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, held);
        Conversation conversation;
        conversation.ownerApp = u"5"_s;
        const QJsonObject object = QJsonDocument::fromJson(answer).object();
        QCOMPARE(isHeldByOther(object, conversation, u"1"_s), held);
        QCOMPARE(ownerLine(2).number, 2);
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
