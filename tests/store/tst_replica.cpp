// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/commandstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/draftstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamstore.h"
#include "tests/support/rows.h"
#include "tests/support/temporaryreplica.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId Nine = {u"1-9"_s};

Message replyOfOurs(const QString &id)
{
    Message message = outbound(u"1"_s, u"9"_s, id, Noon, 0, DeliveryState::Queued);
    message.arrival = 0;
    return message;
}

StoredCommand sendCommand(const QString &id, const QString &message)
{
    return {{id}, CommandKind::SendReply, Nine, {message}, 0, "frame of " + id.toUtf8()};
}

// A draft, and a reply that waits, besides some thousand rows of the relay.
Result<> fill(TemporaryReplica &replica)
{
    return replica.write([](ReplicaWriter &writer) -> Result<> {
        for (int i = 0; i < 3000; ++i) {
            const QString person = QString::number(i % 100);
            const auto stored = MessageStore::apply(
                writer, inbound(u"1"_s, person, QString::number(i), Noon + i, i + 1));
            if (!stored)
                return stored;
        }
        return inOrder([&] { return DraftStore::set(writer, Nine, u"half a thought"_s); },
            [&] { return MessageStore::add(writer, replyOfOurs(u"ours"_s)); },
            [&] { return CommandStore::add(writer, sendCommand(u"c1"_s, u"ours"_s)); });
    });
}

// Overwrites the page at which every way to a message begins.
void damageMessages(TemporaryReplica &replica)
{
    const auto page = replica.read([](Connection &connection) {
        return connection.one("SELECT rootpage FROM sqlite_schema WHERE name = 'message'", {},
            [](const Row &row) { return row.integer(0); });
    });
    PAGEDESK_SUCCEEDS(page);
    replica.close(); // which empties the write-ahead log into the file
    QFile file(replica.path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(4096 * (page->value() - 1)));
    file.write(QByteArray(4096, '\xa5'));
}

Result<int> countMessages(TemporaryReplica &replica)
{
    return replica.read([](Connection &connection) -> Result<int> {
        int count = 0;
        const auto read
            = connection.each("SELECT text FROM message", {}, [&count](const Row &) { ++count; });
        return read ? Result<int>(count) : failure(read.error());
    });
}

} // namespace

class TestReplica : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void tellsWhatWasCommitted();
    void tellsNothingOfWhatFailed();
    void keepsTheNewerRow();
    void relayRowTakesThePlaceOfOurs();
    void onlyOursCanBeTakenBackOrFail();
    void pagesOnlyGetNewer();
    void closedReplicaSaysSo();
    void newerFileIsUntouched();
    void damageIsToldOnce();
    void rebuildKeepsWhatWasWrittenHere();
    void rebuildOfAFileThatIsNoDatabase();
    void lostCommandShowsAsFailed();
};

void TestReplica::tellsWhatWasCommitted()
{
    TemporaryReplica replica;
    QSignalSpy told(&replica.get(), &Replica::changed);
    const Message message = inbound(u"1"_s, u"9"_s, u"m"_s, Noon, 3);
    const Conversation row = conversation(u"1"_s, u"9"_s, Noon, 2);
    PAGEDESK_SUCCEEDS(replica.write([&](ReplicaWriter &writer) {
        return inOrder([&] { return PageStore::apply(writer, page(u"1"_s, 1)); },
            [&] { return MessageStore::apply(writer, message); },
            [&] { return ConversationStore::apply(writer, row); });
    }));
    QCOMPARE(told.size(), 1);
    const auto changes = told.constFirst().constFirst().value<ReplicaChanges>();
    QCOMPARE(changes.pages.values(), QList{page(u"1"_s, 1)});
    QCOMPARE(changes.conversations, QList{row});
    QCOMPARE(changes.messages, (QHash<ConversationId, QList<Message>>{{Nine, {message}}}));
    QVERIFY(changes.removedMessages.isEmpty() && changes.removedConversations.isEmpty());
}

