// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/sendbench.h"
#include "tests/load/regime.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// Answers that do not tell whether the customer has the message, of every kind, with and without
// the message, with and without its echo: nobody gets anything twice, and what became of each reply
// is found out. The relay is the real one, but that it waits for seconds instead of minutes.
class TestAmbiguousSends : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyReplyIsSettledAndNoneIsDoubled()
    {
        const int sends = isLongForm() ? 20'000 : 300;
        SendBench bench(QuickRelay);
        QStringList pages;
        for (int i = 0; i < int(Modes.size()) * 4; ++i)
            pages.append(QString::number(82'000 + i));
        const int customers = isLongForm() ? 40 : 5;
        const QByteArray problem = bench.start(pages, customers);
        QVERIFY2(problem.isEmpty(), problem.constData());
        for (int i = 0; i < pages.size(); ++i)
            spoil(bench, pages.at(i), i);
        auto random = randomFor(4);
        QList<MessageId> ids;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < sends; ++i) {
            const auto &conversations = bench.conversations();
            const auto &conversation = conversations.at(i % conversations.size());
            // Now and then somebody says the same thing again.
            const QString text = random.bounded(4) == 0 ? u"Yes."_s : u"reply %1 to you"_s.arg(i);
            ids.append(bench.send({conversation, text}));
            if (i % 500 == 499)
                QVERIFY(bench.wait([&] { return bench.open() < 1000; }, 600'000));
        }
        const int deadline = 60'000 + (isLongForm() ? 120'000 : 0);
        bench.wait([&] { return bench.open() == 0; }, deadline);
        check(bench, pages, ids, timer.elapsed());
    }

    void restOfAReplyWaitsForAnUnknownPart_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("arrived");
        QTest::newRow("the part is there") << u"commit_then_fail"_s << 3;
        QTest::newRow("the part is not there") << u"fail_without_commit"_s << 0;
    }
    void restOfAReplyWaitsForAnUnknownPart()
    {
        QFETCH(QString, fault);
        QFETCH(int, arrived);
        SendBench bench(QuickRelay);
        const QByteArray problem = bench.start({u"82000"_s}, 1);
        QVERIFY2(problem.isEmpty(), problem.constData());
        const auto conversation = bench.conversations().first();
        drop(bench, u"82000"_s);
        const auto answer = bench.world.fault({{u"target"_s, u"send"_s}, {u"fault"_s, fault},
            {u"mode"_s, u"reset"_s}, {u"count"_s, 1}});
        QVERIFY2(answer.status == 200, answer.body.constData());
        QList<MessageId> ids;
        for (int part = 0; part < 3; ++part)
            ids.append(bench.send({conversation, u"part %1"_s.arg(part), 0, u"g"_s, part}));
        QVERIFY(bench.wait(
            [&] { return bench.message(ids.first()).state == DeliveryState::Unknown; }, 10'000));
        // Killed while it is unknown: the next relay finds out.
        bench.world.relay.kill();
        QVERIFY(bench.world.startRelay());
        QVERIFY(bench.wait([&] { return bench.open() == 0; }, 30'000));
        const auto there = bench.atCustomer(conversation);
        QCOMPARE(there.size(), arrived);
        for (int part = 0; part < arrived; ++part) {
            QCOMPARE(there.at(part).second, u"part %1"_s.arg(part));
            QCOMPARE(bench.message(ids.at(part)).mid.value, there.at(part).first);
        }
        if (arrived > 0)
            return;
        QCOMPARE(bench.message(ids.at(0)).failure, FailureKind::NotArrived);
        QCOMPARE(bench.message(ids.at(1)).failure, FailureKind::EarlierPart);
        QCOMPARE(bench.message(ids.at(2)).failure, FailureKind::EarlierPart);
    }

private:
    static inline const QString QuickRelay = u"../tests/quickrelay"_s;
    static inline const QStringList Modes{u"timeout"_s, u"500"_s, u"reset"_s, u"truncated"_s,
        u"empty_id"_s, u"error_1"_s, u"error_2"_s};

    // The way a Page's calls go wrong follows from its place.
    static bool commits(int place) { return place % 2 == 0; }
    static bool echoes(int place) { return place % 4 < 2; }

    static void spoil(SendBench &bench, const QString &page, int place)
    {
        const auto answer = bench.world.fault({{u"target"_s, u"send"_s},
            {u"fault"_s, commits(place) ? u"commit_then_fail"_s : u"fail_without_commit"_s},
            {u"mode"_s, Modes.at(place / 4)}, {u"count"_s, -1}, {u"pageId"_s, page}});
        QVERIFY2(answer.status == 200, answer.body.constData());
        if (!echoes(place))
            drop(bench, page);
    }
    static void drop(SendBench &bench, const QString &page)
    {
        const auto answer = bench.world.fault({{u"target"_s, u"webhook"_s}, {u"fault"_s, u"drop"_s},
            {u"count"_s, -1}, {u"event"_s, u"message_echo"_s}, {u"pageId"_s, page}});
        QVERIFY2(answer.status == 200, answer.body.constData());
    }

    static void check(
        SendBench &bench, const QStringList &pages, const QList<MessageId> &ids, qint64 elapsed)
    {
        QVERIFY2(bench.breaches().isEmpty(), qPrintable(bench.breaches().join(u"; ")));
        const auto copies = bench.copies();
        QSet<QString> mids;
        int there = 0;
        int absent = 0;
        int unknown = 0;
        for (const MessageId &id : ids) {
            const Message message = bench.message(id);
            const auto page = message.conversationId.value.section(u'-', 0, 0);
            const auto place = int(pages.indexOf(page));
            const bool isThere = commits(place);
            QCOMPARE(copies.value(id), isThere ? 1 : 0);
            if (message.state == DeliveryState::Unknown && message.text == u"Yes.") {
                ++unknown; // one of several that are alike: nothing tells which it was
            } else if (isThere) {
                QVERIFY2(
                    message.state >= DeliveryState::Sent && message.state != DeliveryState::Failed,
                    qPrintable(page + u' ' + deliveryStateName(message.state)));
                mids.insert(message.mid.value);
                ++there;
            } else {
                QVERIFY2(message.state == DeliveryState::Failed
                        && message.failure == FailureKind::NotArrived,
                    qPrintable(page + u' ' + deliveryStateName(message.state)));
                ++absent;
            }
        }
        QCOMPARE(mids.size(), there);
        QVERIFY(unknown <= ids.size() / 20);
        report("ambiguous sends",
            QByteArray::number(ids.size()) + " sends in " + QByteArray::number(elapsed / 1000)
                + " s: " + QByteArray::number(there) + " found to be there, "
                + QByteArray::number(absent) + " found not to be, " + QByteArray::number(unknown)
                + " left unknown, 0 doubled");
    }
};

QTEST_GUILESS_MAIN(TestAmbiguousSends)
#include "tst_ambiguoussends.moc"
