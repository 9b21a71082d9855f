// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/roles.h"
#include "models/items/threadmodel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

Message message(int number, qint64 sentAt, DeliveryState state = DeliveryState::Received)
{
    Message result;
    result.id = {u"id%1"_s.arg(number, 7, 10, QLatin1Char('0'))};
    result.mid = state == DeliveryState::Queued ? Mid{} : Mid{u"m_%1"_s.arg(number)};
    result.direction = state == DeliveryState::Received ? Direction::In : Direction::Out;
    result.text = u"text %1"_s.arg(number);
    result.sentAt = sentAt;
    result.arrival = number;
    result.state = state;
    return result;
}

QList<Message> messages(int first, int count, qint64 stepMs = 1000)
{
    QList<Message> result;
    for (int i = first; i < first + count; ++i)
        result.append(message(i, i * stepMs));
    return result;
}

// Writes down every change a model announces.
class Recorder : public QObject {
public:
    explicit Recorder(const ThreadModel &model)
    {
        connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int a, int b) { note(u"insert"_s, a, b); });
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int a, int b) { note(u"remove"_s, a, b); });
        connect(&model, &QAbstractItemModel::rowsMoved, this,
            [this](const QModelIndex &, int a, int, const QModelIndex &, int to) {
                note(u"move"_s, a, to);
            });
        connect(&model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &a, const QModelIndex &b) {
                note(u"change"_s, a.row(), b.row());
            });
        connect(&model, &QAbstractItemModel::modelReset, this, [this] { log.append(u"reset"_s); });
    }

    QStringList log;

private:
    void note(const QString &what, int a, int b)
    {
        log.append(u"%1 %2 %3"_s.arg(what).arg(a).arg(b));
    }
};

QStringList texts(const ThreadModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.at(row).text);
    return result;
}

} // namespace

class TestThreadModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void resetSortsAndDropsRepeats();
    void announcesTheSmallestChanges_data();
    void announcesTheSmallestChanges();
    void sameValueIsNoChange();
    void changeNamesItsRoles();
    void queuedReplyMovesWhenSent();
    void removesInRanges();
    void findsByIdAndMid();
    void asksForOlderOnce();
    void answersRoles();
    void randomUpsertsEqualASortedList();
    void largeThreadStaysFast();
};

void TestThreadModel::resetSortsAndDropsRepeats()
{
    ThreadModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Message later = message(1, 1000);
    later.text = u"second version"_s;
    model.reset({message(3, 3000), message(1, 1000), message(2, 2000), later}, false);
    QCOMPARE(texts(model), (QStringList{u"second version"_s, u"text 2"_s, u"text 3"_s}));
}

void TestThreadModel::announcesTheSmallestChanges_data()
{
    QTest::addColumn<QList<Message>>("upserted");
    QTest::addColumn<QStringList>("signalled");
    // The model holds 10 to 14 at 10 s to 14 s.
    const auto changed = [](int number) {
        Message m = message(number, number * 1000);
        m.text += u" edited"_s;
        return m;
    };
    QTest::newRow("nothing") << QList<Message>() << QStringList();
    QTest::newRow("append") << messages(15, 3) << QStringList{u"insert 5 7"_s};
    QTest::newRow("prepend a page") << messages(5, 5) << QStringList{u"insert 0 4"_s};
    QTest::newRow("in between") << QList{message(90, 11500), message(91, 11600)}
                                << QStringList{u"insert 2 3"_s};
    QTest::newRow("two places") << QList{message(91, 13500), message(90, 10500)}
                                << QStringList{u"insert 1 1"_s, u"insert 5 5"_s};
    QTest::newRow("one change") << QList{changed(12)} << QStringList{u"change 2 2"_s};
    QTest::newRow("neighbours") << QList{changed(12), changed(11)} << QStringList{u"change 1 2"_s};
    QTest::newRow("apart") << QList{changed(10), changed(13)}
                           << QStringList{u"change 0 0"_s, u"change 3 3"_s};
    QTest::newRow("known and new")
        << QList{message(15, 15000), changed(14)} << QStringList{u"change 4 4"_s, u"insert 5 5"_s};
    QTest::newRow("moves down") << QList{message(10, 13500)}
                                << QStringList{u"move 0 4"_s, u"change 3 3"_s};
    QTest::newRow("moves up") << QList{message(14, 10500)}
                              << QStringList{u"move 4 1"_s, u"change 1 1"_s};
    QTest::newRow("other time, same place")
        << QList{message(12, 12100)} << QStringList{u"change 2 2"_s};
    QTest::newRow("moves to the end")
        << QList{message(10, 99000)} << QStringList{u"move 0 5"_s, u"change 4 4"_s};
}

