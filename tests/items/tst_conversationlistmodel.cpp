// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/windowlengths.h"
#include "models/items/conversationfilter.h"
#include "models/items/conversationlistmodel.h"
#include "models/items/pagelistmodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Now = 1'793'801'340'000;
constexpr qint64 Minute = 60'000;

Conversation conversation(
    const QString &psid, qint64 minutesAgo, const QString &name = {}, const QString &page = u"1"_s)
{
    Conversation result;
    result.id = conversationId({page}, {psid});
    result.contact = {{page}, {psid}, name, {}};
    result.lastMessageAt = Now - minutesAgo * Minute;
    result.lastCustomerAt = result.lastMessageAt;
    result.lastText = u"text of "_s + name;
    return result;
}

Page page(const QString &id, bool humanAgent = false)
{
    return {{id}, u"Page "_s + id, u"#d9480f"_s, PageState::Connected, humanAgent, 1};
}

QStringList idsOf(const QAbstractItemModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(ConversationFilter::idAt(model.index(row, 0)).value);
    return ids;
}

} // namespace

class TestConversationListModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void upsertsById();
    void removes();
    void keepsUpWithAListUnderRandomChanges();
    void knowsDraftsBeforeAndAfterTheirConversation();
    void countsPerView();
    void viewsOfTheQueue();
    void ordersOfTheQueue();
    void rosterNamesWhoHasIt();
    void closesWindowsAsTimePasses();
    void humanAgentKeepsTheWindowOpenForPersons();
    void filtersByWords_data();
    void filtersByWords();
    void showsViews_data();
    void showsViews();
    void sortsByWindow();
    void keepsWhatIsOpenInSight();
    void followsARowThatMoves();
    void listsPages();
};

void TestConversationListModel::upsertsById()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.upsert({conversation(u"a"_s, 5), conversation(u"b"_s, 3), conversation(u"a"_s, 1)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.find({u"1-a"_s})->conversation.lastMessageAt, Now - Minute);
    model.upsert({conversation(u"b"_s, 3)}); // nothing new
    QCOMPARE(changed.size(), 0);
    model.upsert({conversation(u"b"_s, 0, u"Bea"_s)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), model.indexOf({u"1-b"_s}));
    QCOMPARE(model.index(1).data().toString(), u"Bea"_s);
}

void TestConversationListModel::removes()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reset({conversation(u"a"_s, 1), conversation(u"b"_s, 2), conversation(u"c"_s, 3)});
    model.remove({{u"1-b"_s}, {u"1-unknown"_s}, {u"1-b"_s}});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.indexOf({u"1-b"_s}), -1);
    QCOMPARE(model.indexOf({u"1-c"_s}), 1);
}

void TestConversationListModel::keepsUpWithAListUnderRandomChanges()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester filterTester(
        &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QHash<ConversationId, Conversation> expected;
    QRandomGenerator random(42);
    for (int step = 0; step < 400; ++step) {
        const QString psid = QString::number(random.bounded(40));
        if (random.bounded(4) == 0) {
            const ConversationId id = conversationId({u"1"_s}, {psid});
            model.remove({id});
            expected.remove(id);
        } else {
            const Conversation value = conversation(psid, random.bounded(5000));
            model.upsert({value});
            expected.insert(value.id, value);
        }
    }
    QList<Conversation> sorted = expected.values();
    std::sort(sorted.begin(), sorted.end(), [](const Conversation &a, const Conversation &b) {
        return a.lastMessageAt != b.lastMessageAt ? a.lastMessageAt > b.lastMessageAt : a.id < b.id;
    });
    QStringList ids;
    for (const Conversation &value : std::as_const(sorted))
        ids.append(value.id.value);
    QCOMPARE(idsOf(filter), ids);
}

void TestConversationListModel::knowsDraftsBeforeAndAfterTheirConversation()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    model.setDrafts({{{u"1-a"_s}, u"half a"_s}});
    model.upsert({conversation(u"a"_s, 1)});
    QCOMPARE(model.index(0).data(ConversationListModel::DraftRole).toString(), u"half a"_s);
    model.setDraft({u"1-a"_s}, {});
    QCOMPARE(model.index(0).data(ConversationListModel::DraftRole).toString(), QString());
    model.setDraft({u"1-b"_s}, u"early"_s);
    model.upsert({conversation(u"b"_s, 1)});
    QCOMPARE(model.find({u"1-b"_s})->draft, u"early"_s);
}

