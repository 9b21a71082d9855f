// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/contactstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/operatorstore.h"
#include "models/store/replica/originstore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/searchindex.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamrows.h"
#include "tests/support/rows.h"
#include "tests/support/temporaryreplica.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

// What searches find in a replica, and that the index follows its rows.
class TestSearchStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsNewestFirst();
    void followsEdits();
    void forgetsWhatWasTakenBack();
    void followsOurOwnReplies();
    void findsPeopleByWhatTheyAreCalled();
    void findsNotes();
    void findsFilesByTheirNames();
    void knowsWhoWrote();
    void knowsWhereAndWhen();
    void knowsWhatConversationsAre();
    void saysWhichNamesNobodyHas();
    void givesPages();
    void frequentBeginningsOfWords();
    void forgetsPages();
    void forgetsLargePages();
    void fillsInSteps();
    void goesOnAfterAKill();
    void cutsAnew();
    void theNewestSearchWins();
    void anyTextCanBeAsked();
    void wipingForgets();

private:
    SearchResults find(const QString &text, const SearchCursor &from = {}, int limit = 50);
    QStringList ids(const QString &text); // of messages, names of people, texts of notes
    bool store(const QList<Message> &messages);
    bool store(const Conversation &conversation);
    bool store(const ContactCard &card);
    Message says(const QString &id, const QString &text, qint64 at = Noon);
    IndexProgress fill(int limit = 100, int steps = 1'000'000);

    std::unique_ptr<TemporaryReplica> m_replica;
    qint64 m_seq = 0;
};

void TestSearchStore::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_replica = std::make_unique<TemporaryReplica>();
    m_seq = 10;
    PAGEDESK_SUCCEEDS(m_replica->write([](ReplicaWriter &writer) {
        Page bakery = page(u"1"_s, 1);
        bakery.name = u"Corner Bakery"_s;
        Page bikes = page(u"2"_s, 2);
        bikes.name = u"Harbour Bikes"_s;
        Conversation maria = conversation(u"1"_s, u"9"_s, Noon, 3);
        maria.contact.name = u"María Silva"_s;
        Conversation wang = conversation(u"2"_s, u"8"_s, Noon - 1000, 4);
        wang.contact.name = u"王小明"_s;
        const Operator amal{{u"op-1"_s}, u"Amal"_s, Role::Agent, true, 5};
        const Operator ben{{u"op-2"_s}, u"Ben"_s, Role::Agent, true, 6};
        return inOrder([&] { return PageStore::apply(writer, bakery); },
            [&] { return PageStore::apply(writer, bikes); },
            [&] { return ConversationStore::apply(writer, maria); },
            [&] { return ConversationStore::apply(writer, wang); },
            [&] { return OperatorStore::apply(writer.connection, amal); },
            [&] { return OperatorStore::apply(writer.connection, ben); },
            [&] {
                return OriginStore::save(writer.connection, {u"r"_s, {u"op-1"_s}, u"Amal"_s});
            });
    }));
}

SearchResults TestSearchStore::find(const QString &text, const SearchCursor &from, int limit)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(Noon, QTimeZone::utc());
    const auto results
        = await(m_replica->get().find({parseSearch(text, now), from, limit, Noon, {}}));
    if (!results)
        qFatal("%s", qPrintable(results.error().detail));
    return *results;
}

QStringList TestSearchStore::ids(const QString &text)
{
    QStringList found;
    const SearchResults results = find(text);
    for (const SearchHit &hit : results.hits)
        found.append(hit.kind == SearchHit::Kind::Message ? hit.message.value
                : hit.kind == SearchHit::Kind::Person     ? hit.contact.name
                                                          : hit.snippet.text);
    return found;
}

bool TestSearchStore::store(const QList<Message> &messages)
{
    return m_replica
        ->write([messages](ReplicaWriter &writer) -> Result<> {
            for (const Message &message : messages) {
                if (const auto stored = MessageStore::apply(writer, message); !stored)
                    return stored;
            }
            return {};
        })
        .has_value();
}

bool TestSearchStore::store(const Conversation &conversation)
{
    return m_replica
        ->write([conversation](ReplicaWriter &writer) {
            return ConversationStore::apply(writer, conversation);
        })
        .has_value();
}

bool TestSearchStore::store(const ContactCard &card)
{
    return m_replica
        ->write([card](ReplicaWriter &writer) { return ContactStore::apply(writer, card); })
        .has_value();
}

