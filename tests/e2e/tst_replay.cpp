// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"

#include <QProcess>
#include <QTest>

using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// What is kept is what the events say, and `replay` notices when it is not.
class TestReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_world.start(), m_world.why().constData());
        deliver(
            T + 20, "'message_edit':{'mid':'m_1','text':'two','num_edit':1}"); // before its message
        for (int i = 0; i < 20; ++i)
            deliver(T + i, "'message':{'mid':'m_" + QByteArray::number(i) + "','text':'one'}");
        deliver(T + 3, "'message':{'mid':'m_3','text':'one'}"); // once more
        deliver(T + 30, "'reaction':{'mid':'m_2','action':'react','emoji':'x'}");
        deliver(T + 40, "'postback':{'title':'Menu'}");
        deliver(T + 50, "'referral':{'ref':'a'}");
    }

    void agreesWhileTheRelayServes()
    {
        int exitCode = -1;
        const QByteArray said = m_world.command({u"replay"_s}, &exitCode);
        QVERIFY2(said.contains("25 events gave 22 messages"), said.constData());
        QCOMPARE(exitCode, 0);
        QVERIFY(m_world.relay.isRunning());
    }

    void tellsWhatWasChangedBehindItsBack()
    {
        QCOMPARE(sql(u"UPDATE message SET text = 'forged' WHERE mid = 'm_5'"_s), 0);
        QCOMPARE(sql(u"DELETE FROM message WHERE mid = 'm_6'"_s), 0);
        int exitCode = -1;
        const QByteArray said = m_world.command({u"replay"_s}, &exitCode);
        QVERIFY2(said.contains(": text\n"), said.constData());
        QVERIFY2(said.contains(": not kept\n"), said.constData());
        QCOMPARE(said.count("DIFFERENCE"), 2);
        QVERIFY(!said.contains("forged")); // no text of a message
        QCOMPARE(exitCode, 1);
    }

private:
    static constexpr qint64 T = 1'790'000'000'123;

    void deliver(qint64 at, const QByteArray &inside)
    {
        QByteArray body = "{'object':'page','entry':[{'id':'70044','time':1,'messaging':[{'sender':"
                          "{'id':'24000000000000777'},'recipient':{'id':'70044'},'timestamp':";
        body += QByteArray::number(at) + ',' + inside + "}]}]}";
        QCOMPARE(m_world.deliver(body.replace('\'', '"')).status, 200);
    }
    int sql(const QString &statement)
    {
        return QProcess::execute(
            u"sqlite3"_s, {m_world.data() + u"/ledger.db"_s, u".timeout 5000"_s, statement});
    }

    World m_world;
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