void TestConversationListModel::countsPerView()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    Conversation unread = conversation(u"a"_s, 1);
    unread.unread = 3;
    unread.waitingSince = Now - Minute;
    Conversation closing = conversation(u"b"_s, 21 * 60, {}, u"2"_s);
    Conversation resolved = conversation(u"c"_s, 5);
    resolved.state = ConversationState::Resolved;
    resolved.unread = 1;
    QSignalSpy changed(&model, &ConversationListModel::countsChanged);
    model.reset({unread, closing, resolved});
    QCOMPARE(changed.size(), 1);
    const ConversationCounts counts = model.counts();
    QCOMPARE(counts.inbox, 2);
    QCOMPARE(counts.unread, 1);
    QCOMPARE(counts.waiting, 1);
    QCOMPARE(counts.closingSoon, 1);
    QCOMPARE(counts.resolved, 1);
    QCOMPARE(counts.unreadByPage.value({u"1"_s}), 1);
    QCOMPARE(counts.unreadByPage.value({u"2"_s}), 0);
}

void TestConversationListModel::viewsOfTheQueue()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    Roster roster;
    roster.self = {u"me"_s};
    model.setRoster(roster);
    Conversation free = conversation(u"free"_s, 1);
    Conversation mine = conversation(u"mine"_s, 2);
    mine.assignee = roster.self;
    Conversation theirs = conversation(u"theirs"_s, 3);
    theirs.assignee = {u"ben"_s};
    Conversation teams = conversation(u"teams"_s, 4);
    teams.team = {u"t1"_s};
    Conversation pending = conversation(u"pending"_s, 5);
    pending.state = ConversationState::Pending;
    pending.assignee = roster.self;
    Conversation snoozed = conversation(u"snoozed"_s, 6);
    snoozed.state = ConversationState::Snoozed;
    snoozed.assignee = roster.self;
    snoozed.waitingSince = 1;
    snoozed.unread = 1;
    model.reset({free, mine, theirs, teams, pending, snoozed});
    const auto shown = [&filter](ConversationView view) {
        ConversationFilter::Query query;
        query.view = view;
        filter.setQuery(query);
        return idsOf(filter).replaceInStrings(u"1-"_s, QString());
    };
    using View = ConversationView;
    QCOMPARE(shown(View::Inbox), (QStringList{u"free"_s, u"mine"_s, u"theirs"_s, u"teams"_s}));
    QCOMPARE(shown(View::Mine), (QStringList{u"mine"_s, u"pending"_s}));
    QCOMPARE(shown(View::Unassigned), (QStringList{u"free"_s, u"teams"_s}));
    QCOMPARE(shown(View::Pending), QStringList{u"pending"_s});
    QCOMPARE(shown(View::Snoozed), QStringList{u"snoozed"_s});
    QCOMPARE(shown(View::Waiting), QStringList());
    const ConversationCounts counts = model.counts();
    QCOMPARE(counts.inbox, 4);
    QCOMPARE(counts.mine, 2);
    QCOMPARE(counts.unassigned, 2);
    QCOMPARE(counts.pending, 1);
    QCOMPARE(counts.snoozed, 1);
    QCOMPARE(counts.unread, 0);
    // Somebody else sits down.
    roster.self = {u"ben"_s};
    (void)shown(View::Mine);
    model.setRoster(roster);
    QCOMPARE(idsOf(filter), QStringList{u"1-theirs"_s});
}

void TestConversationListModel::ordersOfTheQueue()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    Conversation plain = conversation(u"plain"_s, 1);
    Conversation low = conversation(u"low"_s, 2);
    low.priority = Priority::Low;
    low.waitingSince = Now - 50 * Minute;
    Conversation urgent = conversation(u"urgent"_s, 3);
    urgent.priority = Priority::Urgent;
    urgent.waitingSince = Now - 5 * Minute;
    Conversation high = conversation(u"high"_s, 4);
    high.priority = Priority::High;
    model.reset({plain, low, urgent, high});
    ConversationFilter::Query query;
    query.order = ConversationFilter::Order::Priority;
    filter.setQuery(query);
    QCOMPARE(idsOf(filter), (QStringList{u"1-urgent"_s, u"1-high"_s, u"1-plain"_s, u"1-low"_s}));
    query.order = ConversationFilter::Order::Waiting;
    filter.setQuery(query);
    QCOMPARE(idsOf(filter), (QStringList{u"1-low"_s, u"1-urgent"_s, u"1-plain"_s, u"1-high"_s}));
}