Message TestSearchStore::says(const QString &id, const QString &text, qint64 at)
{
    Message message = inbound(u"1"_s, u"9"_s, id, at, ++m_seq);
    message.text = text;
    return message;
}

IndexProgress TestSearchStore::fill(int limit, int steps)
{
    IndexProgress progress;
    do {
        progress = *m_replica->write(
            [limit](ReplicaWriter &writer) { return SearchIndex::step(writer.connection, limit); });
    } while (!progress.isComplete && --steps > 0);
    return progress;
}

void TestSearchStore::findsNewestFirst()
{
    QVERIFY(store({says(u"b"_s, u"The blue one, please"_s, Noon - 2000),
        says(u"a"_s, u"is it blue?"_s, Noon - 90'000), says(u"c"_s, u"Blue! Blaue Größe"_s, Noon),
        says(u"d"_s, u"red"_s, Noon)}));
    QCOMPARE(ids(u"blue"_s), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(ids(u"BLU"_s), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(ids(u"blu "_s), QStringList{});
    QCOMPARE(ids(u"grosse"_s), QStringList{u"c"_s});
    QCOMPARE(ids(u"blue -one"_s), (QStringList{u"c"_s, u"a"_s}));
    QCOMPARE(ids(u"\"blue one\""_s), QStringList{u"b"_s});
    QCOMPARE(ids(u"-blue"_s), QStringList{u"d"_s});
    QCOMPARE(ids(u"nothing"_s), QStringList{});
    const SearchHit hit = find(u"blue please"_s).hits.value(0);
    QCOMPARE(hit.contact.name, u"María Silva"_s);
    QCOMPARE(hit.pageName, u"Corner Bakery"_s);
    QCOMPARE(hit.at, Noon - 2000);
    QCOMPARE(hit.snippet.marks, (QList<TextRange>{{4, 4}, {14, 6}}));
}

void TestSearchStore::followsEdits()
{
    Message message = says(u"a"_s, u"seven cakes"_s);
    QVERIFY(store({message}));
    message.text = u"eight cakes"_s;
    message.seq = ++m_seq;
    QVERIFY(store({message}));
    QCOMPARE(ids(u"seven"_s), QStringList{});
    QCOMPARE(ids(u"eight"_s), QStringList{u"a"_s});
    message.sentAt -= 100'000; // another place in the index
    message.seq = ++m_seq;
    QVERIFY(store({message}));
    QCOMPARE(ids(u"cakes"_s), QStringList{u"a"_s});
    // An older version does not come back, and several in one transaction are one.
    Message second = message;
    second.text = u"nine"_s;
    second.seq = ++m_seq;
    Message third = second;
    third.text = u"ten"_s;
    third.seq = ++m_seq;
    QVERIFY(store({second, third, message}));
    QCOMPARE(ids(u"nine"_s) + ids(u"eight"_s), QStringList{});
    QCOMPARE(ids(u"ten"_s), QStringList{u"a"_s});
}

void TestSearchStore::forgetsWhatWasTakenBack()
{
    Message unsent = says(u"a"_s, u"a secret word"_s);
    QVERIFY(store({unsent, says(u"b"_s, u"a secret sentence"_s)}));
    unsent.details.unsentAt = Noon;
    unsent.seq = ++m_seq;
    QVERIFY(store({unsent}));
    QCOMPARE(ids(u"secret"_s), QStringList{u"b"_s});
    PAGEDESK_SUCCEEDS(m_replica->write([this](ReplicaWriter &writer) {
        return MessageStore::remove(writer, {u"b"_s}, u"1"_s, ++m_seq);
    }));
    QCOMPARE(ids(u"secret"_s), QStringList{});
    // Nor do the words stay in the index.
    const auto left = m_replica->read([](Connection &connection) -> Result<qint64> {
        const auto count = connection.one(
            "SELECT count(*) FROM message_index WHERE message_index MATCH 'secret'", {},
            [](const Row &row) { return row.integer(0); });
        return count ? Result<qint64>(count->value_or(-1)) : failure(count.error());
    });
    QCOMPARE(*left, 0);
}

void TestSearchStore::followsOurOwnReplies()
{
    Message ours = outbound(u"1"_s, u"9"_s, u"ours"_s, Noon, 0, DeliveryState::Queued);
    ours.text = u"we bake it again"_s;
    ours.arrival = 0;
    PAGEDESK_SUCCEEDS(m_replica->write(
        [ours](ReplicaWriter &writer) { return MessageStore::add(writer, ours); }));
    QCOMPARE(ids(u"bake"_s), QStringList{u"ours"_s});
    Message theirs = outbound(u"1"_s, u"9"_s, u"ours"_s, Noon + 4000, ++m_seq);
    theirs.text = ours.text;
    QVERIFY(store({theirs}));
    QCOMPARE(ids(u"bake"_s), QStringList{u"ours"_s});
    QCOMPARE(find(u"bake"_s).hits.value(0).at, Noon + 4000);
}

void TestSearchStore::findsPeopleByWhatTheyAreCalled()
{
    QCOMPARE(ids(u"maria"_s), QStringList{u"María Silva"_s});
    QCOMPARE(ids(u"小"_s), QStringList{u"王小明"_s});
    Conversation renamed = conversation(u"1"_s, u"9"_s, Noon, ++m_seq);
    renamed.contact.name = u"Mary Silver"_s;
    QVERIFY(store(renamed));
    QCOMPARE(ids(u"silva"_s), QStringList{});
    QCOMPARE(ids(u"silver"_s), QStringList{u"Mary Silver"_s});
    ContactCard card;
    card.id = {u"1-9"_s};
    card.pageId = {u"1"_s};
    card.profile.name = u"María Silva"_s;
    card.fields = {{u"Shoe size"_s, u"forty-two"_s}};
    card.seq = ++m_seq;
    QVERIFY(store(card));
    QCOMPARE(ids(u"silva"_s), QStringList{u"Mary Silver"_s}); // what Meta says finds them too
    QCOMPARE(ids(u"shoe forty"_s), QStringList{u"Mary Silver"_s});
    card.fields = {};
    card.seq = ++m_seq;
    QVERIFY(store(card));
    QCOMPARE(ids(u"shoe"_s), QStringList{});
    PAGEDESK_SUCCEEDS(m_replica->write([this](ReplicaWriter &writer) {
        return ConversationStore::remove(writer, {u"1-9"_s}, u"1"_s, ++m_seq);
    }));
    QCOMPARE(ids(u"silver"_s), QStringList{});
}

void TestSearchStore::findsNotes()
{
    ContactCard card;
    card.id = {u"1-9"_s};
    card.pageId = {u"1"_s};
    card.notes = {{u"n1"_s, {u"op-2"_s}, u"Ben"_s, u"allergic to nuts"_s, Noon - 5000}};
    card.seq = ++m_seq;
    QVERIFY(store(card));
    QVERIFY(store(
        {says(u"a"_s, u"no nuts please"_s, Noon - 9000), says(u"b"_s, u"nuts?"_s, Noon - 1000)}));
    QCOMPARE(ids(u"nuts"_s), (QStringList{u"b"_s, u"allergic to nuts"_s, u"a"_s}));
    QCOMPARE(ids(u"nuts in:notes"_s), QStringList{u"allergic to nuts"_s});
    QCOMPARE(ids(u"nuts has:note"_s), QStringList{u"allergic to nuts"_s});
    QCOMPARE(ids(u"nuts in:messages"_s), (QStringList{u"b"_s, u"a"_s}));
    QCOMPARE(find(u"allergic"_s).hits.value(0).author, u"Ben"_s);
    card.notes = {};
    card.seq = ++m_seq;
    QVERIFY(store(card));
    QCOMPARE(ids(u"nuts in:notes"_s), QStringList{});
}

void TestSearchStore::findsFilesByTheirNames()
{
    Message file = says(u"a"_s, {});
    Attachment attachment;
    attachment.kind = AttachmentKind::File;
    attachment.name = u"Rechnung_2026-03.pdf"_s;
    file.attachments = {attachment};
    Message photo = says(u"b"_s, u"look"_s);
    attachment.kind = AttachmentKind::Image;
    attachment.name.clear();
    photo.attachments = {attachment, attachment};
    const Message link = says(u"c"_s, u"see https://example.com/look"_s);
    QVERIFY(store({file, photo, link}));
    QCOMPARE(ids(u"rechnung"_s), QStringList{u"a"_s});
    QCOMPARE(ids(u"has:file"_s), QStringList{u"a"_s});
    QCOMPARE(ids(u"has:photo"_s), QStringList{u"b"_s});
    QCOMPARE(find(u"has:photo"_s).hits.value(0).attachmentCount, 2);
    QCOMPARE(ids(u"has:link look"_s), QStringList{u"c"_s});
    QCOMPARE(ids(u"-has:link look"_s), QStringList{u"b"_s});
    QCOMPARE(ids(u"has:video"_s), QStringList{});
}

void TestSearchStore::knowsWhoWrote()
{
    Message amal = outbound(u"1"_s, u"9"_s, u"amal"_s, Noon - 1000, ++m_seq);
    amal.text = u"hello there"_s;
    amal.authorName = u"Amal"_s;
    Message ben = outbound(u"1"_s, u"9"_s, u"ben"_s, Noon - 2000, ++m_seq);
    ben.text = u"hello again"_s;
    ben.authorName = u"Ben"_s;
    Message wang = inbound(u"2"_s, u"8"_s, u"wang"_s, Noon - 3000, ++m_seq);
    wang.text = u"hello"_s;
    QVERIFY(store({amal, ben, wang, says(u"maria"_s, u"Hello!"_s)}));
    QCOMPARE(ids(u"hello from:maria"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"hello from:\"María Silva\""_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"hello from:小明"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"hello from:me"_s), QStringList{u"amal"_s});
    QCOMPARE(ids(u"hello from:us"_s), (QStringList{u"amal"_s, u"ben"_s}));
    QCOMPARE(ids(u"hello from:ben from:maria"_s), (QStringList{u"maria"_s, u"ben"_s}));
    QCOMPARE(ids(u"hello -from:us"_s), (QStringList{u"maria"_s, u"wang"_s}));
    QCOMPARE(ids(u"from:me"_s), QStringList{u"amal"_s});
}

void TestSearchStore::knowsWhereAndWhen()
{
    Message wang = inbound(u"2"_s, u"8"_s, u"wang"_s, Noon - 86'400'000, ++m_seq);
    wang.text = u"hello"_s;
    QVERIFY(store({wang, says(u"maria"_s, u"Hello!"_s)}));
    QCOMPARE(ids(u"hello page:bikes"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"hello page:corner page:harbour"_s), (QStringList{u"maria"_s, u"wang"_s}));
    QCOMPARE(ids(u"hello -page:bikes"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"hello before:today"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"hello after:today"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"hello after:yesterday before:today"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"after:1d"_s), (QStringList{u"maria"_s, u"wang"_s}));
    QCOMPARE(ids(u"hello before:2020"_s), QStringList{});
}

void TestSearchStore::knowsWhatConversationsAre()
{
    Conversation wang = conversation(u"2"_s, u"8"_s, Noon - 26 * 3'600'000LL, ++m_seq);
    wang.contact.name = u"王小明"_s;
    wang.state = ConversationState::Resolved;
    wang.assignee = {u"op-2"_s};
    wang.labels = {u"VIP customer"_s, u"wholesale"_s};
    QVERIFY(store(wang));
    Message message = inbound(u"2"_s, u"8"_s, u"wang"_s, Noon - 5000, ++m_seq);
    message.text = u"hello"_s;
    QVERIFY(store({message, says(u"maria"_s, u"Hello!"_s)}));
    QCOMPARE(ids(u"hello state:resolved"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"hello -state:resolved"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"hello assignee:ben"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"hello assignee:none"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"hello assignee:me"_s), QStringList{});
    QCOMPARE(ids(u"hello label:vip"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"hello window:open"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"hello window:closed"_s), QStringList{u"wang"_s});
    QCOMPARE(ids(u"window:closing"_s), QStringList{});
    QCOMPARE(ids(u"state:resolved"_s), QStringList{u"wang"_s});
}

void TestSearchStore::saysWhichNamesNobodyHas()
{
    const auto problem = [this](const QString &text) { return find(text).problems.value(0); };
    QCOMPARE(
        problem(u"page:shoes x"_s).valid, (QStringList{u"Corner Bakery"_s, u"Harbour Bikes"_s}));
    QCOMPARE(problem(u"from:nobody x"_s).value, u"nobody"_s);
    QCOMPARE(
        problem(u"assignee:zoe x"_s).valid, (QStringList{u"me"_s, u"none"_s, u"Amal"_s, u"Ben"_s}));
    QCOMPARE(problem(u"label:gold x"_s).name, u"label"_s);
    QVERIFY(find(u"page:bakery from:maria x"_s).problems.isEmpty());
}

void TestSearchStore::givesPages()
{
    QList<Message> messages;
    for (int i = 0; i < 120; ++i)
        messages.append(
            says(u"m%1"_s.arg(i, 3, 10, QChar(u'0')), u"hello there"_s, Noon - i * 1000));
    QVERIFY(store(messages));
    for (const QString &text : {u"hello "_s, u"hel"_s, u"hello state:open"_s}) {
        QStringList found;
        SearchCursor from;
        for (int round = 0; round < 5; ++round) {
            const SearchResults results = find(text, from);
            for (const SearchHit &hit : results.hits)
                found.append(hit.message.value);
            if (!results.next)
                break;
            QCOMPARE(results.hits.size(), 50);
            from = *results.next;
        }
        QStringList sorted = found;
        sorted.sort();
        QCOMPARE(found.size(), 120);
        QCOMPARE(found, sorted);
    }
}

// Beyond the messages that are looked through the index has to answer the same.
void TestSearchStore::frequentBeginningsOfWords()
{
    QList<Message> messages;
    for (int i = 0; i < 3000; ++i) {
        const QString text = i >= 2900 ? u"needle %1"_s.arg(i) : u"hay %1"_s.arg(i);
        messages.append(says(u"m%1"_s.arg(i, 4, 10, QChar(u'0')), text, Noon - i * 1000));
    }
    QVERIFY(store(messages));
    QCOMPARE(find(u"need"_s).hits.size(), 50);
    QCOMPARE(find(u"need"_s).hits.value(0).message.value, u"m2900"_s);
    QCOMPARE(find(u"ha"_s).hits.value(0).message.value, u"m0000"_s);
    QCOMPARE(ids(u"needle 2999"_s), QStringList{u"m2999"_s});
}

void TestSearchStore::forgetsPages()
{
    Message wang = inbound(u"2"_s, u"8"_s, u"wang"_s, Noon, ++m_seq);
    wang.text = u"hello"_s;
    QVERIFY(store({wang, says(u"maria"_s, u"hello"_s)}));
    PAGEDESK_SUCCEEDS(
        m_replica->write([](ReplicaWriter &writer) { return StreamRows::remove(writer, u"2"_s); }));
    QCOMPARE(ids(u"hello"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"小明"_s), QStringList{});
}

void TestSearchStore::forgetsLargePages()
{
    QList<Message> messages;
    for (int i = 0; i < 6000; ++i) {
        messages.append(inbound(u"2"_s, u"8"_s, u"w%1"_s.arg(i), Noon - i, ++m_seq));
        messages.last().text = u"hello"_s;
    }
    QVERIFY(store({says(u"maria"_s, u"hello"_s)}));
    QVERIFY(store(messages));
    bool isTold = false;
    connect(&m_replica->get(), &Replica::changed, this,
        [&isTold](const ReplicaChanges &changes) { isTold |= changes.searchStartedOver; });
    PAGEDESK_SUCCEEDS(
        m_replica->write([](ReplicaWriter &writer) { return StreamRows::remove(writer, u"2"_s); }));
    QVERIFY(isTold);
    QVERIFY(fill().isComplete);
    QCOMPARE(ids(u"hello"_s), QStringList{u"maria"_s});
    QCOMPARE(ids(u"silva"_s), QStringList{u"María Silva"_s});
}

void TestSearchStore::fillsInSteps()
{
    QList<Message> messages;
    for (int i = 0; i < 250; ++i)
        messages.append(says(u"m%1"_s.arg(i), u"hello %1"_s.arg(i), Noon - i * 1000));
    QVERIFY(store(messages));
    PAGEDESK_SUCCEEDS(m_replica->write(
        [](ReplicaWriter &writer) { return SearchIndex::startOver(writer.connection); }));
    QCOMPARE(ids(u"hello"_s), QStringList{});
    const IndexProgress first = fill(100, 1);
    QCOMPARE(first, (IndexProgress{100, 250, false}));
    QCOMPARE(ids(u"149 "_s), QStringList{}); // the newest rows come first
    QCOMPARE(ids(u"150 "_s), QStringList{u"m150"_s});
    // What changes meanwhile is found once its turn has come, and only once.
    Message early = messages.at(3);
    early.text = u"changed"_s;
    early.seq = ++m_seq;
    Message late = messages.at(200);
    late.text = u"changed too"_s;
    late.seq = ++m_seq;
    QVERIFY(store({early, late, says(u"fresh"_s, u"changed hello"_s)}));
    QVERIFY(fill().isComplete);
    QCOMPARE(ids(u"changed"_s), (QStringList{u"fresh"_s, u"m3"_s, u"m200"_s}));
    QCOMPARE(ids(u"200 "_s) + ids(u"3 "_s), QStringList{});
    QCOMPARE(fill(), (IndexProgress{251, 251, true}));
}

// A copy of the files, as they are in the middle of it, is what a killed program leaves.
void TestSearchStore::goesOnAfterAKill()
{
    QList<Message> messages;
    for (int i = 0; i < 1000; ++i)
        messages.append(says(u"m%1"_s.arg(i), u"hello %1"_s.arg(i), Noon - i * 1000));
    QVERIFY(store(messages));
    PAGEDESK_SUCCEEDS(m_replica->write(
        [](ReplicaWriter &writer) { return SearchIndex::startOver(writer.connection); }));
    QCOMPARE(fill(100, 3).isComplete, false);
    const auto killed = std::make_unique<TemporaryReplica>();
    killed->close();
    const QDir folder(m_replica->folder());
    for (const QString &name : folder.entryList({u"replica.sqlite*"_s}, QDir::Files)) {
        const QString to = QDir(killed->folder()).filePath(name);
        QFile::remove(to);
        QVERIFY(QFile::copy(folder.filePath(name), to));
    }
    PAGEDESK_SUCCEEDS(killed->open());
    const auto step = [&killed] {
        return *killed->write(
            [](ReplicaWriter &writer) { return SearchIndex::step(writer.connection, 100); });
    };
    QCOMPARE(step().done, 400); // not from the beginning
    while (!step().isComplete) { }
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(Noon, QTimeZone::utc());
    for (const QString &text : {u"hello 0 "_s, u"hello 999 "_s, u"hello 650 "_s}) {
        const auto found = await(killed->get().find({parseSearch(text, now), {}, 50, Noon, {}}));
        PAGEDESK_SUCCEEDS(found);
        QCOMPARE(found->hits.size(), 1);
    }
}

void TestSearchStore::cutsAnew()
{
    QVERIFY(store({says(u"a"_s, u"hello"_s)}));
    PAGEDESK_SUCCEEDS(m_replica->write([](ReplicaWriter &writer) {
        return writer.connection.run(u"UPDATE index_state SET version = 1"_s);
    }));
    QVERIFY(fill().isComplete);
    QCOMPARE(ids(u"hello"_s), QStringList{u"a"_s});
}

void TestSearchStore::theNewestSearchWins()
{
    QVERIFY(store({says(u"a"_s, u"hello"_s)}));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(Noon, QTimeZone::utc());
    QList<Error::Kind> refused;
    for (int i = 0; i < 20; ++i) {
        m_replica->get()
            .find({parseSearch(u"hel"_s, now), {}, 50, Noon, {}})
            .then(this, [&refused](const Result<SearchResults> &results) {
                if (!results)
                    refused.append(results.error().kind);
            });
    }
    QCOMPARE(ids(u"hello"_s), QStringList{u"a"_s});
    QVERIFY(refused.size() >= 15);
    QVERIFY(std::all_of(refused.begin(), refused.end(),
        [](Error::Kind kind) { return kind == Error::Kind::Cancelled; }));
}

void TestSearchStore::anyTextCanBeAsked()
{
    QVERIFY(store({says(u"a"_s, u"hello"_s)}));
    for (const QString &text : {u"\""_s, u"hello\" OR \"x"_s, u"hello AND"_s, u"NEAR(hello x)"_s,
             u"words:hello"_s, u"hello*"_s, u"^hello"_s, u"_d1"_s, u"-"_s, u"from:\"*\" x"_s,
             u"page:\"' OR 1\" x"_s, u"label:% x"_s, QString(10'000, u'a'), u"a "_s.repeated(5000),
             QString(10'000, QChar(0x8BF7)), QString(QChar(0xD83D)), u"-a -b"_s, u"\u202E"_s})
        (void)find(text); // fails loudly
    QCOMPARE(ids(u"hello*"_s), QStringList{u"a"_s});
    QCOMPARE(ids(u"_d1"_s), QStringList{});
}

void TestSearchStore::wipingForgets()
{
    QVERIFY(store({says(u"a"_s, u"hello"_s)}));
    QCOMPARE(ids(u"hello"_s), QStringList{u"a"_s});
    PAGEDESK_SUCCEEDS(m_replica->get().wipe());
    QCOMPARE(ids(u"hello"_s), QStringList{});
    QCOMPARE(QDir(m_replica->folder()).entryList({u"*search*"_s}, QDir::Files), QStringList{});
}

QTEST_GUILESS_MAIN(TestSearchStore)
#include "tst_searchstore.moc"
