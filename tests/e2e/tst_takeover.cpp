// SPDX-License-Identifier: GPL-3.0-or-later
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
const QString Rosa = u"24000000000000777"_s;
const ConversationId Thread{u"70044-"_s + Rosa};
const QString PageInbox = u"263902037430900"_s;

} // namespace

// A conversation that another app holds, and how it comes back: desktops, a real relay, and the
// sandbox as Meta.
class TestTakeOver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, u"330011"_s);
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_ada = join(u"Ada"_s);
        m_world->customerWrites(Rosa, u"Are you open?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->conversation(Thread), Patience);
    }
    void cleanup()
    {
        m_ada.reset();
        m_world.reset();
    }

    void whatAnotherAppHoldsIsNotAnswered()
    {
        anotherAppTakes();
        QTRY_COMPARE_WITH_TIMEOUT(lines(), QList{Notice::ControlTaken}, Patience);
        // Here it is refused at once, and what was written stays.
        m_ada->drafts.set(Thread, u"Until six"_s);
        const auto sent = await(m_ada->outbox.send(Thread, u"Until six"_s));
        QVERIFY(!sent);
        QCOMPARE(sent.error().detail, failureKindName(FailureKind::NotThreadOwner));
        const auto draft = await(m_ada->drafts.text(Thread));
        QVERIFY(draft);
        QCOMPARE(*draft, u"Until six"_s);
        // What the customer writes meanwhile comes all the same, and it stays the other app's.
        m_world->customerWrites(Rosa, u"Hello?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->thread(Thread).constLast().text, u"Hello?"_s, Patience);
        QCOMPARE(m_ada->thread(Thread).constLast().details.standby, true);
        QCOMPARE(held().ownerApp, PageInbox);
        QCOMPARE(committed(), 0);
    }

    // The relay says no to desktops that do not know, or do not care, and to what waits with it.
    void theRelayRefusesToo()
    {
        PeopleSocket socket(m_world->relayUrl(), m_world->deviceToken(u"Eve"_s));
        QVERIFY(socket.join());
        Wire::SendReply waiting{{newUuid(1)}, Thread, u"Wait for it"_s, m_ada->clock.now()};
        waiting.holdMs = 4000;
        QVERIFY(!answerTo(socket, waiting));
        anotherAppTakes();
        const auto refused = answerTo(
            socket, Wire::SendReply{{newUuid(2)}, Thread, u"Until six"_s, m_ada->clock.now()});
        QVERIFY(refused);
        QCOMPARE(refused->kind, Error::Kind::Rejected);
        QCOMPARE(refused->detail, failureKindName(FailureKind::NotThreadOwner));
        const auto kept = [&] { return m_ada->message(Thread, waiting.messageId); };
        QTRY_VERIFY_WITH_TIMEOUT(kept() && kept()->state == DeliveryState::Failed, Patience);
        QCOMPARE(kept()->failure, FailureKind::NotThreadOwner);
        QCOMPARE(kept()->text, u"Wait for it"_s);
        QCOMPARE(committed(), 0);
        QCOMPARE(calls(u"messages"_s), 0); // Meta was not even asked
    }

    void takingItOver()
    {
        const auto ben = join(u"Ben"_s);
        anotherAppTakes();
        QTRY_VERIFY_WITH_TIMEOUT(
            ben->conversation(Thread) && !ben->conversation(Thread)->ownerApp.isEmpty(), Patience);
        // A double click, and two people at the same time, ask once.
        for (TestDesk *desk : {m_ada.get(), m_ada.get(), ben.get()})
            QVERIFY(await(desk->conversations.takeOver(Thread, desk->clock.now())));
        for (TestDesk *desk : {m_ada.get(), ben.get()})
            QTRY_VERIFY_WITH_TIMEOUT(desk->conversation(Thread)->ownerApp.isEmpty(), Patience);
        QCOMPARE(held().takingSince, 0);
        QTRY_COMPARE_WITH_TIMEOUT(
            lines(), (QList{Notice::ControlTaken, Notice::TakenOver}), Patience);
        const Message line = lastLine();
        QVERIFY(line.authorName == u"Ada"_s || line.authorName == u"Ben"_s);
        QCOMPARE(line.details.subject, PageInbox);
        QCOMPARE(calls(u"take_thread_control"_s), 1);
        // It is ours: replies go out.
        const auto reply = await(m_ada->outbox.send(Thread, u"Until six"_s));
        QVERIFY(reply);
        QTRY_COMPARE_WITH_TIMEOUT(m_world->copiesAtCustomer(Rosa, u"Until six"_s), 1, Patience);
        // Nobody holds what is ours: nothing happens.
        QVERIFY(await(m_ada->conversations.takeOver(Thread, m_ada->clock.now())));
        QCOMPARE(calls(u"take_thread_control"_s), 1);
    }

    void handedBackByTheOtherApp()
    {
        anotherAppTakes();
        control({{u"app"_s, u"330011"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(held().ownerApp.isEmpty(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            lines(), (QList{Notice::ControlTaken, Notice::ControlPassed}), Patience);
        QCOMPARE(lastLine().details.subject, QLatin1StringView(OurApp));
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("defaultApp");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("subcode");
        QTest::addColumn<FailureKind>("why");
        QTest::newRow("not the default app") << PageInbox << 0 << 0 << FailureKind::NotThreadOwner;
        QTest::newRow("no default app") << u""_s << 0 << 0 << FailureKind::NotThreadOwner;
        QTest::newRow("permission") << u"self"_s << 200 << 0 << FailureKind::PermissionMissing;
        QTest::newRow("dead token") << u"self"_s << 190 << 463 << FailureKind::NeedsLogin;
        QTest::newRow("restricted") << u"self"_s << 368 << 0 << FailureKind::PolicyBlocked;
    }
    void refusals()
    {
        QFETCH(const QString, defaultApp);
        QFETCH(const int, code);
        QFETCH(const int, subcode);
        QFETCH(const FailureKind, why);
        const bool isFault = code != 0;
        routing(defaultApp);
        anotherAppTakes();
        if (isFault)
            faulty(code, subcode, 1);
        QVERIFY(await(m_ada->conversations.takeOver(Thread, m_ada->clock.now())));
        QTRY_COMPARE_WITH_TIMEOUT(held().takingFailed, why, Patience);
        QCOMPARE(held().takingSince, 0);
        QCOMPARE(held().ownerApp, PageInbox);
        QTRY_COMPARE_WITH_TIMEOUT(lastLine().details.notice, Notice::TakeOverFailed, Patience);
        QCOMPARE(lastLine().details.payload, failureKindName(why));
        QCOMPARE(lastLine().authorName, u"Ada"_s);
        if (isFault)
            return;
        // Once it is put right at Meta it works.
        routing(u"self"_s);
        QVERIFY(await(m_ada->conversations.takeOver(Thread, m_ada->clock.now())));
        QTRY_VERIFY_WITH_TIMEOUT(held().ownerApp.isEmpty(), Patience);
        QCOMPARE(held().takingFailed, FailureKind::None);
    }

    // An answer that proves nothing is followed by another try, also of a relay that was killed.
    void ambiguousAnswersAndRestarts()
    {
        anotherAppTakes();
        faulty(2, 0, 1);
        QVERIFY(await(m_ada->conversations.takeOver(Thread, m_ada->clock.now())));
        QTRY_COMPARE_WITH_TIMEOUT(calls(u"take_thread_control"_s), 1, Patience);
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        QTRY_VERIFY_WITH_TIMEOUT(held().ownerApp.isEmpty(), 40'000);
        QCOMPARE(calls(u"take_thread_control"_s), 2);
        QCOMPARE(lastLine().details.notice, Notice::TakenOver);
    }

    // What Meta answers to a reply is learned from, where no event has told it.
    void aRefusedReplyShowsThatAnotherAppHasIt()
    {
        const QByteArray set = m_world
                                   ->fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s},
                                       {u"code"_s, 10}, {u"subcode"_s, 2018300}, {u"count"_s, 1}})
                                   .body;
        const auto reply = await(m_ada->outbox.send(Thread, u"Until six"_s));
        QVERIFY2(reply, set.constData());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ada->message(Thread, *reply)->failure, FailureKind::NotThreadOwner, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(held().ownerApp, QLatin1StringView(SomeOtherApp), Patience);
    }

private:
    std::unique_ptr<TestDesk> join(const QString &name)
    {
        auto desk = std::make_unique<TestDesk>(m_world->folder() + u'/' + name);
        const bool joined = desk->start() && desk->pair(m_world->invite(name))
            && desk->waitFor(ConnectionState::Live);
        if (!joined)
            qWarning("%s cannot join", qPrintable(name));
        return desk;
    }
    QJsonObject post(const QString &path, const QJsonObject &body)
    {
        const auto answer = http("POST", m_world->sandboxUrl(u"/_sandbox/"_s + path),
            QJsonDocument(body).toJson(QJsonDocument::Compact));
        if (answer.status != 200)
            qWarning("%s", answer.body.constData());
        return answer.json();
    }
    void control(QJsonObject body)
    {
        body.insert(u"pageId"_s, u"70044"_s);
        post(u"customers/%1/control"_s.arg(Rosa), body);
    }
    void routing(const QString &defaultApp)
    {
        post(u"pages/70044/messaging"_s, {{u"defaultApp"_s, defaultApp}});
    }
    void faulty(int code, int subcode, int count)
    {
        post(u"faults"_s,
            {{u"target"_s, u"graph"_s}, {u"edge"_s, u"take_thread_control"_s},
                {u"fault"_s, u"error"_s}, {u"code"_s, code}, {u"subcode"_s, subcode},
                {u"count"_s, count}});
    }
    void anotherAppTakes()
    {
        control({});
        QTRY_COMPARE_WITH_TIMEOUT(held().ownerApp, PageInbox, Patience);
    }
    Conversation held() { return m_ada->conversation(Thread).value_or(Conversation()); }
    static std::optional<Error> answerTo(PeopleSocket &socket, const Wire::CommandBody &body)
    {
        const CommandId id{newUuid(3)};
        socket.send(Wire::Command{id, body});
        const auto result = socket.wait<Wire::CommandResult>(
            [id](const Wire::CommandResult &each) { return each.id == id; });
        return result ? result->error : Error{Error::Kind::Timeout, u"no answer"_s};
    }
    // What the lines of the thread are about that nobody wrote.
    QList<Notice> lines()
    {
        QList<Notice> notices;
        for (const Message &message : m_ada->thread(Thread)) {
            if (message.author == Author::System)
                notices.append(message.details.notice);
        }
        return notices;
    }
    Message lastLine()
    {
        Message last;
        for (const Message &message : m_ada->thread(Thread)) {
            if (message.author == Author::System)
                last = message;
        }
        return last;
    }
    int calls(const QString &edge)
    {
        const auto list = http("GET", m_world->sandboxUrl(u"/_sandbox/calls?pageId=70044"_s));
        int count = 0;
        for (const QJsonValue call : list.json().value(u"calls"_s).toArray())
            count += call[u"path"_s].toString().endsWith(edge) ? 1 : 0;
        return count;
    }
    int committed()
    {
        const auto state = http("GET", m_world->sandboxUrl(u"/_sandbox/state"_s)).json();
        return state.value(u"sends"_s)[u"committed"_s].toInt();
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_ada;
};

QTEST_GUILESS_MAIN(TestTakeOver)
#include "tst_takeover.moc"