void TestReplica::tellsNothingOfWhatFailed()
{
    TemporaryReplica replica;
    QSignalSpy told(&replica.get(), &Replica::changed);
    const auto written = replica.write([](ReplicaWriter &writer) -> Result<> {
        if (auto done = PageStore::apply(writer, page(u"1"_s, 1)); !done)
            return done;
        return failure(Error::Kind::Conflict, u"no"_s);
    });
    QVERIFY(!written);
    QCOMPARE(told.size(), 0);
    QCOMPARE(replica.read(&PageStore::all)->size(), 0);
}

void TestReplica::keepsTheNewerRow()
{
    TemporaryReplica replica;
    QSignalSpy told(&replica.get(), &Replica::changed);
    Message first = inbound(u"1"_s, u"9"_s, u"m"_s, Noon, 5);
    Message newer = first;
    newer.text = u"edited"_s;
    newer.seq = 8;
    for (const Message &row : {newer, first, newer}) {
        PAGEDESK_SUCCEEDS(replica.write(
            [row](ReplicaWriter &writer) { return MessageStore::apply(writer, row); }));
    }
    const auto stored = replica.read(
        [](Connection &connection) { return MessageStore::find(connection, {u"m"_s}); });
    PAGEDESK_SUCCEEDS(stored);
    QCOMPARE(**stored, newer);
    QCOMPARE(told.size(), 3);
    QVERIFY(told.at(1).constFirst().value<ReplicaChanges>().messages.isEmpty());
    QVERIFY(told.at(2).constFirst().value<ReplicaChanges>().messages.isEmpty());
}

void TestReplica::relayRowTakesThePlaceOfOurs()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(replica.write(
        [](ReplicaWriter &writer) { return MessageStore::add(writer, replyOfOurs(u"ours"_s)); }));
    const auto again = replica.write(
        [](ReplicaWriter &writer) { return MessageStore::add(writer, replyOfOurs(u"ours"_s)); });
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Conflict);
    const Message theirs = outbound(u"1"_s, u"9"_s, u"ours"_s, Noon + 5, 9);
    PAGEDESK_SUCCEEDS(replica.write(
        [theirs](ReplicaWriter &writer) { return MessageStore::apply(writer, theirs); }));
    const auto slice = replica.read([](Connection &connection) {
        return MessageStore::slice(connection, Nine, std::nullopt, 10);
    });
    PAGEDESK_SUCCEEDS(slice);
    QCOMPARE(*slice, QList{theirs});
    QCOMPARE(replica.read(&MessageStore::onlyHere)->size(), 0);
}

void TestReplica::onlyOursCanBeTakenBackOrFail()
{
    TemporaryReplica replica;
    const Message theirs = outbound(u"1"_s, u"9"_s, u"theirs"_s, Noon, 9, DeliveryState::Queued);
    PAGEDESK_SUCCEEDS(replica.write([&](ReplicaWriter &writer) {
        return inOrder([&] { return MessageStore::apply(writer, theirs); },
            [&] { return MessageStore::takeBack(writer, theirs.id); },
            [&] { return MessageStore::fail(writer, theirs.id, FailureKind::Other); },
            [&] { return MessageStore::fail(writer, {u"nobody"_s}, FailureKind::Other); });
    }));
    const auto stored = replica.read(
        [&](Connection &connection) { return MessageStore::find(connection, theirs.id); });
    PAGEDESK_SUCCEEDS(stored);
    QCOMPARE(**stored, theirs);
}

void TestReplica::pagesOnlyGetNewer()
{
    TemporaryReplica replica;
    Page renamed = page(u"1"_s, 5);
    renamed.name = u"New name"_s;
    renamed.state = PageState::NeedsLogin;
    for (const Page &row : {renamed, page(u"1"_s, 4)}) {
        PAGEDESK_SUCCEEDS(
            replica.write([row](ReplicaWriter &writer) { return PageStore::apply(writer, row); }));
    }
    QCOMPARE(*replica.read(&PageStore::all), QList{renamed});
}

void TestReplica::closedReplicaSaysSo()
{
    Replica replica;
    const auto read = await(replica.read<QList<Page>>(&PageStore::all));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Storage);
    const auto written = await(replica.write<void>(
        [](ReplicaWriter &writer) { return PageStore::apply(writer, page(u"1"_s, 1)); }));
    QVERIFY(!written);
    replica.flush(); // nothing to wait for
}

