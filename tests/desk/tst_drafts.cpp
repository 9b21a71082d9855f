// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/desk/desk.h"

#include <QCoreApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId Nine = {u"1-9"_s};

// What this program does when it is started with "--type <replica>": types until it is killed.
int typeUntilKilled(const QString &path)
{
    Replica replica;
    if (!replica.open(path))
        return 1;
    Drafts drafts(replica);
    int length = 0;
    QTimer typing;
    QObject::connect(&typing, &QTimer::timeout, &drafts, [&] {
        drafts.set(Nine, QString(++length, u'x'));
        printf("%d\n", length);
        fflush(stdout);
    });
    typing.start(5);
    return QCoreApplication::exec();
}

} // namespace

class TestDrafts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void keptPerConversation();
    void newerThanTheDiskAtOnce();
    void emptyRemoves();
    void writtenWhenItIsDestroyed();
    void surviveAHardKill();
    void replyUsesUpTheDraft();
    void typedAfterTheReplyStays();
};

void TestDrafts::keptPerConversation()
{
    TemporaryReplica replica;
    {
        Drafts drafts(replica.get());
        drafts.set(Nine, u"first"_s);
        drafts.set({u"1-8"_s}, u"second\nline 👋"_s);
        drafts.flush();
    }
    replica.close();
    PAGEDESK_SUCCEEDS(replica.open());
    Drafts drafts(replica.get());
    const auto all = await(drafts.all());
    PAGEDESK_SUCCEEDS(all);
    const QHash<ConversationId, QString> expected{
        {Nine, u"first"_s}, {{u"1-8"_s}, u"second\nline 👋"_s}};
    QCOMPARE(*all, expected);
    QCOMPARE(*await(drafts.text({u"1-7"_s})), QString());
}

void TestDrafts::newerThanTheDiskAtOnce()
{
    TemporaryReplica replica;
    Drafts drafts(replica.get());
    QSignalSpy changed(&drafts, &Drafts::draftChanged);
    drafts.set(Nine, u"a"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(*await(drafts.text(Nine)), u"a"_s);
    drafts.flush();
    drafts.set(Nine, u"ab"_s);
    QCOMPARE(*await(drafts.text(Nine)), u"ab"_s);
    QCOMPARE(await(drafts.all())->value(Nine), u"ab"_s);
}

void TestDrafts::emptyRemoves()
{
    TemporaryReplica replica;
    Drafts drafts(replica.get());
    drafts.set(Nine, u"a"_s);
    drafts.flush();
    drafts.set(Nine, {});
    QVERIFY(!await(drafts.all())->contains(Nine));
    drafts.flush();
    QVERIFY(!await(drafts.all())->contains(Nine));
}

void TestDrafts::writtenWhenItIsDestroyed()
{
    TemporaryReplica replica;
    {
        Drafts drafts(replica.get());
        drafts.set(Nine, u"just typed"_s);
    }
    Drafts drafts(replica.get());
    QCOMPARE(*await(drafts.text(Nine)), u"just typed"_s);
}

// Killed while somebody types: less than a second of it is lost.
void TestDrafts::surviveAHardKill()
{
    TemporaryReplica replica;
    replica.close();
    QProcess typist;
    typist.start(QCoreApplication::applicationFilePath(), {u"--type"_s, replica.path()});
    QVERIFY(typist.waitForStarted());
    QByteArray said;
    QTRY_VERIFY((said += typist.readAllStandardOutput()).count('\n') > 250);
    typist.kill(); // SIGKILL
    QVERIFY(typist.waitForFinished());
    said += typist.readAllStandardOutput();
    const qsizetype typed = said.left(said.lastIndexOf('\n')).split('\n').constLast().toInt();
    PAGEDESK_SUCCEEDS(replica.open());
    Drafts drafts(replica.get());
    const auto text = await(drafts.text(Nine));
    PAGEDESK_SUCCEEDS(text);
    QVERIFY2(typed - text->size() < 200, // 5 ms each
        qPrintable(u"%1 of %2 characters"_s.arg(text->size()).arg(typed)));
    QCOMPARE(*text, QString(text->size(), u'x'));
}

// Not even a character that was typed just before and is not written yet brings it back.
void TestDrafts::replyUsesUpTheDraft()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    desk.drafts.set(Nine, u"hell"_s);
    desk.drafts.flush();
    desk.drafts.set(Nine, u"hello"_s);
    QSignalSpy changed(&desk.drafts, &Drafts::draftChanged);
    PAGEDESK_SUCCEEDS(await(desk.outbox.send(Nine, u"hello"_s)));
    QCOMPARE(*await(desk.drafts.text(Nine)), QString());
    QCOMPARE(changed.constLast(), (QVariantList{QVariant::fromValue(Nine), QString()}));
    desk.drafts.flush();
    QCOMPARE(*await(desk.drafts.text(Nine)), QString());
}

void TestDrafts::typedAfterTheReplyStays()
{
    TemporaryReplica replica;
    PAGEDESK_SUCCEEDS(seed(replica));
    Desk desk(replica, QUrl(u"http://127.0.0.1:1"_s));
    desk.drafts.set(Nine, u"hello"_s);
    auto sending = desk.outbox.send(Nine, u"hello"_s);
    desk.drafts.set(Nine, u"and"_s); // before the reply is stored
    PAGEDESK_SUCCEEDS(await(std::move(sending)));
    desk.drafts.flush();
    QCOMPARE(*await(desk.drafts.text(Nine)), u"and"_s);
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == u"--type")
        return typeUntilKilled(arguments.at(2));
    TestDrafts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_drafts.moc"
