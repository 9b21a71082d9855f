// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/projector.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/eventcounts.h"
#include "app/relay/ledger/inspection.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/taking.h"
#include "tests/relay/ledgerfixture.h"

#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 T = 1'782'000'000'000;
constexpr const char *FromCustomer = "\"sender\":{\"id\":\"9\"},\"recipient\":{\"id\":\"7\"}";
constexpr const char *FromPage = "\"sender\":{\"id\":\"7\"},\"recipient\":{\"id\":\"9\"}";

// JSON with the quotes that C++ has no use for.
QByteArray q(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

QByteArray item(const char *people, qint64 at, const QByteArray &inside)
{
    return QByteArray("{") + people + ",\"timestamp\":" + QByteArray::number(at) + ',' + inside
        + '}';
}

QByteArray body(const QByteArray &list, const char *key = "messaging")
{
    return QByteArray(q("{'object':'page','entry':[{'id':'7','time':1782000000000,'")) + key
        + "\":[" + list + "]}]}";
}

QByteArray text(const QByteArray &mid, qint64 at, const QByteArray &words)
{
    return item(
        FromCustomer, at, q("'message':{'mid':'") + mid + q("','text':'") + words + q("'}"));
}

QByteArray edit(const QByteArray &mid, int number, qint64 at, const QByteArray &words)
{
    return item(FromCustomer, at,
        q("'message_edit':{'mid':'") + mid + q("','num_edit':") + QByteArray::number(number)
            + q(",'text':'") + words + q("'}"));
}

QByteArray reaction(const char *people, const QByteArray &mid, qint64 at, const QByteArray &emoji)
{
    const QByteArray what = emoji.isEmpty() ? QByteArray(q("'action':'unreact'"))
                                            : q("'action':'react','emoji':'") + emoji + '"';
    return item(people, at, q("'reaction':{'mid':'") + mid + q("',") + what + '}');
}

} // namespace

// What becomes of the kinds of events beside plain messages and receipts, in whatever order they
// come.
class TestEventKinds : public QObject {
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

    void everyTextOfAMessageIsKept_data()
    {
        QTest::addColumn<QList<int>>("order");
        QList<int> order{0, 1, 2, 3};
        do {
            QTest::addRow("%d%d%d%d", order[0], order[1], order[2], order[3]) << order;
        } while (std::next_permutation(order.begin(), order.end()));
    }
    void everyTextOfAMessageIsKept()
    {
        QFETCH(QList<int>, order);
        const QList<QByteArray> events{text("m_1", T, "one"), edit("m_1", 1, T + 10, "two"),
            edit("m_1", 2, T + 20, "three"), edit("m_1", 3, T + 30, "four")};
        for (int repeat = 0; repeat < 2; ++repeat) {
            for (const int index : order)
                receive(body(events.at(index)));
        }
        const Message message = only();
        QCOMPARE(message.text, u"four"_s);
        QCOMPARE(message.details.edits, 3);
        QCOMPARE(message.details.editedAt, T + 30);
        QCOMPARE(message.sentAt, T);
        const QList<TextVersion> earlier{
            {0, u"one"_s, T}, {1, u"two"_s, T + 10}, {2, u"three"_s, T + 20}};
        QCOMPARE(message.details.earlier.size(), earlier.size());
        for (qsizetype i = 0; i < earlier.size(); ++i) {
            QCOMPARE(message.details.earlier.at(i).number, earlier.at(i).number);
            QCOMPARE(message.details.earlier.at(i).text, earlier.at(i).text);
        }
        QCOMPARE(message.details.earlier.constFirst().at, T);
        QCOMPARE(conversation().lastText, u"four"_s);
        QCOMPARE(conversation().unread, 1);
    }

    void reactionsOfBothSides_data() { everyTextOfAMessageIsKept_data(); }
    void reactionsOfBothSides()
    {
        QFETCH(QList<int>, order);
        const QList<QByteArray> events{text("m_1", T, "one"),
            reaction(FromCustomer, "m_1", T + 10, "\u2764"),
            reaction(FromCustomer, "m_1", T + 20, {}),
            reaction(FromPage, "m_1", T + 15, "\U0001F44D")};
        for (const int index : order)
            receive(body(events.at(index)));
        QList<Reaction> reactions = only().details.reactions;
        std::sort(reactions.begin(), reactions.end(),
            [](const Reaction &a, const Reaction &b) { return a.byPage < b.byPage; });
        QCOMPARE(reactions.size(), 2);
        QVERIFY(reactions.at(0).emoji.isEmpty()); // taken back
        QCOMPARE(reactions.at(0).at, T + 20);
        QCOMPARE(reactions.at(1).emoji, u"\U0001F44D"_s);
        // Reacting opens the window; taking back does not.
        QCOMPARE(conversation().lastCustomerAt, order.indexOf(0) < order.indexOf(1) ? T + 10 : T);
    }