void TestThreadModel::announcesTheSmallestChanges()
{
    QFETCH(const QList<Message>, upserted);
    QFETCH(const QStringList, signalled);
    ThreadModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reset(messages(10, 5), true);
    Recorder recorder(model);
    model.upsert(upserted);
    QCOMPARE(recorder.log, signalled);
    for (int row = 1; row < model.rowCount(); ++row)
        QVERIFY(isBefore(model.at(row - 1), model.at(row)));
    for (const Message &m : upserted)
        QCOMPARE(model.at(model.rowOf(m.id)), m);
}

void TestThreadModel::sameValueIsNoChange()
{
    ThreadModel model;
    model.reset(messages(1, 5), false);
    Recorder recorder(model);
    model.upsert(messages(1, 5));
    QCOMPARE(recorder.log, QStringList());
}

void TestThreadModel::changeNamesItsRoles()
{
    ThreadModel model;
    model.reset({message(1, 1000, DeliveryState::Sent)}, false);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    Message read = message(1, 1000, DeliveryState::Read);
    read.readAt = 5000;
    model.upsert({read});
    QCOMPARE(changed.takeFirst().at(2).value<QList<int>>(), (QList<int>{StateRole, ReadAtRole}));
    read.attachments.append(Attachment{});
    model.upsert({read});
    QCOMPARE(changed.takeFirst().at(2).value<QList<int>>(), QList<int>()); // anything
}

void TestThreadModel::queuedReplyMovesWhenSent()
{
    ThreadModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Message queued = message(50, 1000, DeliveryState::Queued);
    model.reset(messages(1, 3) + QList{queued}, false);
    // It was written long ago, but waits at the end.
    QCOMPARE(model.rowOf(queued.id), 3);
    model.upsert({message(4, 4000)});
    QCOMPARE(model.rowOf(queued.id), 4);

    Message sent = message(50, 3500, DeliveryState::Sent);
    Recorder recorder(model);
    model.upsert({sent});
    QCOMPARE(recorder.log, (QStringList{u"move 4 3"_s, u"change 3 3"_s}));
    QCOMPARE(model.rowOf(sent.id), 3);
    QCOMPARE(model.rowOf(sent.mid), 3);
}

void TestThreadModel::removesInRanges()
{
    ThreadModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reset(messages(0, 10), false);
    Recorder recorder(model);
    const auto id = [](int number) { return message(number, 0).id; };
    model.remove({id(2), id(7), id(3), id(2), MessageId{u"unknown"_s}, id(4)});
    QCOMPARE(recorder.log, (QStringList{u"remove 7 7"_s, u"remove 2 4"_s}));
    QCOMPARE(model.rowCount(), 6);
    QCOMPARE(model.rowOf(id(3)), -1);
    QCOMPARE(model.rowOf(message(3, 0).mid), -1);
    QCOMPARE(model.rowOf(id(9)), 5);
}

void TestThreadModel::findsByIdAndMid()
{
    ThreadModel model;
    model.reset(messages(0, 100), false);
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(model.rowOf(message(i, 0).id), i);
        QCOMPARE(model.rowOf(message(i, 0).mid), i);
    }
    QCOMPARE(model.rowOf(MessageId{u"other"_s}), -1);
    QCOMPARE(model.rowOf(Mid{}), -1);
    Message renamed = message(5, 5000);
    renamed.mid = {u"m_new"_s};
    model.upsert({renamed});
    QCOMPARE(model.rowOf(Mid{u"m_new"_s}), 5);
    QCOMPARE(model.rowOf(message(5, 0).mid), -1);
}

