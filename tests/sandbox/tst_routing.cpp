// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Amina = u"24000000000000017"_s; // of Bloom Bakery
const QString PageInbox = u"263902037430900"_s;
constexpr qint64 Day = 86'400'000;

} // namespace

// Conversation routing as Meta does it: who controls a conversation, what the others are told, and
// what they may do.
class RoutingTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_receiver.forget();
        m_sandbox = std::make_unique<SandboxProcess>(m_receiver.url());
        m_sandbox->write(Amina, u"Hello"_s);
        QTRY_COMPARE(m_receiver.messages().size(), 1);
    }
    void cleanup() { m_sandbox.reset(); }

    void anotherAppTakesAndAnswers()
    {
        control({{u"text"_s, u"Beep"_s}});
        QTRY_COMPARE(m_receiver.items(u"take_thread_control"_s).size(), 1);
        const QJsonValue event
            = m_receiver.items(u"take_thread_control"_s).constFirst()[u"take_thread_control"_s];
        QCOMPARE(event[u"new_owner_app_id"_s].toString(), PageInbox);
        QVERIFY(!event[u"previous_owner_app_id"_s].toString().isEmpty());
        m_sandbox->write(Amina, u"Anybody?"_s);
        QTRY_VERIFY(isInStandby("Anybody?"));
        QVERIFY(isInStandby("Beep"));
        QCOMPARE(m_receiver.messages().size(), 1); // none of them as ours
        const HttpAnswer refused = m_sandbox->sendText(Amina, u"Here I am"_s);
        QCOMPARE(refused.code(), 10);
        QCOMPARE(refused.subcode(), 2018300);
        QCOMPARE(owner(), PageInbox);
    }

    void theDefaultAppTakesItBack()
    {
        control({});
        QCOMPARE(call("POST", u"take_thread_control"_s).json()[u"success"_s].toBool(), true);
        QCOMPARE(call("POST", u"take_thread_control"_s).status, 200); // again does no harm
        QCOMPARE(m_sandbox->sendText(Amina, u"Here I am"_s).status, 200);
        QVERIFY(owner() != PageInbox);
        m_sandbox->write(Amina, u"Thanks"_s);
        QTRY_COMPARE(m_receiver.messages().size(), 2);
    }

    void nobodyElseMayTake_data()
    {
        QTest::addColumn<QString>("defaultApp");
        QTest::newRow("another is the default app") << PageInbox;
        QTest::newRow("there is none") << u""_s;
    }
    void nobodyElseMayTake()
    {
        QFETCH(const QString, defaultApp);
        m_sandbox->control(u"pages/70044/messaging"_s, {{u"defaultApp"_s, defaultApp}});
        control({});
        const HttpAnswer refused = call("POST", u"take_thread_control"_s);
        QCOMPARE(refused.code(), 100);
        QCOMPARE(refused.subcode(), 2018171);
        QCOMPARE(owner(), PageInbox);
    }

    void passedAndReleased()
    {
        QCOMPARE(call("POST", u"release_thread_control"_s).status, 200);
        QCOMPARE(call("POST", u"pass_thread_control"_s).code(), 100); // to nobody
        QCOMPARE(
            call("POST", u"pass_thread_control"_s, {{u"target_app_id"_s, PageInbox}}).status, 200);
        QCOMPARE(owner(), PageInbox);
        QVERIFY(call("POST", u"release_thread_control"_s).status != 200);
        QCOMPARE(call("GET", u"take_thread_control"_s).code(), 100);
    }

    void controlEndsAfterADay()
    {
        control({});
        m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, Day + 1000}});
        QVERIFY(owner().isEmpty());
        m_sandbox->write(Amina, u"Good morning"_s);
        QTRY_COMPARE(m_receiver.messages().size(), 2);
        QCOMPARE(m_sandbox->sendText(Amina, u"Good morning"_s).status, 200);
    }

    void tagNeedsTheFeature()
    {
        m_sandbox->control(u"pages/70044/messaging"_s, {{u"humanAgent"_s, false}});
        m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, Day + 1000}});
        const QJsonObject order{{u"recipient"_s, QJsonObject{{u"id"_s, Amina}}},
            {u"messaging_type"_s, u"MESSAGE_TAG"_s}, {u"tag"_s, u"HUMAN_AGENT"_s},
            {u"message"_s, QJsonObject{{u"text"_s, u"ok"_s}}}};
        const HttpAnswer refused = m_sandbox->send(order);
        QCOMPARE(refused.code(), 10);
        QCOMPARE(refused.subcode(), 2018278);
        m_sandbox->control(u"pages/70044/messaging"_s, {{u"humanAgent"_s, true}});
        QCOMPARE(m_sandbox->send(order).status, 200);
    }

private:
    void control(QJsonObject body)
    {
        body.insert(u"pageId"_s, u"70044"_s);
        m_sandbox->control(u"customers/%1/control"_s.arg(Amina), body);
    }
    HttpAnswer call(const QByteArray &method, const QString &edge, QJsonObject body = {})
    {
        body.insert(u"recipient"_s, QJsonObject{{u"id"_s, Amina}});
        return m_sandbox->request(method, u"/v26.0/70044/"_s + edge,
            QJsonDocument(body).toJson(QJsonDocument::Compact),
            {{"content-type", "application/json"},
                {"authorization", "Bearer sandbox-page-token-70044"}});
    }
    bool isInStandby(const QByteArray &words) const
    {
        return std::any_of(m_receiver.posts.begin(), m_receiver.posts.end(),
            [&words](const WebhookReceiver::Post &post) {
                return post.body.contains(words) && post.body.contains("\"standby\":");
            });
    }
    QString owner()
    {
        const HttpAnswer answer = m_sandbox->get(u"/v26.0/70044/thread_owner?recipient="_s + Amina,
            {{"authorization", "Bearer sandbox-page-token-70044"}});
        return answer.json()[u"data"_s][0][u"thread_owner"_s][u"app_id"_s].toString();
    }

    WebhookReceiver m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

QTEST_GUILESS_MAIN(RoutingTest)
#include "tst_routing.moc"
