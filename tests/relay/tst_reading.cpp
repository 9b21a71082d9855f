// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/projector.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/readmessages.h"
#include "tests/relay/ledgerfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

// Conversations read from Meta, beside what webhooks bring.
class TestReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ledger = std::make_unique<LedgerFixture>();
        QVERIFY(m_ledger->opened);
        QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &) {
            return connectPage(c, {u"7"_s}, u"Bakery"_s, "sealed", T);
        }));
    }

    void historyIsReadAndNobodyWaitsForIt()
    {
        const auto outcome = read(ReadFor::History,
            {in("m_1", T - 5000, "first"), out("m_2", T - 3000, "second"),
                in("m_3", T - 1000, "third")});
        QCOMPARE(outcome.added, 3);
        const auto c = conversation();
        QCOMPARE(c.unread, 0);
        QCOMPARE(c.waitingSince, 0);
        QCOMPARE(c.lastText, u"third"_s);
        QCOMPARE(c.lastMessageAt, T - 1000);
        QCOMPARE(c.lastCustomerAt, T - 1000);
        QCOMPARE(c.contact.name, u"Ana"_s);
        QCOMPARE(c.state, ConversationState::Open);
        QVERIFY(!thread().first().details.recovered);
        // What comes now is new.
        receive("m_4", T + 1000, "fourth");
        QCOMPARE(conversation().unread, 1);
        QCOMPARE(conversation().waitingSince, T + 1000);
        QCOMPARE(conversation().lastText, u"fourth"_s);
    }

    void oldHistoryIsResolved()
    {
        read(ReadFor::History, {in("m_1", T - 8LL * 86'400'000, "old")});
        QCOMPARE(conversation().state, ConversationState::Resolved);
        receive("m_2", T + 1000, "I am back");
        QCOMPARE(conversation().state, ConversationState::Open);
    }

    void theSameMessageByBothWaysIsOne_data()
    {
        QTest::addColumn<bool>("webhookFirst");
        QTest::newRow("webhook first") << true;
        QTest::newRow("read first") << false;
    }
    void theSameMessageByBothWaysIsOne()
    {
        QFETCH(bool, webhookFirst);
        if (webhookFirst)
            receive("m_1", T + 1300, "hello");
        const auto outcome = read(ReadFor::History, {in("m_1", T + 1000, "hello")});
        QCOMPARE(outcome.added, webhookFirst ? 0 : 1);
        if (!webhookFirst)
            receive("m_1", T + 1300, "hello");
        QCOMPARE(thread().size(), 1);
        QCOMPARE(conversation().unread, 1);
    }

    void whatACheckFindsIsNewToEverybody()
    {
        receive("m_1", T + 1000, "one");
        const auto outcome = read(ReadFor::Check,
            {in("m_1", T + 1000, "one"), in("m_2", T + 60'000, "two"),
                out("m_3", T + 90'000, "three"), in("m_4", T + 120'000, "four")});
        QCOMPARE(outcome.added, 3);
        QVERIFY(!outcome.held);
        const auto c = conversation();
        QCOMPARE(c.unread, 1); // the Page's answer from elsewhere came between
        QCOMPARE(c.waitingSince, T + 120'000);
        for (const Message &message : thread())
            QCOMPARE(message.details.recovered, message.mid.value != u"m_1");
        QCOMPARE(read(ReadFor::Check, {in("m_2", T + 60'000, "two")}).added, 0);
    }

    void whatACheckFindsOfBeforeIsHistory()
    {
        const auto outcome = read(ReadFor::Check, {in("m_1", T - 60'000, "old")});
        QCOMPARE(outcome.added, 1);
        QCOMPARE(outcome.old, 1);
        QCOMPARE(conversation().unread, 0);
        QVERIFY(!thread().first().details.recovered);
    }

    void whatMayStillComeIsLeft()
    {
        const auto outcome = read(ReadFor::Check, {in("m_1", Now - 3000, "just now")});
        QVERIFY(outcome.held);
        QCOMPARE(outcome.added, 0);
    }

    void ourOwnReplyIsNotDoubled_data()
    {
        QTest::addColumn<DeliveryState>("state");
        QTest::addColumn<QString>("mid");
        QTest::addColumn<bool>("held");
        QTest::newRow("sent") << DeliveryState::Sent << u"m_1"_s << false;
        QTest::newRow("being sent") << DeliveryState::Sending << QString() << true;
        QTest::newRow("unknown") << DeliveryState::Unknown << QString() << true;
    }
    void ourOwnReplyIsNotDoubled()
    {
        QFETCH(DeliveryState, state);
        QFETCH(QString, mid);
        QFETCH(bool, held);
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            Message reply = out("", T + 1000, "we are open");
            reply.id = {u"reply"_s};
            reply.mid = {mid};
            reply.author = Author::Operator;
            reply.state = state;
            const auto inserted = insertMessage(c, reply);
            if (!inserted)
                return failure(inserted.error());
            const auto noted = noteMessage(c, reply, {u"9001"_s}, 1000);
            return noted ? Result<>() : failure(noted.error());
        }));
        const auto outcome = read(ReadFor::Check, {out("m_1", T + 1000, "we are open")});
        QCOMPARE(outcome.added, 0);
        QCOMPARE(outcome.held, held);
        QCOMPARE(thread().size(), 1);
    }

    void theListDecidesInsideASecond()
    {
        receive("m_2", T + 700, "two");
        read(ReadFor::History,
            {in("m_1", T, "one"), in("m_2", T, "two"), in("m_3", T, "three"),
                in("m_4", T, "four")});
        QStringList mids;
        for (const Message &message : thread())
            mids.prepend(message.mid.value);
        QCOMPARE(mids, QStringList({u"m_1"_s, u"m_2"_s, u"m_3"_s, u"m_4"_s}));
    }

    void whatMetaDoesNotGiveIsCounted()
    {
        HistoryConversation c = conversationOf({in("m_9", T - 1000, "nine")});
        c.messageCount = 9;
        c.isWhole = false;
        QCOMPARE(read(ReadFor::History, c).unavailable, 8);
        // After an outage with more messages than are given there is a hole.
        c = conversationOf({in("m_50", T + 500'000, "fifty")});
        c.messageCount = 50;
        c.isWhole = false;
        const auto outcome = read(ReadFor::Check, c, T - 1000);
        QVERIFY(outcome.gap.has_value());
        QCOMPARE(outcome.gap->sinceAt, T - 1000);
        QCOMPARE(outcome.gap->untilAt, T + 500'000);
        QVERIFY(!read(ReadFor::Check, c, T - 1000).gap.has_value());
    }

private:
    static constexpr qint64 T = 1'790'000'000'000;
    static constexpr qint64 Now = T + 1'000'000;

    static Message in(const char *mid, qint64 at, const char *text)
    {
        Message message;
        message.pageId = {u"7"_s};
        message.mid = {QString::fromLatin1(mid)};
        message.id = messageIdFor(message.pageId, message.mid);
        message.conversationId = conversationId(message.pageId, {u"9001"_s});
        message.text = QString::fromLatin1(text);
        message.sentAt = at;
        return message;
    }
    static Message out(const char *mid, qint64 at, const char *text)
    {
        Message message = in(mid, at, text);
        message.direction = Direction::Out;
        message.author = Author::Elsewhere;
        message.state = DeliveryState::Sent;
        return message;
    }
    static HistoryConversation conversationOf(const QList<Message> &messages)
    {
        return {u"t_1"_s, {u"9001"_s}, u"Ana"_s, messages.last().sentAt, int(messages.size()),
            messages, true};
    }

    ReadOutcome read(ReadFor purpose, const QList<Message> &messages)
    {
        return read(purpose, conversationOf(messages));
    }
    ReadOutcome read(ReadFor purpose, const HistoryConversation &conversation, qint64 since = 0)
    {
        ReadOutcome outcome;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto read
                = addReadConversation({c, touched, {u"7"_s}, purpose, T, Now}, conversation, since);
            if (!read)
                return failure(read.error());
            outcome = *read;
            return {};
        });
        if (!done)
            outcome.added = -1;
        return outcome;
    }

    void receive(const char *mid, qint64 at, const char *text)
    {
        const QJsonObject item{{u"sender"_s, QJsonObject{{u"id"_s, u"9001"_s}}},
            {u"recipient"_s, QJsonObject{{u"id"_s, u"7"_s}}}, {u"timestamp"_s, at},
            {u"message"_s,
                QJsonObject{
                    {u"mid"_s, QString::fromLatin1(mid)}, {u"text"_s, QString::fromLatin1(text)}}}};
        const QJsonObject entry{{u"id"_s, u"7"_s}, {u"messaging"_s, QJsonArray{item}}};
        const QByteArray body
            = QJsonDocument(QJsonObject{{u"object"_s, u"page"_s}, {u"entry"_s, QJsonArray{entry}}})
                  .toJson();
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto projection
                = projectEvents(c, Intake(readWebhook(body), Now), Care::EachAlone, touched);
            return projection ? Result<>() : failure(projection.error());
        }));
    }

    Conversation conversation()
    {
        Conversation found;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            const auto read = conversationById(c, conversationId({u"7"_s}, {u"9001"_s}));
            if (!read || !*read)
                return failure(Error::Kind::NotFound, u"conversation"_s);
            found = **read;
            return {};
        });
        return done ? found : Conversation();
    }

    QList<Message> thread() // newest first
    {
        QList<Message> found;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            const auto read = threadBefore(c, conversationId({u"7"_s}, {u"9001"_s}), 0, 0, 100);
            if (!read)
                return failure(read.error());
            found = *read;
            return {};
        });
        return done ? found : QList<Message>();
    }

    std::unique_ptr<LedgerFixture> m_ledger;
};

QTEST_GUILESS_MAIN(TestReading)
#include "tst_reading.moc"
