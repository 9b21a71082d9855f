// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QElapsedTimer>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Amina = u"24000000000000017"_s;

QStringList texts(const QList<QJsonObject> &items)
{
    QStringList list;
    for (const QJsonObject &item : items)
        list.append(item[u"message"_s][u"text"_s].toString());
    return list;
}

} // namespace

class FaultsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void sendsFailAsAsked_data();
    void sendsFailAsAsked();
    void committedSendsFailAsAsked_data();
    void committedSendsFailAsAsked();
    void timeoutAfterCommitHangs();
    void delayedSendTakesItsTime();
    void webhooksAreSpoiledAsAsked_data();
    void webhooksAreSpoiledAsAsked();
    void wrongSignatureIsPutRightByTheRetry();
    void graphOutageHitsReads();
    void faultsAreListedAndCleared();

private:
    void set(const QJsonObject &fault);

    std::unique_ptr<WebhookReceiver> m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void FaultsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_receiver = std::make_unique<WebhookReceiver>();
    m_sandbox
        = std::make_unique<SandboxProcess>(m_receiver->url(), QStringList{u"--batch"_s, u"1"_s});
    m_sandbox->write(Amina, u"Hello"_s);
    QTRY_COMPARE(m_receiver->messages().size(), 1);
    m_receiver->forget();
}

void FaultsTest::cleanup()
{
    m_sandbox.reset();
    m_receiver.reset();
}

void FaultsTest::set(const QJsonObject &fault)
{
    const QJsonObject answer = m_sandbox->control(u"faults"_s, fault);
    QVERIFY2(answer.contains(u"id"_s), qPrintable(answer[u"error"_s].toString()));
}

void FaultsTest::sendsFailAsAsked_data()
{
    QTest::addColumn<QJsonObject>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("subcode");
    const auto send = [](const QString &kind, QJsonObject more = {}) {
        more[u"target"_s] = u"send"_s;
        more[u"fault"_s] = kind;
        return more;
    };
    QTest::newRow("chosen error") << send(u"error"_s, {{u"code"_s, 613}, {u"subcode"_s, 7}}) << 400
                                  << 613 << 7;
    QTest::newRow("chosen status")
        << send(u"error"_s, {{u"code"_s, 4}, {u"httpStatus"_s, 403}}) << 403 << 4 << 0;
    QTest::newRow("expired token") << send(u"expired_token"_s) << 400 << 190 << 463;
    QTest::newRow("outage") << send(u"outage"_s) << 500 << 2 << 0;
    QTest::newRow("outage behind a proxy")
        << send(u"outage"_s, {{u"httpStatus"_s, 502}}) << 502 << 0 << 0;
    QTest::newRow("connection lost") << send(u"drop"_s) << 0 << 0 << 0;
}

void FaultsTest::sendsFailAsAsked()
{
    QFETCH(QJsonObject, fault);
    set(fault);
    const HttpAnswer answer = m_sandbox->sendText(Amina, u"One"_s, u"job-1"_s);
    QTEST(answer.status, "status");
    QTEST(answer.code(), "code");
    QTEST(answer.subcode(), "subcode");
    m_sandbox->clearFaults();
    QCOMPARE(m_sandbox->state()[u"sends"_s][u"committed"_s].toInt(), 0);
    QCOMPARE(m_sandbox->sendText(Amina, u"One"_s, u"job-1"_s).status, 200);
    QCOMPARE(m_sandbox->state()[u"sends"_s][u"byMetadata"_s][u"job-1"_s].toInt(), 1);
}

void FaultsTest::committedSendsFailAsAsked_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("500") << u"500"_s << 500 << 0 << false;
    QTest::newRow("reset") << u"reset"_s << 0 << 0 << false;
    QTest::newRow("truncated") << u"truncated"_s << 200 << 0 << false;
    QTest::newRow("empty_id") << u"empty_id"_s << 200 << 0 << true;
    QTest::newRow("error_1") << u"error_1"_s << 500 << 1 << true;
}

void FaultsTest::committedSendsFailAsAsked()
{
    QFETCH(QString, mode);
    QFETCH(bool, isJson);
    set({{u"target"_s, u"send"_s}, {u"fault"_s, u"commit_then_fail"_s}, {u"mode"_s, mode}});
    const HttpAnswer answer = m_sandbox->sendText(Amina, u"One"_s, u"job-1"_s);
    QTEST(answer.status, "status");
    QTEST(answer.code(), "code");
    QCOMPARE(!answer.json().isEmpty(), isJson);
    QVERIFY(answer.json()[u"message_id"_s].toString().isEmpty());
    QTRY_COMPARE(m_receiver->echoes().size(), 1);
    QCOMPARE(m_receiver->echoes().constFirst()[u"message"_s][u"metadata"_s].toString(), u"job-1"_s);
    QCOMPARE(m_sandbox->state()[u"sends"_s][u"byMetadata"_s][u"job-1"_s].toInt(), 1);
}

void FaultsTest::timeoutAfterCommitHangs()
{
    set({{u"target"_s, u"send"_s}, {u"fault"_s, u"commit_then_fail"_s}});
    m_sandbox->timeoutMs = 1000;
    QCOMPARE(m_sandbox->sendText(Amina, u"One"_s, u"job-1"_s).status, 0);
    m_sandbox->timeoutMs = 20'000;
    QTRY_COMPARE(m_receiver->echoes().size(), 1);
}