void TestThreadModel::asksForOlderOnce()
{
    ThreadModel model;
    QSignalSpy requested(&model, &ThreadModel::olderRequested);
    model.reset(messages(10, 5), true);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    model.requestOlder();
    QCOMPARE(requested.count(), 1);
    QVERIFY(!model.canFetchMore({}));

    model.upsert(messages(5, 5));
    model.setMoreBefore(true);
    model.requestOlder();
    QCOMPARE(requested.count(), 2);
    model.setMoreBefore(false);
    model.requestOlder();
    QCOMPARE(requested.count(), 2);
    QVERIFY(!model.hasMoreBefore());
}

void TestThreadModel::answersRoles()
{
    ThreadModel model;
    Message m = message(1, 1000, DeliveryState::Failed);
    m.author = Author::Operator;
    m.authorName = u"Leila"_s;
    m.failure = FailureKind::TooLong;
    m.attachments = {Attachment{}, Attachment{}};
    m.replyTo = {u"m_9"_s};
    model.reset({m}, false);
    const auto role = [&model](int r) { return model.data(model.index(0), r); };
    QCOMPARE(role(Qt::DisplayRole).toString(), u"text 1"_s);
    QCOMPARE(role(MessageIdRole).toString(), m.id.value);
    QCOMPARE(role(MidRole).toString(), u"m_1"_s);
    QCOMPARE(role(DirectionRole).value<Direction>(), Direction::Out);
    QCOMPARE(role(AuthorRole).value<Author>(), Author::Operator);
    QCOMPARE(role(AuthorNameRole).toString(), u"Leila"_s);
    QCOMPARE(role(SentAtRole).toDateTime(), QDateTime::fromMSecsSinceEpoch(1000, Qt::UTC));
    QVERIFY(!role(ReadAtRole).toDateTime().isValid());
    QVERIFY(!role(DeliveredAtRole).toDateTime().isValid());
    QCOMPARE(role(StateRole).value<DeliveryState>(), DeliveryState::Failed);
    QCOMPARE(role(FailureRole).value<FailureKind>(), FailureKind::TooLong);
    QCOMPARE(role(AttachmentCountRole).toInt(), 2);
    QCOMPARE(role(ReplyToRole).toString(), u"m_9"_s);
    QVERIFY(!role(Qt::DecorationRole).isValid());
    QCOMPARE(model.roleNames().value(StateRole), QByteArray("state"));
}

void TestThreadModel::randomUpsertsEqualASortedList()
{
    QRandomGenerator random(20240607);
    ThreadModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QHash<MessageId, Message> naive;
    for (int round = 0; round < 200; ++round) {
        QList<Message> batch;
        for (int i = random.bounded(6); i >= 0; --i) {
            const DeliveryState state
                = random.bounded(4) == 0 ? DeliveryState::Queued : DeliveryState::Sent;
            batch.append(message(random.bounded(120), random.bounded(50) * 1000, state));
        }
        model.upsert(batch);
        for (const Message &m : batch)
            naive.insert(m.id, m);
        if (round % 5 == 0) {
            const MessageId gone = message(random.bounded(120), 0).id;
            model.remove({gone});
            naive.remove(gone);
        }
        QList<Message> expected = naive.values();
        std::sort(expected.begin(), expected.end(), isBefore);
        QCOMPARE(model.rowCount(), expected.size());
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(model.at(row), expected.at(row));
            QCOMPARE(model.rowOf(expected.at(row).id), row);
        }
    }
}

void TestThreadModel::largeThreadStaysFast()
{
    ThreadModel model;
    model.reset(messages(1000, 100000), true);
    const QList<Message> older = messages(800, 200);
    QList<Message> scattered;
    for (int i = 0; i < 200; ++i)
        scattered.append(message(200000 + i, 1000500 + i * 400000));
    QElapsedTimer timer;
    timer.start();
    model.upsert(older);
    const qint64 page = timer.nsecsElapsed();
    timer.restart();
    model.upsert(scattered);
    const qint64 late = timer.nsecsElapsed();
    qInfo("a page of 200 into 100,000: %.2f ms; 200 scattered ones: %.2f ms",
        static_cast<double>(page) / 1e6, static_cast<double>(late) / 1e6);
    // Far above what is measured, so that only a change of order of growth fails.
    QVERIFY(page < 50'000'000);
    QVERIFY(late < 250'000'000);
    QCOMPARE(model.rowCount(), 100400);
}

QTEST_GUILESS_MAIN(TestThreadModel)
#include "tst_threadmodel.moc"
