// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;

// The whole road: a customer of the sandbox writes, the desktop's replica has it, a reply leaves
// through the relay, and the customer has it once. Relay and sandbox are the real programs.
class TestReplyRoad : public QObject {
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

    void aCustomerWritesAnOperatorAnswers()
    {
        const auto conversation = customerWrites(u"Is the cake ready? 🎂"_s);
        const auto thread = m_desk->thread(conversation);
        QCOMPARE(thread.last().text, u"Is the cake ready? 🎂"_s);
        QCOMPARE(m_desk->conversation(conversation)->unread, 1);
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_desk->conversation(conversation)->contact.name.isEmpty(), 20'000);

        const auto reply = send(conversation, u"It is, come by."_s);
        QVERIFY(reaches(conversation, reply, DeliveryState::Read));
        QCOMPARE(m_world->copiesAtCustomer(Psid, u"It is, come by."_s), 1);
        QCOMPARE(m_desk->message(conversation, reply)->authorName, u"Ada"_s);
        QCOMPARE(m_desk->conversation(conversation)->waitingSince, 0);
    }

    void repliesWaitForTheRelayAndLeaveOnceInOrder()
    {
        const auto conversation = customerWrites(u"Hello"_s);
        m_world->relay.kill();
        QVERIFY(m_desk->waitFor(ConnectionState::Offline));
        QList<MessageId> replies;
        for (int i = 0; i < 5; ++i)
            replies.append(send(conversation, u"offline %1"_s.arg(i)));
        QCOMPARE(m_desk->outbox.waiting(), 5);
        QVERIFY(m_world->startRelay());
        m_desk->session.retryNow();
        for (const auto &reply : replies)
            QVERIFY(reaches(conversation, reply, DeliveryState::Sent));
        QList<QString> order;
        for (const Message &message : m_desk->thread(conversation)) {
            if (message.direction == Direction::Out)
                order.append(message.text);
        }
        QCOMPARE(order,
            QList<QString>(
                {u"offline 0"_s, u"offline 1"_s, u"offline 2"_s, u"offline 3"_s, u"offline 4"_s}));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(m_world->copiesAtCustomer(Psid, u"offline %1"_s.arg(i)), 1);
    }

