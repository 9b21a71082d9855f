// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"

#include <QFile>
#include <QTest>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// What `page check` says of Pages, asked at the sandbox, and what `page remove` leaves.
class TestPageCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
    }
    void cleanup() { m_world.reset(); }

    void goodPagesAreSaidToBe()
    {
        QVERIFY2(check() == 0, m_said.constData());
        QVERIFY(m_said.contains("ok 70044 Bloom Bakery"));
        QVERIFY(m_said.contains("ok 70055 Harbour Bikes"));
    }

    void faultsAreSaidInWords_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("another Page's token")
            << QByteArray("sandbox-page-token-70055") << QByteArray("for another Page");
        QTest::newRow("no token of Meta")
            << QByteArray("sandbox-no-such-token") << QByteArray("Meta refuses its token");
    }
    void faultsAreSaidInWords()
    {
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, words);
        QVERIFY(connectPage(token));
        QCOMPARE(check(), 1);
        QVERIFY2(m_said.contains("FAULT 70044"), m_said.constData());
        QVERIFY2(m_said.contains(words), m_said.constData());
        QVERIFY2(!m_said.contains(token), m_said.constData());
        QVERIFY2(m_said.contains("1 of 2 Pages have a fault"), m_said.constData());
    }

    void anEndedSubscriptionIsSeen()
    {
        QCOMPARE(subscription("DELETE", {}), 200);
        QCOMPARE(check(), 1);
        QVERIFY2(m_said.contains("the app is not subscribed to the Page"), m_said.constData());
        QCOMPARE(
            subscription("POST", R"({"subscribed_fields":["messages","message_echoes"]})"), 200);
        QCOMPARE(check(), 1);
        QVERIFY2(m_said.contains("message_deliveries, message_reads"), m_said.constData());
    }

    void anAbsentMetaIsSaid()
    {
        m_world->sandbox.kill();
        QCOMPARE(check(), 1);
        QVERIFY2(m_said.contains("Meta cannot be asked"), m_said.constData());
    }

    void aMissingKeyIsSaid()
    {
        QVERIFY(
            QFile::rename(m_world->data() + u"/master.key"_s, m_world->folder() + u"/elsewhere"_s));
        QCOMPARE(check(), 1);
        QVERIFY2(m_said.contains("no master key"), m_said.constData());
    }

    void removedPagesKeepTheirHistory()
    {
        QVERIFY(!m_world->customerWrites(u"24000000000000088"_s, u"Hello"_s).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(
            m_world->command({u"export"_s}).contains("\"text\":\"Hello\""), 20'000);
        int code = -1;
        const QByteArray said
            = m_world->command({u"page"_s, u"remove"_s, u"--page-id"_s, u"70044"_s}, &code);
        QVERIFY2(code == 0, m_world->why().constData());
        QVERIFY(said.contains("its token is forgotten, its history stays"));
        QVERIFY(m_world->command({u"page"_s, u"list"_s}).contains("70044\tremoved\t"));
        QVERIFY(m_world->command({u"export"_s}).contains("\"text\":\"Hello\""));
        QVERIFY(m_world->command({u"audit"_s}).contains("page_removed"));
        QVERIFY(m_world->command({u"verify"_s}).contains("ok every Page token opens (1)"));
        QVERIFY2(check() == 0, m_said.constData()); // of the other one
        m_world->command({u"page"_s, u"remove"_s, u"--page-id"_s, u"70044"_s}, &code);
        QCOMPARE(code, 1);
        QVERIFY(connectPage("sandbox-page-token-70044"));
        QVERIFY(m_world->command({u"page"_s, u"list"_s}).contains("70044\tconnected\t"));
    }

private:
    int check()
    {
        Program program(u"pagedesk-relay"_s);
        const int code = program.run({u"page"_s, u"check"_s, u"--data"_s, m_world->data(),
            u"--graph-url"_s, m_world->sandboxUrl({}).toString()});
        m_said = program.output() + program.errors();
        return code;
    }
    bool connectPage(const QByteArray &token)
    {
        QFile file(m_world->folder() + u"/token"_s);
        if (!file.open(QIODevice::WriteOnly) || file.write(token) != token.size())
            return false;
        file.close();
        int code = -1;
        m_world->command({u"page"_s, u"add"_s, u"--page-id"_s, u"70044"_s, u"--name"_s,
                             u"Bloom Bakery"_s, u"--token-file"_s, file.fileName()},
            &code);
        return code == 0;
    }
    int subscription(const QByteArray &method, const QByteArray &body)
    {
        return http(method, m_world->sandboxUrl(u"/v26.0/70044/subscribed_apps"_s), body,
            {{"Authorization", "Bearer sandbox-page-token-70044"}})
            .status;
    }

    std::unique_ptr<World> m_world;
    QByteArray m_said;
};

QTEST_GUILESS_MAIN(TestPageCommands)
#include "tst_pagecommands.moc"