void TestReplica::newerFileIsUntouched()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(replica.write([](ReplicaWriter &writer) {
        return writer.connection.run(u"PRAGMA user_version = 99"_s);
    }));
    replica.close();
    QFile file(replica.path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    const auto opened = replica.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::NewerVersion);
    QVERIFY(!replica->isOpen());
    const auto rebuilt = replica->rebuild(Noon); // not even when asked to
    QVERIFY(!rebuilt);
    QCOMPARE(rebuilt.error().kind, Error::Kind::Conflict);
    file.seek(0);
    QCOMPARE(file.readAll(), before);
    QCOMPARE(QDir(replica.folder()).entryList(QDir::Files), QStringList{u"replica.sqlite"_s});
}

void TestReplica::damageIsToldOnce()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(fill(replica));
    damageMessages(replica);
    PAGEDESK_SUCCEEDS(replica.open());
    QSignalSpy damaged(&replica.get(), &Replica::damaged);
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"the replica is damaged"_s));
    for (int i = 0; i < 2; ++i) {
        const auto count = countMessages(replica);
        QVERIFY(!count);
        QCOMPARE(count.error().kind, Error::Kind::Damaged);
    }
    QCOMPARE(damaged.size(), 1);
}

void TestReplica::rebuildKeepsWhatWasWrittenHere()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(fill(replica));
    damageMessages(replica);
    QFile file(replica.path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray damagedBytes = file.readAll();
    PAGEDESK_SUCCEEDS(replica.open());
    QSignalSpy reset(&replica.get(), &Replica::reset);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"could not rescue replies"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the damaged replica is kept as"_s));
    PAGEDESK_SUCCEEDS(replica->rebuild(Noon));
    QCOMPARE(reset.size(), 1);
    QFile aside(replica.folder() + u"/replica-damaged-20251009-085320.sqlite"_s);
    QVERIFY2(
        aside.open(QIODevice::ReadOnly), qPrintable(QDir(replica.folder()).entryList().join(u' ')));
    QCOMPARE(aside.readAll(), damagedBytes);

    QCOMPARE(replica.read(&DraftStore::all)->value(Nine), u"half a thought"_s);
    const auto commands = replica.read(&CommandStore::all);
    PAGEDESK_SUCCEEDS(commands);
    QCOMPARE(*commands, QList{sendCommand(u"c1"_s, u"ours"_s)});
    PAGEDESK_SUCCEEDS(replica.write(
        [](ReplicaWriter &writer) { return PageStore::apply(writer, page(u"1"_s, 1)); }));
    replica.close();
    PAGEDESK_SUCCEEDS(replica.open());
    QCOMPARE(replica.read(&PageStore::all)->size(), 1);
}

void TestReplica::rebuildOfAFileThatIsNoDatabase()
{
    TemporaryReplica replica;
    replica.close();
    QFile file(replica.path());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray("no database at all ").repeated(20));
    file.close();
    const auto opened = replica.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Damaged);
    for (const char *what : {"drafts", "commands", "replies"})
        QTest::ignoreMessage(QtWarningMsg,
            QRegularExpression(u"could not rescue %1"_s.arg(QLatin1StringView(what))));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the damaged replica is kept as"_s));
    PAGEDESK_SUCCEEDS(replica->rebuild(Noon));
    QVERIFY(replica->isOpen());
    QCOMPARE(*countMessages(replica), 0);
    QCOMPARE(QDir(replica.folder()).entryList({u"replica-damaged-*.sqlite"_s}).size(), 1);
}

void TestReplica::lostCommandShowsAsFailed()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(replica.write(
        [](ReplicaWriter &writer) { return MessageStore::add(writer, replyOfOurs(u"lost"_s)); }));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the damaged replica is kept as"_s));
    PAGEDESK_SUCCEEDS(replica->rebuild(Noon));
    const auto stored = replica.read(&MessageStore::onlyHere);
    PAGEDESK_SUCCEEDS(stored);
    QCOMPARE(stored->size(), 1);
    QCOMPARE(stored->constFirst().text, replyOfOurs(u"lost"_s).text);
    QCOMPARE(stored->constFirst().state, DeliveryState::Failed);
    QCOMPARE(stored->constFirst().failure, FailureKind::Other);
}

QTEST_GUILESS_MAIN(TestReplica)
#include "tst_replica.moc"
