// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/pagestore.h"
#include "tests/e2e/peopleclient.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 20'000;
constexpr qint64 HourMs = 3'600'000;
const QString Rosa = u"24000000000000888"_s;
const ConversationId Thread{u"70044-"_s + Rosa};

} // namespace

// Answers between 24 hours and 7 days: only for a Page that may, only for somebody who has chosen
// it. Desktops, a real relay, and the sandbox as Meta.
class TestHumanAgent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/desk"_s);
        QVERIFY(m_desk->start());
        PAGEDESK_SUCCEEDS(m_desk->pair(m_world->invite(u"Ada"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        m_admin = std::make_unique<PeopleSocket>(
            m_world->relayUrl(), m_world->deviceToken(u"Root"_s, u"admin"_s));
        QVERIFY(m_admin->join());
        writesBefore(30);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->conversation(Thread), Patience);
    }
    void cleanup()
    {
        m_admin.reset();
        m_desk.reset();
        m_world.reset();
    }

    void nobodyKnowsAtFirst()
    {
        QCOMPARE(page().humanAgent, false);
        QCOMPARE(page().settings.humanAgent, HumanAgentUse::NotKnown);
        const auto sent = await(m_desk->outbox.send(Thread, u"Late"_s, {}, Late));
        QVERIFY(!sent);
        QCOMPARE(sent.error().detail, failureKindName(FailureKind::WindowClosed));
    }

    // Without the choice there is no way, neither on the desktop nor past it.
    void onlyWhoHasChosenIt()
    {
        say(HumanAgentUse::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(page().humanAgent, true, Patience);
        const auto sent = await(m_desk->outbox.send(Thread, u"Late"_s));
        QVERIFY(!sent);
        QCOMPARE(sent.error().detail, failureKindName(FailureKind::WindowClosed));
        const Wire::SendReply raw{{newUuid(1)}, Thread, u"Late"_s, m_desk->clock.now()};
        const auto refused = answerTo(raw);
        QVERIFY(refused);
        QCOMPARE(refused->kind, Error::Kind::Rejected);
        QCOMPARE(refused->detail, failureKindName(FailureKind::WindowClosed));
        QCOMPARE(m_world->copiesAtCustomer(Rosa, u"Late"_s), 0);
    }

    void aReplyConfirmsIt()
    {
        say(HumanAgentUse::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(page().humanAgent, true, Patience);
        const qint64 before = m_desk->clock.now();
        const auto sent = await(m_desk->outbox.send(Thread, u"It is here now"_s, {}, Late));
        PAGEDESK_SUCCEEDS(sent);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_world->copiesAtCustomer(Rosa, u"It is here now"_s), 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(page().health.care.agentConfirmedAt >= before, Patience);
        QCOMPARE(page().settings.humanAgent, HumanAgentUse::Yes);
        QCOMPARE(m_desk->message(Thread, *sent)->details.humanAgent, true);
        // The date is of the first one.
        const qint64 since = page().health.care.agentConfirmedAt;
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Thread, u"And open"_s, {}, Late)));
        QTRY_COMPARE_WITH_TIMEOUT(m_world->copiesAtCustomer(Rosa, u"And open"_s), 1, Patience);
        QCOMPARE(page().health.care.agentConfirmedAt, since);
    }

    // The choice is no tag: within 24 hours a reply is like any other, also for a Page without it.
    void withinADayItIsAnOrdinaryReply()
    {
        metaGrants(false);
        say(HumanAgentUse::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(page().humanAgent, true, Patience);
        writesBefore(1);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->thread(Thread).size(), 2, Patience);
        PAGEDESK_SUCCEEDS(await(m_desk->outbox.send(Thread, u"Ordinary"_s, {}, Late)));
        QTRY_COMPARE_WITH_TIMEOUT(m_world->copiesAtCustomer(Rosa, u"Ordinary"_s), 1, Patience);
        QCOMPARE(page().health.care.agentConfirmedAt, 0);
        QCOMPARE(page().humanAgent, true);
    }

    void refusals_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("subcode");
        QTest::addColumn<QString>("problem");
        QTest::newRow("without the feature") << 0 << 0 << u"10/2018278"_s;
        QTest::newRow("the tag") << 100 << 1893061 << u"100/1893061"_s;
        QTest::newRow("a permission that is there") << 10 << 0 << u"10/0"_s;
    }
    void refusals()
    {
        QFETCH(const int, code);
        QFETCH(const int, subcode);
        QFETCH(const QString, problem);
        if (code == 0)
            metaGrants(false);
        else
            m_world->fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s}, {u"code"_s, code},
                {u"subcode"_s, subcode}, {u"count"_s, -1}});
        say(HumanAgentUse::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(page().humanAgent, true, Patience);
        const auto sent = await(m_desk->outbox.send(Thread, u"Late"_s, {}, Late));
        PAGEDESK_SUCCEEDS(sent);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_desk->message(Thread, *sent)->failure, FailureKind::HumanAgentMissing, 60'000);
        QCOMPARE(m_desk->message(Thread, *sent)->text, u"Late"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page().settings.humanAgent, HumanAgentUse::No, Patience);
        QCOMPARE(page().humanAgent, false);
        QCOMPARE(page().health.care.agentProblem, problem);
        QVERIFY(page().health.care.agentRefusedAt > 0);
        QCOMPARE(page().state, PageState::Connected); // nothing else is wrong with it
        // The desktop says so from now on, and so does the relay.
        QVERIFY(!await(m_desk->outbox.send(Thread, u"Again"_s, {}, Late)));
        QCOMPARE(m_world->copiesAtCustomer(Rosa, u"Late"_s), 0);
        // An admin who says yes again begins anew.
        say(HumanAgentUse::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(page().humanAgent, true, Patience);
        QCOMPARE(page().health.care.agentRefusedAt, 0);
        QVERIFY(page().health.care.agentProblem.isEmpty());
    }

private:
    static constexpr auto Late = Outbox::As::HumanAgent;

    QJsonObject post(const QString &path, const QJsonObject &body)
    {
        const auto answer = http("POST", m_world->sandboxUrl(u"/_sandbox/"_s + path),
            QJsonDocument(body).toJson(QJsonDocument::Compact));
        if (answer.status != 200)
            qWarning("%s", answer.body.constData());
        return answer.json();
    }
    void writesBefore(int hours)
    {
        post(u"customers/%1/messages"_s.arg(Rosa),
            {{u"pageId"_s, u"70044"_s}, {u"text"_s, u"Is it there yet?"_s},
                {u"at"_s, m_desk->clock.now() - hours * HourMs}});
    }
    void metaGrants(bool granted)
    {
        post(u"pages/70044/messaging"_s, {{u"humanAgent"_s, granted}});
    }
    std::optional<Error> answerTo(const Wire::CommandBody &body)
    {
        const CommandId id{newUuid(3)};
        m_admin->send(Wire::Command{id, body});
        const auto result = m_admin->wait<Wire::CommandResult>(
            [id](const Wire::CommandResult &each) { return each.id == id; });
        return result ? result->error : Error{Error::Kind::Timeout, u"no answer"_s};
    }
    void say(HumanAgentUse use)
    {
        PageSettings settings;
        settings.humanAgent = use;
        QVERIFY(!answerTo(Wire::SetPageSettings{{u"70044"_s}, settings, {}}));
    }
    Page page()
    {
        const auto pages = await(m_desk->replica.read<QList<Page>>(&PageStore::all));
        for (const Page &page : pages.value_or(QList<Page>())) {
            if (page.id.value == u"70044")
                return page;
        }
        return {};
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
    std::unique_ptr<PeopleSocket> m_admin;
};

QTEST_GUILESS_MAIN(TestHumanAgent)
#include "tst_humanagent.moc"