void TestConversationListModel::rosterNamesWhoHasIt()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    Conversation row = conversation(u"a"_s, 1);
    row.team = {u"t1"_s};
    row.labels = {u"gone"_s, u"l2"_s, u"l1"_s};
    model.reset({row});
    QCOMPARE(model.index(0).data(ConversationListModel::HolderRole).toString(), QString());
    const Operator ada{{u"ada"_s}, u"Ada"_s};
    Roster roster;
    roster.people = {ada};
    roster.teams.append(Team{{u"t1"_s}, u"Evening"_s});
    roster.labels.append(Label{{u"l1"_s}, u"Angry"_s, {}});
    roster.labels.append(Label{{u"l2"_s}, u"VIP"_s, {}});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRoster(roster);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(0).data(ConversationListModel::HolderRole).toString(), u"Evening"_s);
    const auto labels
        = model.index(0).data(ConversationListModel::LabelsRole).value<QList<Label>>();
    QCOMPARE(labels.size(), 2);
    QCOMPARE(labels.first().name, u"Angry"_s);
    row.assignee = ada.id;
    model.upsert({row});
    QCOMPARE(model.index(0).data(ConversationListModel::HolderRole).toString(), u"Ada"_s);
}

void TestConversationListModel::closesWindowsAsTimePasses()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    model.reset({conversation(u"a"_s, 19 * 60)});
    ConversationFilter::Query query;
    query.view = ConversationView::ClosingSoon;
    filter.setQuery(query);
    QCOMPARE(filter.rowCount(), 0);
    clock.advance(90 * Minute);
    model.tick();
    QCOMPARE(filter.rowCount(), 1);
    clock.advance(StandardWindowMs);
    model.tick();
    QCOMPARE(filter.rowCount(), 0);
    QCOMPARE(model.row(0).window.state, ReplyWindow::State::Closed);
}

void TestConversationListModel::humanAgentKeepsTheWindowOpenForPersons()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    model.reset({conversation(u"a"_s, 23 * 60)});
    QVERIFY(closesSoon(model.row(0).window, Now));
    model.setPages({page(u"1"_s, true)});
    QVERIFY(!closesSoon(model.row(0).window, Now));
    QCOMPARE(model.row(0).window.closesAt, Now - 23 * 60 * Minute + HumanAgentWindowMs);
    clock.advance(2 * 60 * Minute);
    model.tick();
    QCOMPARE(model.row(0).window.state, ReplyWindow::State::HumanAgent);
    QCOMPARE(model.row(0).window.closesAt, Now - 23 * 60 * Minute + HumanAgentWindowMs);
}

void TestConversationListModel::filtersByWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("nothing asked") << QString() << QStringList{u"1-a"_s, u"1-b"_s, u"1-c"_s};
    QTest::newRow("part of a name") << u"lind"_s << QStringList{u"1-a"_s};
    QTest::newRow("another case") << u"LINDQVIST"_s << QStringList{u"1-a"_s};
    QTest::newRow("without accents") << u"lucia"_s << QStringList{u"1-b"_s};
    QTest::newRow("with accents") << u"Lucía"_s << QStringList{u"1-b"_s};
    QTest::newRow("every word") << u"santos lunes"_s << QStringList{u"1-b"_s};
    QTest::newRow("one word missing") << u"santos martes"_s << QStringList{};
    QTest::newRow("Arabic") << u"نادية"_s << QStringList{u"1-c"_s};
    QTest::newRow("last message") << u"自行车"_s << QStringList{u"1-c"_s};
    QTest::newRow("only blanks") << u"   "_s << QStringList{u"1-a"_s, u"1-b"_s, u"1-c"_s};
}

void TestConversationListModel::filtersByWords()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, found);
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    Conversation santos = conversation(u"b"_s, 2, u"Lucía Santos"_s);
    santos.lastText = u"Perfecto, nos vemos el lunes"_s;
    Conversation arabic = conversation(u"c"_s, 3, u"نادية الحسن"_s);
    arabic.lastText = u"这款自行车还有货吗"_s;
    model.reset({conversation(u"a"_s, 1, u"Jonas Lindqvist"_s), santos, arabic});
    ConversationFilter::Query query;
    query.text = text;
    filter.setQuery(query);
    QCOMPARE(idsOf(filter), found);
}