void FaultsTest::delayedSendTakesItsTime()
{
    set({{u"target"_s, u"send"_s}, {u"fault"_s, u"delay"_s}, {u"milliseconds"_s, 700}});
    QElapsedTimer since;
    since.start();
    QCOMPARE(m_sandbox->sendText(Amina, u"Slow"_s).status, 200);
    QVERIFY(since.elapsed() >= 700);
}

void FaultsTest::webhooksAreSpoiledAsAsked_data()
{
    QTest::addColumn<QJsonObject>("fault");
    QTest::addColumn<QStringList>("arrive");
    const auto webhook = [](const QString &kind, QJsonObject more = {}) {
        more[u"target"_s] = u"webhook"_s;
        more[u"fault"_s] = kind;
        return more;
    };
    QTest::newRow("none") << QJsonObject() << QStringList{u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("drop") << webhook(u"drop"_s) << QStringList{u"2"_s, u"3"_s};
    QTest::newRow("drop all") << webhook(u"drop"_s, {{u"count"_s, 2}}) << QStringList{u"3"_s};
    QTest::newRow("drop of another kind") << webhook(u"drop"_s, {{u"event"_s, u"message_echo"_s}})
                                          << QStringList{u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("of another Page")
        << webhook(u"drop"_s, {{u"pageId"_s, u"70055"_s}}) << QStringList{u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("duplicate") << webhook(u"duplicate"_s)
                               << QStringList{u"1"_s, u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("reorder") << webhook(u"reorder"_s) << QStringList{u"2"_s, u"1"_s, u"3"_s};
    QTest::newRow("delay") << webhook(u"delay"_s, {{u"milliseconds"_s, 500}})
                           << QStringList{u"1"_s, u"2"_s, u"3"_s};
}

void FaultsTest::webhooksAreSpoiledAsAsked()
{
    QFETCH(QJsonObject, fault);
    QFETCH(QStringList, arrive);
    if (!fault.isEmpty())
        set(fault);
    for (int i = 1; i <= 3; ++i)
        m_sandbox->write(Amina, QString::number(i));
    QTRY_COMPARE(texts(m_receiver->messages()), arrive);
    QTRY_COMPARE(m_sandbox->state()[u"webhooks"_s][u"pending"_s].toInt(), 0);
    QCOMPARE(texts(m_receiver->messages()), arrive);
}

void FaultsTest::wrongSignatureIsPutRightByTheRetry()
{
    m_receiver->nextStatuses = {403};
    set({{u"target"_s, u"webhook"_s}, {u"fault"_s, u"wrong_signature"_s}});
    m_sandbox->write(Amina, u"Who am I?"_s);
    QTRY_COMPARE(m_receiver->messages().size(), 1);
    QCOMPARE(m_receiver->posts.size(), 2);
    const auto isRight = [](const WebhookReceiver::Post &post) {
        const QByteArray right = QMessageAuthenticationCode::hash(
            post.body, "sandbox-app-secret", QCryptographicHash::Sha256)
                                     .toHex();
        return post.headers.value("x-hub-signature-256") == "sha256=" + right;
    };
    QVERIFY(!isRight(m_receiver->posts[0]));
    QVERIFY(isRight(m_receiver->posts[1]));
}

void FaultsTest::graphOutageHitsReads()
{
    const QString path = u"/v26.0/me?access_token=sandbox-page-token-70044"_s;
    set({{u"target"_s, u"graph"_s}, {u"fault"_s, u"error"_s}, {u"code"_s, 80006}});
    QCOMPARE(m_sandbox->get(path).code(), 80006);
    QCOMPARE(m_sandbox->get(path).status, 200);
    set({{u"target"_s, u"graph"_s}, {u"fault"_s, u"outage"_s}, {u"milliseconds"_s, 60'000}});
    QCOMPARE(m_sandbox->get(path).code(), 2);
    QCOMPARE(m_sandbox->sendText(Amina, u"One"_s).code(), 2);
    m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, 60'000}});
    QCOMPARE(m_sandbox->get(path).status, 200);
}

void FaultsTest::faultsAreListedAndCleared()
{
    set({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s}, {u"count"_s, -1}});
    const auto list
        = [&] { return m_sandbox->get(u"/_sandbox/faults"_s).json()[u"faults"_s].toArray(); };
    QCOMPARE(list().size(), 1);
    QCOMPARE(list()[0][u"count"_s].toInt(), -1);
    QVERIFY(m_sandbox->sendText(Amina, u"One"_s).status != 200);
    QCOMPARE(list().size(), 1);
    m_sandbox->clearFaults();
    QCOMPARE(list().size(), 0);
    const HttpAnswer wrong = m_sandbox->post(
        u"/_sandbox/faults"_s, R"({"target":"send","fault":"explode"})", "application/json");
    QCOMPARE(wrong.status, 400);
    QVERIFY(wrong.json()[u"error"_s].toString().startsWith("fault:"_L1));
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "tst_faults.moc"