    void ambiguousAnswersNeverDouble_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("time-out after the commit") << u"timeout"_s;
        QTest::newRow("500 after the commit") << u"500"_s;
        QTest::newRow("connection reset") << u"reset"_s;
        QTest::newRow("cut answer") << u"truncated"_s;
        QTest::newRow("200 without id") << u"empty_id"_s;
        QTest::newRow("code 1") << u"error_1"_s;
    }
    void ambiguousAnswersNeverDouble()
    {
        QFETCH(QString, mode);
        const auto conversation = customerWrites(u"Hello"_s);
        const auto set = m_world->fault({{u"target"_s, u"send"_s},
            {u"fault"_s, u"commit_then_fail"_s}, {u"mode"_s, mode}, {u"count"_s, 1}});
        QVERIFY2(set.status == 200, set.body.constData());
        const auto reply = send(conversation, u"once only"_s);
        // The echo proves that Meta has it.
        QVERIFY(reaches(conversation, reply, DeliveryState::Sent, 40'000));
        const auto next = send(conversation, u"and the next"_s);
        QVERIFY(reaches(conversation, next, DeliveryState::Sent, 40'000));
        QCOMPARE(m_world->copiesAtCustomer(Psid, u"once only"_s), 1);
        QCOMPARE(m_world->copiesAtCustomer(Psid, u"and the next"_s), 1);
    }

    void refusalsAreSaidInKinds_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("subcode");
        QTest::addColumn<FailureKind>("kind");
        QTest::newRow("window") << 10 << 2018278 << FailureKind::WindowClosed;
        QTest::newRow("blocked") << 551 << 1545041 << FailureKind::Unreachable;
        QTest::newRow("policy") << 368 << 0 << FailureKind::PolicyBlocked;
    }
    void refusalsAreSaidInKinds()
    {
        QFETCH(int, code);
        QFETCH(int, subcode);
        QFETCH(FailureKind, kind);
        const auto conversation = customerWrites(u"Hello"_s);
        const auto set = m_world->fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s},
            {u"code"_s, code}, {u"subcode"_s, subcode}, {u"count"_s, 1}});
        QVERIFY2(set.status == 200, set.body.constData());
        const auto reply = send(conversation, u"refused"_s);
        QVERIFY(reaches(conversation, reply, DeliveryState::Failed));
        QCOMPARE(m_desk->message(conversation, reply)->failure, kind);
        QCOMPARE(m_world->copiesAtCustomer(Psid, u"refused"_s), 0);
    }

    void replyMadeElsewhereIsShown()
    {
        const auto conversation = customerWrites(u"Hello"_s);
        const auto sent = http("POST", m_world->sandboxUrl(u"/v26.0/70044/messages"_s),
            R"({"recipient":{"id":")" + Psid.toLatin1()
                + R"("},"messaging_type":"RESPONSE","message":{"text":"from the phone"}})",
            {{"Authorization", "Bearer sandbox-page-token-70044"}});
        QCOMPARE(sent.status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_desk->thread(conversation).last().text, u"from the phone"_s, 20'000);
        QCOMPARE(m_desk->thread(conversation).last().author, Author::Elsewhere);
    }

    void imagesAreKeptByTheRelay()
    {
        const auto written = http("POST",
            m_world->sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(Psid)),
            R"({"pageId":"70044","attachment":{"type":"file","name":"note.txt","base64":"SGVsbG8="}})");
        QVERIFY2(written.status == 200, written.body.constData());
        const ConversationId conversation{u"70044-"_s + Psid};
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->thread(conversation).isEmpty()
                && !m_desk->thread(conversation).last().attachments.isEmpty()
                && m_desk->thread(conversation).last().attachments.first().state
                    == AttachmentState::Captured,
            20'000);
        QCOMPARE(m_desk->thread(conversation).last().attachments.first().size, 5);
    }

    void revokedDeviceIsOut()
    {
        const QString id
            = QString::fromUtf8(m_world->command({u"operator"_s, u"list"_s})).section(u'\t', 0, 0);
        int code = -1;
        m_world->command({u"operator"_s, u"revoke"_s, u"--operator"_s, id}, &code);
        QCOMPARE(code, 0);
        QVERIFY(m_desk->waitFor(ConnectionState::Refused, 5000));
    }

    void inviteWorksOnce()
    {
        const QString link = m_world->invite(u"Grace"_s);
        TestDesk first(m_world->folder() + u"/first"_s);
        QVERIFY(first.start());
        PAGEDESK_SUCCEEDS(first.pair(link));
        TestDesk second(m_world->folder() + u"/second"_s);
        QVERIFY(second.start());
        const auto paired = second.pair(link);
        QVERIFY(!paired);
        QCOMPARE(paired.error().kind, Error::Kind::Rejected);
    }

private:
    static inline const QString Psid = u"24000000000000123"_s;

    ConversationId customerWrites(const QString &text)
    {
        const ConversationId conversation{u"70044-"_s + Psid};
        const QString mid = m_world->customerWrites(Psid, text);
        const bool here = QTest::qWaitFor(
            [&] {
                const auto thread = m_desk->thread(conversation);
                return !thread.isEmpty() && thread.last().mid.value == mid;
            },
            20'000);
        if (!here)
            qWarning("the customer's message did not arrive: %s", m_world->why().constData());
        return conversation;
    }

    MessageId send(const ConversationId &conversation, const QString &text)
    {
        const auto sent = await(m_desk->outbox.send(conversation, text));
        return sent.value_or(MessageId());
    }

    // Whether a message gets to a state, or beyond it.
    bool reaches(const ConversationId &conversation, const MessageId &id, DeliveryState state,
        int deadlineMs = 20'000)
    {
        return QTest::qWaitFor(
            [&] {
                const auto message = m_desk->message(conversation, id);
                if (!message)
                    return false;
                return message->state == state
                    || (state <= DeliveryState::Read && message->state >= state
                        && message->state <= DeliveryState::Read);
            },
            deadlineMs);
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
};

QTEST_GUILESS_MAIN(TestReplyRoad)
#include "tst_replyroad.moc"
