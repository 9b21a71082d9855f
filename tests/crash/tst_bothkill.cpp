// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

// SIGKILL of the relay, the desktop or both at random moments while replies are being written: what
// the desktop said was stored reaches the customer, and nothing reaches them twice.
class TestBothKill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostOrDoubled()
    {
        const int rounds = qEnvironmentVariableIntValue("PAGEDESK_TEST_LONG") > 0 ? 300 : 12;
        World world;
        QVERIFY2(world.start(), world.why().constData());
        const QString profile = world.folder() + u"/desk"_s;
        const QString psid = u"24000000000000321"_s;
        const ConversationId conversation{u"70044-"_s + psid};
        QVERIFY(!world.customerWrites(psid, u"Hello"_s).isEmpty());
        pairDesk(world, profile, conversation);

        QRandomGenerator random(20'261'122);
        QStringList stored;
        for (int round = 0; round < rounds; ++round) {
            Program agent(u"../tests/deskagent"_s);
            QVERIFY(agent.start({profile, conversation.value, u"r%1"_s.arg(round)}, u"ready"_s)
                    != QString()
                || agent.isRunning());
            const int wanted = random.bounded(1, 25);
            QTRY_VERIFY_WITH_TIMEOUT(
                agent.drain().count("stored ") >= wanted || !agent.isRunning(), 20'000);
            const int whom = random.bounded(3);
            if (whom != 0)
                world.relay.kill();
            agent.kill();
            for (const QByteArray &line : agent.drain().split('\n')) {
                if (line.startsWith("stored "))
                    stored.append(QString::fromUtf8(line.sliced(7)));
            }
            if (!world.relay.isRunning())
                QVERIFY2(world.startRelay(), world.why().constData());
        }
        QVERIFY(!stored.isEmpty());
        expectAllOnce(world, profile, psid, stored);
    }

private:
    static void pairDesk(World &world, const QString &profile, const ConversationId &conversation)
    {
        TestDesk desk(profile);
        QVERIFY(desk.start());
        QVERIFY(desk.pair(world.invite(u"Ada"_s)));
        QVERIFY(desk.waitFor(ConnectionState::Live));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.thread(conversation).isEmpty(), 20'000);
    }

    static QSet<QString> doubtfulIn(const QList<Message> &thread)
    {
        QSet<QString> texts;
        for (const Message &message : thread) {
            if (message.state == DeliveryState::Unknown || message.state == DeliveryState::Failed)
                texts.insert(message.text);
        }
        return texts;
    }

    static void expectAllOnce(
        World &world, const QString &profile, const QString &psid, const QStringList &stored)
    {
        const ConversationId conversation{u"70044-"_s + psid};
        TestDesk desk(profile);
        QVERIFY(desk.start());
        QVERIFY(desk.waitFor(ConnectionState::Live));
        // Every reply has then reached the customer, or is shown as one that may not have: the
        // relay died between saying that it sends and sending, and nothing is ever sent again by
        // itself.
        QTRY_COMPARE_WITH_TIMEOUT(desk.outbox.waiting(), 0, 60'000);
        QHash<QString, int> copies;
        const auto received = [&] {
            copies.clear();
            const auto answer
                = http("GET", world.sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(psid)));
            for (const QJsonValue &message : answer.json().value(u"messages"_s).toArray())
                ++copies[message.toObject().value(u"text"_s).toString()];
            const QSet<QString> doubtful = doubtfulIn(desk.thread(conversation));
            return std::all_of(stored.begin(), stored.end(), [&](const QString &text) {
                return copies.contains(text) || doubtful.contains(text);
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(received(), 120'000);
        for (auto it = copies.cbegin(); it != copies.cend(); ++it)
            QVERIFY2(it.value() == 1,
                qPrintable(it.key() + u" has reached the customer more than once"_s));
        qInfo("%d replies, %d at the customer once, the others shown as not confirmed",
            static_cast<int>(stored.size()), static_cast<int>(copies.size()));
    }
};

QTEST_GUILESS_MAIN(TestBothKill)
#include "tst_bothkill.moc"