    void aMessageTakenBackKeepsItsText()
    {
        receive(body(item(FromCustomer, T + 5, q("'message':{'mid':'m_1','is_deleted':true}"))));
        receive(body(text("m_1", T, "secret")));
        QCOMPARE(only().text, u"secret"_s);
        QCOMPARE(only().details.unsentAt, T + 5);
    }

    void aTapIsAMessageOfTheCustomer()
    {
        receive(body(item(FromCustomer, T,
            q("'postback':{'title':'Get started','payload':'GO','referral':{'ref':'flyer7'}}"))));
        const Message message = only();
        QCOMPARE(message.author, Author::Contact);
        QCOMPARE(message.details.notice, Notice::Postback);
        QCOMPARE(message.text, u"Get started"_s);
        QCOMPARE(message.details.payload, u"GO"_s);
        QCOMPARE(message.details.referral.ref, u"flyer7"_s);
        QCOMPARE(conversation().unread, 1);
        QCOMPARE(conversation().waitingSince, T);
        QCOMPARE(conversation().lastCustomerAt, T);
    }

    void linesThatNobodyWroteWaitForNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<Notice>("notice");
        QTest::addColumn<bool>("opens");
        QTest::newRow("referral") << QByteArray(q("'referral':{'ref':'a','source':'SHORTLINK'}"))
                                  << Notice::Referral << true;
        QTest::newRow("optin") << QByteArray(q("'optin':{'ref':'a'}")) << Notice::Optin << true;
        QTest::newRow("linked") << QByteArray(q("'account_linking':{'status':'linked'}"))
                                << Notice::AccountLinked << false;
        QTest::newRow("passed") << QByteArray(q("'pass_thread_control':{'new_owner_app_id':5}"))
                                << Notice::ControlPassed << false;
        QTest::newRow("answers") << QByteArray(q("'messaging_feedback':{'payload':'4'}"))
                                 << Notice::Feedback << false;
        QTest::newRow("platform") << QByteArray(q("'message':{'admin_text':'handed over'}"))
                                  << Notice::Platform << false;
    }
    void linesThatNobodyWroteWaitForNoAnswer()
    {
        QFETCH(QByteArray, inside);
        QFETCH(Notice, notice);
        QFETCH(bool, opens);
        QCOMPARE(receive(body(item(FromCustomer, T, inside))).fresh, 1);
        QCOMPARE(receive(body(item(FromCustomer, T, inside))).duplicates, 1);
        QCOMPARE(only().details.notice, notice);
        QCOMPARE(only().author, Author::System);
        QCOMPARE(conversation().unread, 0);
        QCOMPARE(conversation().waitingSince, 0);
        QCOMPARE(conversation().lastCustomerAt, opens ? T : 0);
        receive(body(text("m_1", T + 10, "Hello")));
        QCOMPARE(conversation().unread, 1);
        QCOMPARE(conversation().lastText, u"Hello"_s);
    }

    void anUnknownKindIsALineWhereThereIsAConversation()
    {
        const QByteArray unknown = item(FromCustomer, T + 5, q("'something_new':{'a':1}"));
        receive(body(item(FromCustomer, T, q("'something_newer':{'a':1}"))));
        QCOMPARE(conversation().id, ConversationId());
        receive(body(text("m_1", T, "Hello")));
        QCOMPARE(receive(body(unknown)).fresh, 1);
        QCOMPARE(receive(body(unknown)).duplicates, 1);
        QCOMPARE(conversation().unread, 1);
        QCOMPARE(conversation().lastText, u"Hello"_s);
        const auto found = read<QList<Message>>([](Connection &c) {
            return threadBefore(c, {u"7-9"_s}, 0, 0, 100).value_or(QList<Message>());
        });
        QCOMPARE(found.size(), 2);
        QCOMPARE(found.constFirst().details.notice, Notice::Unsupported);
        QCOMPARE(found.constFirst().text, u"something_new"_s);
    }

    void anotherAppHoldsTheConversation()
    {
        receive(body(text("m_1", T, "to the bot"), "standby"));
        QCOMPARE(only().details.standby, true);
        QCOMPARE(conversation().ownerApp, u"other"_s);
        QCOMPARE(conversation().lastCustomerAt, T);
        receive(body(item(FromPage, T + 1,
                         q("'message':{'is_echo':true,'app_id':5,'mid':'m_2','text':'bot'}")),
            "standby"));
        QCOMPARE(conversation().ownerApp, u"5"_s);
        QCOMPARE(conversation().waitingSince, 0); // the bot has answered
        receive(body(text("m_4", T + 1, "thanks"), "standby"));
        QCOMPARE(conversation().ownerApp, u"5"_s); // as was told before
        receive(body(text("m_3", T + 2, "to us")));
        QCOMPARE(conversation().ownerApp, QString());
        receive(body(item(FromCustomer, T + 3, q("'take_thread_control':{'new_owner_app_id':6}"))));
        QCOMPARE(conversation().ownerApp, u"6"_s);
        receive(body(item(FromCustomer, T + 4, q("'pass_thread_control':{'new_owner_app_id':1}"))));
        QCOMPARE(conversation().ownerApp, QString());
    }

    // Meta tells us of what somebody here has done: before the answer to the call, or after it.
    void takingItOverIsToldOnce_data()
    {
        QTest::addColumn<bool>("answeredFirst");
        QTest::newRow("after the answer") << true;
        QTest::newRow("before the answer") << false;
    }
    void takingItOverIsToldOnce()
    {
        QFETCH(const bool, answeredFirst);
        const QString us = u"1"_s;
        const QByteArray taken
            = item(FromCustomer, T + 5, q("'take_thread_control':{'new_owner_app_id':1}"));
        receive(body(text("m_1", T, "to the bot"), "standby"));
        QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &) {
            return beginTaking(c, conversationById(c, {u"7-9"_s})->value(), {u"op-1"_s}, T + 1);
        }));
        QCOMPARE(conversation().takingSince, T + 1);
        const auto end = [this] {
            QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &) {
                return endTaking(
                    c, conversationById(c, {u"7-9"_s})->value(), FailureKind::None, T + 4);
            }));
        };
        if (answeredFirst)
            end();
        receive(body(taken), us);
        if (!answeredFirst)
            end();
        QCOMPARE(conversation().ownerApp, QString());
        QCOMPARE(conversation().takingSince, 0);
        QCOMPARE(notices(), QList{Notice::TakenOver});
        // What happened before and is told now says nothing of who has it.
        receive(body(text("m_2", T + 3, "to the bot too"), "standby"), us);
        QCOMPARE(conversation().ownerApp, QString());
        // The next time it is nobody here.
        receive(
            body(item(FromCustomer, T + 6, q("'take_thread_control':{'new_owner_app_id':6}"))), us);
        receive(
            body(item(FromCustomer, T + 7, q("'take_thread_control':{'new_owner_app_id':1}"))), us);
        QCOMPARE(notices(), (QList{Notice::TakenOver, Notice::ControlTaken, Notice::ControlTaken}));
        QCOMPARE(conversation().ownerApp, QString());
    }

    void policyIsToldOfThePage()
    {
        receive(body(q("{'recipient':{'id':'7'},'timestamp':20,"
                       "'policy_enforcement':{'action':'block','reason':'Too many complaints'}}")));
        QCOMPARE(page().health.policyAction, u"block"_s);
        QCOMPARE(page().health.policyReason, u"Too many complaints"_s);
        receive(body(q("{'recipient':{'id':'7'},'timestamp':10,"
                       "'policy_enforcement':{'action':'warning','reason':'late'}}")));
        QCOMPARE(page().health.policyAction, u"block"_s);
        receive(body(q("{'recipient':{'id':'7'},'timestamp':30,"
                       "'policy_enforcement':{'action':'unblock'}}")));
        QCOMPARE(page().health.policyAction, QString());
    }

    void whoSendsTooMuchIsStoredAndSpreadOut()
    {
        IntakeGuard guard(100);
        QByteArray list;
        for (int i = 0; i < 130; ++i)
            list += (i ? "," : "") + text("m_" + QByteArray::number(i), T + i, "x");
        int delayed = 0;
        bool touchedStream = false;
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto done = projectEvents(c, Intake(readWebhook(body(list)), T), Care::Fast,
                touched, {.ownApp = {}, .guard = &guard});
            if (!done)
                return failure(done.error());
            delayed = touched.delayed.value(u"7"_s);
            touchedStream = touched.streams.contains(u"7"_s);
            return {};
        }));
        QCOMPARE(conversation().unread, 130);
        QCOMPARE(delayed, 30);
        QVERIFY(touchedStream);
        QCOMPARE(guard.delayFor({u"7"_s}, {u"9"_s}, T), 31 * 600);
        QCOMPARE(guard.delayFor({u"7"_s}, {u"8"_s}, T), 0); // somebody else
        QCOMPARE(guard.delayFor({u"7"_s}, {u"9"_s}, T + 60'000), 0); // the next minute
    }

    void repeatedEventsAreCountedOnce()
    {
        for (int i = 0; i < 4; ++i)
            receive(body(text("m_1", T, "x")));
        for (int i = 0; i < 3; ++i)
            receive(body(edit("m_1", 1, T, "y")));
        for (int i = 0; i < 2; ++i) { // counting again adds nothing
            QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &touched) {
                const auto counts = countEvents(c, 0).value_or(QList<EventCount>());
                return noteCounts(c, 0, counts, {{u"7"_s, 12}}, touched);
            }));
        }
        QCOMPARE(page().health.suppressed, 5);
        QCOMPARE(page().health.delayed, 12);
    }

    void aMessageTellsHowItCame()
    {
        receive(body(edit("m_1", 1, T + 10, "two")));
        receive(body(text("m_1", T, "one")));
        receive(body(reaction(FromPage, "m_1", T + 20, "\u2764")));
        const auto inspection = read<Wire::Inspection>([id = only().id](Connection &c) {
            return readInspection(c, {3, id}).value_or(Wire::Inspection());
        });
        QCOMPARE(inspection.requestId, 3);
        QVERIFY(inspection.message);
        QStringList kinds;
        for (const Wire::InspectedEvent &event : inspection.events)
            kinds.append(event.kind);
        QCOMPARE(kinds, QStringList({u"message_edit"_s, u"message"_s, u"reaction"_s}));
        QVERIFY(inspection.events.at(1).raw.contains(u"m_1"_s));
        QVERIFY(inspection.attempts.isEmpty());
    }