void TestConversationListModel::showsViews_data()
{
    QTest::addColumn<ConversationFilter::Query>("query");
    QTest::addColumn<QStringList>("found");
    using View = ConversationView;
    const auto row = [](const char *name, const ConversationFilter::Query &query,
                         const QStringList &found) { QTest::newRow(name) << query << found; };
    row("inbox", {View::Inbox, {}, false, {}, {}}, {u"1-a"_s, u"2-b"_s});
    row("unread", {View::Unread, {}, false, {}, {}}, {u"2-b"_s});
    row("unread only", {View::Inbox, {}, true, {}, {}}, {u"2-b"_s});
    row("waiting", {View::Waiting, {}, false, {}, {}}, {u"1-a"_s});
    row("resolved", {View::Resolved, {}, false, {}, {}}, {u"1-c"_s});
    row("a Page", {View::Inbox, {u"2"_s}, false, {}, {}}, {u"2-b"_s});
    row("another Page", {View::Inbox, {u"3"_s}, false, {}, {}}, {});
}

void TestConversationListModel::showsViews()
{
    QFETCH(const ConversationFilter::Query, query);
    QFETCH(const QStringList, found);
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    Conversation waiting = conversation(u"a"_s, 1);
    waiting.waitingSince = Now - Minute;
    Conversation unread = conversation(u"b"_s, 2, {}, u"2"_s);
    unread.unread = 1;
    Conversation resolved = conversation(u"c"_s, 3);
    resolved.state = ConversationState::Resolved;
    model.reset({resolved, unread, waiting});
    filter.setQuery(query);
    QCOMPARE(idsOf(filter), found);
}

void TestConversationListModel::sortsByWindow()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    model.reset({conversation(u"new"_s, 1), conversation(u"closed"_s, 30 * 60),
        conversation(u"soon"_s, 23 * 60), conversation(u"closedlater"_s, 26 * 60)});
    ConversationFilter::Query query;
    query.order = ConversationFilter::Order::Window;
    filter.setQuery(query);
    QCOMPARE(
        idsOf(filter), QStringList({u"1-soon"_s, u"1-new"_s, u"1-closedlater"_s, u"1-closed"_s}));
}

void TestConversationListModel::keepsWhatIsOpenInSight()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    Conversation a = conversation(u"a"_s, 1);
    Conversation b = conversation(u"b"_s, 2);
    a.unread = b.unread = 1;
    model.reset({a, b});
    ConversationFilter::Query query;
    query.unreadOnly = true;
    filter.setQuery(query);
    filter.setCurrent(a.id);
    a.unread = 0;
    model.upsert({a});
    QCOMPARE(filter.rowCount(), 2); // it was only looked at
    filter.setCurrent(b.id);
    QCOMPARE(filter.rowCount(), 2); // nor does it go when the next one is opened
    query.page = {u"1"_s};
    filter.setQuery(query);
    QCOMPARE(idsOf(filter), QStringList{u"1-b"_s}); // another question, another answer
    b.state = ConversationState::Resolved;
    b.unread = 0;
    model.upsert({b});
    QCOMPARE(idsOf(filter), QStringList{u"1-b"_s}); // resolved, but still open
    filter.setCurrent({});
    QCOMPARE(filter.rowCount(), 0);
}

void TestConversationListModel::followsARowThatMoves()
{
    ManualClock clock(Now);
    ConversationListModel model(clock);
    ConversationFilter filter(model);
    Conversation old = conversation(u"old"_s, 50);
    model.reset({conversation(u"new"_s, 1), old});
    const QPersistentModelIndex selected(filter.indexOf(old.id));
    QCOMPARE(selected.row(), 1);
    old.lastMessageAt = Now;
    model.upsert({old});
    QVERIFY(selected.isValid());
    QCOMPARE(selected.row(), 0);
    QCOMPARE(ConversationFilter::idAt(selected), old.id);
}

void TestConversationListModel::listsPages()
{
    PageListModel model;
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    Page removed = page(u"3"_s);
    removed.state = PageState::Removed;
    model.setPages({page(u"2"_s), removed, page(u"1"_s)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), u"Page 1"_s);
    model.setUnread({{{u"2"_s}, 4}});
    QCOMPARE(model.index(1).data(PageListModel::UnreadRole).toInt(), 4);
    Page broken = page(u"1"_s);
    broken.state = PageState::NeedsLogin;
    model.setPages({page(u"2"_s), broken});
    QCOMPARE(reset.size(), 1); // the same rows: no reset
    QCOMPARE(
        model.index(0).data(PageListModel::PageRole).value<Page>().state, PageState::NeedsLogin);
}

QTEST_GUILESS_MAIN(TestConversationListModel)
#include "tst_conversationlistmodel.moc"
