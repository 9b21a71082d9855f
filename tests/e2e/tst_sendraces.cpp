// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/sendbench.h"
#include "tests/load/regime.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// What happens around a send call at the same time: its echo, its being taken back, the other parts
// of the same reply. Relay and sandbox are the real programs.
class TestSendRaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void echoesBeforeWithAndAfterTheAnswer()
    {
        const int sends = isLongForm() ? 20'000 : 500;
        SendBench bench;
        const QByteArray problem = bench.start({u"81001"_s, u"81002"_s, u"81003"_s}, 20);
        QVERIFY2(problem.isEmpty(), problem.constData());
        set(bench,
            {{u"target"_s, u"send"_s}, {u"fault"_s, u"commit_then_fail"_s}, {u"mode"_s, u"late"_s},
                {u"milliseconds"_s, 40}, {u"count"_s, -1}, {u"pageId"_s, u"81001"_s}});
        set(bench,
            {{u"target"_s, u"webhook"_s}, {u"fault"_s, u"delay"_s}, {u"milliseconds"_s, 15},
                {u"count"_s, -1}, {u"pageId"_s, u"81003"_s}, {u"event"_s, u"message_echo"_s}});
        auto random = randomFor(1);
        QList<MessageId> ids;
        for (int i = 0; i < sends; ++i) {
            const auto &conversations = bench.conversations();
            ids.append(bench.send({conversations.at(random.bounded(int(conversations.size()))),
                u"reply %1"_s.arg(i)}));
            if (i % 50 == 49)
                QVERIFY(bench.wait([&] { return bench.open() < 200; }, 60'000));
        }
        QVERIFY(bench.wait([&] { return bench.open() == 0; }, 60'000));
        QVERIFY2(bench.breaches().isEmpty(), qPrintable(bench.breaches().join(u"; ")));
        const auto copies = bench.copies();
        QSet<QString> mids;
        for (const MessageId &id : ids) {
            QCOMPARE(copies.value(id), 1);
            QVERIFY(!bench.message(id).mid.isEmpty());
            mids.insert(bench.message(id).mid.value);
        }
        QCOMPARE(mids.size(), ids.size());
        int bubbles = 0;
        for (const QJsonObject &line : bench.world.lines({u"export"_s}))
            bubbles += line[u"direction"_s] == u"out"_s ? 1 : 0;
        QCOMPARE(bubbles, sends);
        report("echo race", QByteArray::number(sends) + " sends, one bubble and one copy each");
    }

    void takingBackAgainstLeaving()
    {
        const int tries = isLongForm() ? 5000 : 200;
        SendBench bench;
        const QByteArray problem = bench.start({u"81001"_s}, 20);
        QVERIFY2(problem.isEmpty(), problem.constData());
        auto random = randomFor(2);
        int cancelled = 0;
        int refused = 0;
        for (int done = 0; done < tries;) {
            QList<std::pair<MessageId, CommandId>> round;
            for (const ConversationId &conversation : bench.conversations()) {
                const MessageId id = bench.send({conversation, u"perhaps %1"_s.arg(done++)});
                // Held back a little or not at all, and taken back a little later or at once.
                if (const int pause = random.bounded(6); pause > 0)
                    QTest::qWait(pause);
                round.append({id, bench.cancel(id)});
            }
            QVERIFY(
                bench.wait([&] { return bench.open() == 0 && allAnswered(bench, round); }, 30'000));
            const auto copies = bench.copies();
            for (const auto &[id, command] : round) {
                const Message message = bench.message(id);
                const auto error = bench.result(command)->error;
                if (!error) {
                    QCOMPARE(message.failure, FailureKind::Cancelled);
                    QCOMPARE(copies.value(id), 0);
                    ++cancelled;
                } else {
                    QCOMPARE(error->kind, Error::Kind::Conflict);
                    QVERIFY(!error->detail.isEmpty());
                    QVERIFY(message.state != DeliveryState::Failed);
                    QCOMPARE(copies.value(id), 1);
                    ++refused;
                }
            }
        }
        QVERIFY(bench.breaches().isEmpty());
        QVERIFY2(cancelled > 0 && refused > 0, "the race has only one side");
        report("cancel race",
            QByteArray::number(cancelled) + " taken back, " + QByteArray::number(refused)
                + " had left");
    }

    void heldRepliesLeaveLaterAndCanBeUndone()
    {
        SendBench bench;
        const QByteArray problem = bench.start({u"81001"_s}, 2);
        QVERIFY2(problem.isEmpty(), problem.constData());
        const auto first = bench.conversations().at(0);
        const auto second = bench.conversations().at(1);
        QElapsedTimer timer;
        timer.start();
        const auto held = bench.send({first, u"thought over"_s, 2000});
        const auto undone = bench.send({second, u"rash"_s, 20'000, u"g"_s, 0});
        const auto rest = bench.send({second, u"rasher"_s, 20'000, u"g"_s, 1});
        QVERIFY(bench.wait([&] { return bench.message(rest).arrival > 0; }, 10'000));
        // The relay is killed meanwhile: the time to think is kept.
        bench.world.relay.kill();
        QVERIFY(bench.world.startRelay());
        QVERIFY(bench.wait([&] { return bench.isSettled(held); }, 20'000));
        QVERIFY2(timer.elapsed() >= 2000, "it left before its time");
        QCOMPARE(bench.copies().value(held), 1);
        const auto command = bench.cancel(undone);
        QVERIFY(bench.wait([&] { return bench.result(command) && bench.open() == 0; }, 10'000));
        QVERIFY(!bench.result(command)->error);
        QCOMPARE(bench.message(undone).failure, FailureKind::Cancelled);
        QCOMPARE(bench.message(rest).failure, FailureKind::Cancelled);
        QVERIFY(bench.atCustomer(second).isEmpty());
    }

    void partsLeaveTogetherInTheirOrder()
    {
        SendBench bench;
        const QByteArray problem = bench.start({u"81001"_s}, 10);
        QVERIFY2(problem.isEmpty(), problem.constData());
        auto random = randomFor(3);
        for (const ConversationId &conversation : bench.conversations()) {
            QList<int> order{0, 1, 2, 3, 4};
            std::shuffle(order.begin(), order.end(), random);
            for (const int part : std::as_const(order)) {
                bench.send({conversation, u"part %1"_s.arg(part), 300, u"g-"_s + conversation.value,
                    part});
                if (part == order.at(2))
                    bench.send({conversation, u"somebody else"_s});
            }
        }
        QVERIFY(bench.wait([&] { return bench.open() == 0; }, 30'000));
        for (const ConversationId &conversation : bench.conversations()) {
            QStringList texts;
            for (const auto &[mid, text] : bench.atCustomer(conversation))
                texts.append(text);
            QCOMPARE(texts.size(), 6);
            const QString all = texts.join(u",");
            QVERIFY2(all.contains(u"part 0,part 1,part 2,part 3,part 4"_s), qPrintable(all));
        }
    }

    void partsBehindARefusedOneStay()
    {
        SendBench bench;
        const QByteArray problem = bench.start({u"81001"_s}, 1);
        QVERIFY2(problem.isEmpty(), problem.constData());
        const auto conversation = bench.conversations().first();
        QList<MessageId> ids;
        for (int part = 0; part < 4; ++part)
            ids.append(bench.send({conversation, u"part %1"_s.arg(part), 500, u"g"_s, part}));
        const auto other = bench.send({conversation, u"somebody else"_s});
        set(bench,
            {{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s}, {u"code"_s, 551},
                {u"subcode"_s, 1545041}, {u"count"_s, 1}});
        QVERIFY(bench.wait([&] { return bench.open() == 0; }, 20'000));
        QCOMPARE(bench.message(ids.at(0)).failure, FailureKind::Unreachable);
        for (int part = 1; part < 4; ++part)
            QCOMPARE(bench.message(ids.at(part)).failure, FailureKind::EarlierPart);
        QVERIFY(bench.message(other).state != DeliveryState::Failed);
        QCOMPARE(bench.atCustomer(conversation).size(), 1);
    }

private:
    static void set(SendBench &bench, const QJsonObject &fault)
    {
        const auto answer = bench.world.fault(fault);
        QVERIFY2(answer.status == 200, answer.body.constData());
    }
    static bool allAnswered(
        const SendBench &bench, const QList<std::pair<MessageId, CommandId>> &round)
    {
        return std::all_of(round.begin(), round.end(),
            [&bench](const auto &each) { return bench.result(each.second).has_value(); });
    }
};

QTEST_GUILESS_MAIN(TestSendRaces)
#include "tst_sendraces.moc"