private:
    Projection receive(const QByteArray &bytes, const QString &ownApp = {})
    {
        Projection projection;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto projected = projectEvents(c, Intake(readWebhook(bytes), T), Care::Fast,
                touched, {.ownApp = ownApp, .guard = nullptr});
            if (!projected)
                return failure(projected.error());
            projection = *projected;
            return {};
        });
        if (!done)
            qWarning("cannot project: %s", qPrintable(done.error().detail));
        return projection;
    }
    template <typename T> T read(const std::function<T(Connection &)> &reading)
    {
        T value;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            value = reading(c);
            return {};
        });
        return done ? value : T();
    }
    // The one message there is.
    Message only()
    {
        const auto found = read<QList<Message>>([](Connection &c) {
            return threadBefore(c, {u"7-9"_s}, 0, 0, 100).value_or(QList<Message>());
        });
        return found.size() == 1 ? found.constFirst() : Message();
    }
    // What the lines are about that nobody wrote, in order.
    QList<Notice> notices()
    {
        const auto found = read<QList<Message>>([](Connection &c) {
            return threadBefore(c, {u"7-9"_s}, 0, 0, 100).value_or(QList<Message>());
        });
        QList<Notice> notices;
        for (auto it = found.crbegin(); it != found.crend(); ++it) {
            if (it->author == Author::System)
                notices.append(it->details.notice);
        }
        return notices;
    }
    Conversation conversation()
    {
        return read<Conversation>([](Connection &c) {
            return conversationById(c, {u"7-9"_s})->value_or(Conversation());
        });
    }
    Page page()
    {
        return read<Page>([](Connection &c) { return pageById(c, {u"7"_s})->value_or(Page()); });
    }

    std::unique_ptr<LedgerFixture> m_ledger;
};

QTEST_GUILESS_MAIN(TestEventKinds)
#include "tst_eventkinds.moc"
