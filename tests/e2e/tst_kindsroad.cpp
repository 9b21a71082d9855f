// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/pagestore.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 T = 1'790'000'000'000;
const ConversationId Thread{u"70044-24000000000000777"_s};

// An item between the customer and the Page, with quotes that C++ has no use for.
QByteArray body(qint64 at, const char *inside, const char *list = "messaging")
{
    QByteArray text = "{'object':'page','entry':[{'id':'70044','time':1,'";
    text += list;
    text += "':[{'sender':{'id':'24000000000000777'},'recipient':{'id':'70044'},'timestamp':";
    text += QByteArray::number(at) + ',' + inside + "}]}]}";
    return text.replace('\'', '"');
}

} // namespace

// Every rarer kind of event on its way from the webhook to a desktop's replica.
class TestKindsRoad : public QObject {
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
    }
    void cleanup()
    {
        m_desk.reset();
        m_world.reset();
    }

    void changesReachADesktopInAnyOrder()
    {
        deliver(T + 20, "'message_edit':{'mid':'m_1','text':'two','num_edit':1}");
        deliver(T + 30, "'reaction':{'mid':'m_1','action':'react','reaction':'love'}");
        deliver(T, "'message':{'mid':'m_1','text':'one'}");
        deliver(T + 40, "'message':{'mid':'m_1','is_deleted':true}");
        deliver(T + 10, "'postback':{'mid':'m_2','title':'Menu','payload':'MENU'}");
        deliver(T + 5, "'referral':{'ref':'flyer','source':'SHORTLINK'}");
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->thread(Thread).size(), 3, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->thread(Thread).first().details.unsentAt > 0, 20'000);
        const auto thread = m_desk->thread(Thread);
        QCOMPARE(thread.at(0).text, u"two"_s);
        QCOMPARE(thread.at(0).details.earlier.constFirst().text, u"one"_s);
        QCOMPARE(thread.at(0).details.reactions.constFirst().emoji, u"❤"_s);
        QCOMPARE(thread.at(0).details.unsentAt, T + 40);
        QCOMPARE(thread.at(1).details.notice, Notice::Referral); // late, and in its place
        QCOMPARE(thread.at(2).details.notice, Notice::Postback);
        QCOMPARE(m_desk->conversation(Thread)->unread, 2);
        for (const QJsonObject &line : m_world->lines({u"events"_s}))
            QCOMPARE(line.value(u"state"_s).toString(), u"projected"_s);
    }

    void anotherAppTakesTheConversation()
    {
        QCOMPARE(m_world->deliver(body(T, "'message':{'mid':'m_1','text':'to the bot'}", "standby"))
                     .status,
            200);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_desk->conversation(Thread) && !m_desk->conversation(Thread)->ownerApp.isEmpty(),
            20'000);
        QCOMPARE(m_desk->thread(Thread).constFirst().details.standby, true);
        deliver(T + 10, "'message':{'mid':'m_2','text':'to you'}");
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->conversation(Thread)->ownerApp.isEmpty(), 20'000);
    }

    void thePageIsToldOfPolicyAndRepetitions()
    {
        for (int i = 0; i < 4; ++i)
            deliver(T, "'message':{'mid':'m_1','text':'again'}");
        deliver(T, "'policy_enforcement':{'action':'warning','reason':'Too many complaints'}");
        const auto health = [this] {
            const auto pages = m_desk->replica.read<QList<Page>>(&PageStore::all);
            const auto read = await(pages);
            for (const Page &page : read.value_or(QList<Page>())) {
                if (page.id.value == u"70044")
                    return page.health;
            }
            return PageHealth();
        };
        QTRY_COMPARE_WITH_TIMEOUT(health().policyAction, u"warning"_s, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(health().suppressed, 3, 20'000);
    }

    void aMessageTellsHowItCame()
    {
        deliver(T, "'message':{'mid':'m_1','text':'one'}");
        deliver(T + 20, "'message_edit':{'mid':'m_1','text':'two','num_edit':1}");
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->thread(Thread).size(), 1, 20'000);
        const auto id = m_desk->thread(Thread).constFirst().id;
        const auto inspection = await(m_desk->threads.inspect(id));
        QVERIFY(inspection);
        QCOMPARE(inspection->events.size(), 2);
        QVERIFY(inspection->events.constFirst().raw.contains(u"\"mid\":\"m_1\""));
        QVERIFY(inspection->storedAt > 0);
        const auto unknown = await(m_desk->threads.inspect({u"nobody"_s}));
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
    }

private:
    void deliver(qint64 at, const char *inside)
    {
        QCOMPARE(m_world->deliver(body(at, inside)).status, 200);
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
};

QTEST_GUILESS_MAIN(TestKindsRoad)
#include "tst_kindsroad.moc"
