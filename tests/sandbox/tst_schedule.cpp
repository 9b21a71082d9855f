// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/faults.h"
#include "app/sandbox/medialinks.h"
#include "app/sandbox/scheduler.h"

#include <QTest>
#include <QUrl>

using namespace Pagedesk;
using namespace Pagedesk::Sandbox;
using namespace Qt::Literals::StringLiterals;

class ScheduleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void movingTheClockMakesThingsDue();
    void movingItBackKeepsTheWait();
    void nothingIsDoneForTheDead();
    void linksExpireAndCannotBeForged();
    void faultsCountDown();
    void wrongFaultsNameTheField_data();
    void wrongFaultsNameTheField();
};

void ScheduleTest::movingTheClockMakesThingsDue()
{
    SandboxClock clock;
    Scheduler scheduler(clock);
    QStringList done;
    scheduler.after(7'200'000, this, [&] { done.append(u"late"_s); });
    scheduler.after(3'600'000, this, [&] { done.append(u"early"_s); });
    scheduler.after(3'600'000, this, [&] { done.append(u"early too"_s); });
    clock.advance(3'500'000);
    scheduler.after(200'000, this, [&] { done.append(u"asked later"_s); });
    QCoreApplication::processEvents();
    QVERIFY(done.isEmpty());
    clock.advance(10'000'000);
    QTRY_COMPARE(done.size(), 4);
    QCOMPARE(done, (QStringList{u"early"_s, u"early too"_s, u"asked later"_s, u"late"_s}));
}

void ScheduleTest::movingItBackKeepsTheWait()
{
    SandboxClock clock;
    Scheduler scheduler(clock);
    bool isDone = false;
    scheduler.after(1'000'000, this, [&] { isDone = true; });
    clock.advance(-50'000'000);
    clock.advance(999'000);
    QCoreApplication::processEvents();
    QVERIFY(!isDone);
    clock.advance(1'001);
    QTRY_VERIFY(isDone);
}

void ScheduleTest::nothingIsDoneForTheDead()
{
    SandboxClock clock;
    Scheduler scheduler(clock);
    bool isDoneForTheDead = false;
    bool isDone = false;
    {
        QObject mortal;
        scheduler.after(1000, &mortal, [&] { isDoneForTheDead = true; });
    }
    scheduler.after(1000, this, [&] { isDone = true; });
    clock.advance(1001);
    QTRY_VERIFY(isDone);
    QVERIFY(!isDoneForTheDead);
}

void ScheduleTest::linksExpireAndCannotBeForged()
{
    ManualClock clock(1'790'000'000'000);
    MediaLinks links(Secret("key"), clock);
    links.setBase(u"http://127.0.0.1:1"_s);
    const MediaFile file{u"1234"_s, "x", u"application/pdf"_s, u"Straße & plan (1).pdf"_s, 0, 0};
    const QUrl url(links.url(file));
    const auto check = [&](const QUrl &tried) {
        return links.check(tried.path(QUrl::FullyEncoded), tried.query(QUrl::FullyEncoded));
    };
    QVERIFY(url.isValid());
    QCOMPARE(MediaLinks::mediaId(url.path(QUrl::FullyEncoded)), u"1234"_s);
    QCOMPARE(check(url), MediaLinks::Verdict::Valid);
    const QString expiry = url.query().section(u"oe="_s, 1);
    QCOMPARE(expiry.toLongLong(nullptr, 16), 1'790'000'000 + MediaLinks::LifetimeSeconds);

    QUrl longer = url;
    longer.setQuery(url.query().replace(u"oe="_s + expiry, u"oe=7FFFFFFF"_s));
    QCOMPARE(check(longer), MediaLinks::Verdict::Mismatch);
    QUrl other = url;
    other.setPath(url.path().replace(u"1234"_s, u"1235"_s));
    QCOMPARE(check(other), MediaLinks::Verdict::Mismatch);
    QCOMPARE(check(QUrl(u"http://a/v/t/1234_x"_s)), MediaLinks::Verdict::Mismatch);

    clock.advance(MediaLinks::LifetimeSeconds * 1000 - 1);
    QCOMPARE(check(url), MediaLinks::Verdict::Valid);
    clock.advance(1);
    QCOMPARE(check(url), MediaLinks::Verdict::Expired);
}

void ScheduleTest::faultsCountDown()
{
    ManualClock clock(1000);
    Faults faults(clock);
    QVERIFY(faults.add({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s}, {u"count"_s, 2},
        {u"pageId"_s, u"70044"_s}}));
    QVERIFY(faults.add(
        {{u"target"_s, u"send"_s}, {u"fault"_s, u"outage"_s}, {u"milliseconds"_s, 500}}));
    QCOMPARE(faults.take(Fault::Target::Webhook, u"70044"_s).size(), 0);
    QCOMPARE(faults.take(Fault::Target::Send, u"1"_s).size(), 1); // the outage alone
    QCOMPARE(faults.take(Fault::Target::Send, u"70044"_s).size(), 2);
    clock.advance(500);
    QVERIFY(!faults.isOut(Fault::Target::Send, u"70044"_s));
    QCOMPARE(faults.take(Fault::Target::Send, u"70044"_s).size(), 1);
    QCOMPARE(faults.take(Fault::Target::Send, u"70044"_s).size(), 0);
}

void ScheduleTest::wrongFaultsNameTheField_data()
{
    QTest::addColumn<QJsonObject>("json");
    QTest::addColumn<QString>("field");
    const QJsonObject good{{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s}};
    const auto with = [&](const QString &field, const QJsonValue &value) {
        QJsonObject json = good;
        json[field] = value;
        return json;
    };
    QTest::newRow("target") << with(u"target"_s, u"moon"_s) << u"target"_s;
    QTest::newRow("fault") << with(u"fault"_s, 7) << u"fault"_s;
    QTest::newRow("not with this target") << with(u"fault"_s, u"duplicate"_s) << u"fault"_s;
    QTest::newRow("mode") << with(u"mode"_s, u"nicely"_s) << u"mode"_s;
    QTest::newRow("count 0") << with(u"count"_s, 0) << u"count"_s;
    QTest::newRow("count text") << with(u"count"_s, u"two"_s) << u"count"_s;
    QTest::newRow("negative delay") << with(u"milliseconds"_s, -1) << u"milliseconds"_s;
    QTest::newRow("status") << with(u"httpStatus"_s, 99) << u"httpStatus"_s;
    QTest::newRow("misspelt") << with(u"mseconds"_s, 1) << u"mseconds"_s;
    QTest::newRow("empty") << QJsonObject() << u"target"_s;
}

void ScheduleTest::wrongFaultsNameTheField()
{
    QFETCH(QJsonObject, json);
    QFETCH(QString, field);
    ManualClock clock(0);
    Faults faults(clock);
    const auto added = faults.add(json);
    QVERIFY(!added);
    QVERIFY2(added.error().detail.startsWith(field + u':'), qPrintable(added.error().detail));
    QVERIFY(faults.list().isEmpty());
}

QTEST_GUILESS_MAIN(ScheduleTest)
#include "tst_schedule.moc"
