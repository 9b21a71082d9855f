// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QTest>

#include <signal.h>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Amina = u"24000000000000017"_s;
const QString Binary = QStringLiteral(PAGEDESK_BIN_DIR) + u"/pagedesk-sandbox"_s;

struct Ended {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

Ended run(const QStringList &words)
{
    QProcess process;
    process.start(Binary, words);
    if (!process.waitForFinished(20'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class ControlTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_sandbox.reset(); }
    void wrongInputNamesTheField_data();
    void wrongInputNamesTheField();
    void customersSendEveryKindOfAttachment_data();
    void customersSendEveryKindOfAttachment();
    void unknownPsidBecomesACustomer();
    void morePagesCanBeMade();
    void clockIsSetAndRead();
    void loadWritesAtItsRate();
    void exitCodes();
    void portInUseIsExplained();
    void terminatesGracefully();

private:
    WebhookReceiver m_receiver;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void ControlTest::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProcess>(m_receiver.url());
}

void ControlTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_receiver.forget();
}

void ControlTest::wrongInputNamesTheField_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("named");
    QTest::addColumn<int>("status");
    const QString messages = u"customers/24000000000000017/messages"_s;
    const auto row = [](const char *name, const QString &path, const char *body, const char *named,
                         int status = 400) {
        QTest::newRow(name) << path << QByteArray(body) << QByteArray(named) << status;
    };
    row("no json", messages, "hello", "body:");
    row("an array", messages, "[1]", "body:");
    row("no content", messages, R"({"pageId":"70044"})", "text:");
    row("text is no text", messages, R"({"pageId":"70044","text":5})", "text:");
    row("unknown Page", messages, R"({"pageId":"1","text":"a"})", "pageId:");
    row("attachment type", messages, R"({"attachment":{"type":"smell"}})", "attachment.type:");
    row("base64", messages, R"({"attachment":{"type":"file","base64":"*"}})", "attachment.base64:");
    row("location", messages, R"({"attachment":{"type":"location"}})", "attachment.lat");
    row("psid", u"customers/bob/messages"_s, R"({"pageId":"70044","text":"a"})", "psid:");
    row("new customer without Page", u"customers/77/messages"_s, R"({"text":"a"})", "pageId:");
    row("nobody reads", u"customers/78/read"_s, R"({"pageId":"70044"})", "psid:", 404);
    row("reaction to nothing", u"customers/24000000000000017/reaction"_s,
        R"({"mid":"m_1","emoji":"x"})", "mid:");
    row("clock by nothing", u"clock"_s, "{}", "advanceMs");
    row("clock by text", u"clock"_s, R"({"advanceMs":"1"})", "advanceMs:");
    row("clock both ways", u"clock"_s, R"({"advanceMs":1,"setAt":1})", "advanceMs");
    row("load of none", u"load"_s, R"({"count":0})", "count:");
    row("load too slow", u"load"_s, R"({"count":1,"perSecond":0})", "perSecond:");
    row("batch", u"webhooks"_s, R"({"batch":1001})", "batch:");
    row("url", u"webhooks"_s, R"({"url":"nowhere"})", "url:");
    row("page", u"pages"_s, "{}", "pageId:");
    row("token of another", u"pages"_s, R"({"pageId":"8","token":"sandbox-page-token-70044"})",
        "token:");
    row("no such route", u"weather"_s, "{}", "there is no route", 404);
}

void ControlTest::wrongInputNamesTheField()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, named);
    const HttpAnswer answer = m_sandbox->post(u"/_sandbox/"_s + path, body, "application/json");
    QTEST(answer.status, "status");
    const QByteArray error = answer.json()[u"error"_s].toString().toUtf8();
    QVERIFY2(error.startsWith(named), error.constData());
}

void ControlTest::customersSendEveryKindOfAttachment_data()
{
    QTest::addColumn<QJsonObject>("given");
    QTest::addColumn<QString>("key"); // of the payload
    const auto row = [](const char *type, QJsonObject more, const QString &key) {
        more[u"type"_s] = QString::fromLatin1(type);
        QTest::newRow(type) << more << key;
    };
    row("image", {}, u"url"_s);
    row("audio", {{u"name"_s, u"a.mp3"_s}, {u"base64"_s, u"SUQz"_s}}, u"url"_s);
    row("video", {{u"name"_s, u"a.mp4"_s}, {u"base64"_s, u"AAAA"_s}}, u"url"_s);
    row("file", {{u"name"_s, u"a.pdf"_s}, {u"base64"_s, u"JVBERi0="_s}}, u"url"_s);
    row("sticker", {}, u"sticker_id"_s);
    row("fallback", {{u"url"_s, u"https://a.example/"_s}, {u"title"_s, u"A"_s}}, u"title"_s);
    row("location", {{u"lat"_s, 1.5}, {u"long"_s, -2}}, u"coordinates"_s);
}

void ControlTest::customersSendEveryKindOfAttachment()
{
    QFETCH(QJsonObject, given);
    QFETCH(QString, key);
    const QJsonObject answer = m_sandbox->control(u"customers/%1/messages"_s.arg(Amina),
        {{u"pageId"_s, u"70044"_s}, {u"attachment"_s, given}});
    QVERIFY2(answer.contains(u"mid"_s), qPrintable(answer[u"error"_s].toString()));
    QTRY_COMPARE(m_receiver.messages().size(), 1);
    const auto attachment = m_receiver.messages().constFirst()[u"message"_s][u"attachments"_s][0];
    QCOMPARE(attachment[u"type"_s], given[u"type"_s]);
    QVERIFY(attachment[u"payload"_s].toObject().contains(key));
    const QString url = attachment[u"payload"_s][u"url"_s].toString();
    if (given.contains(u"base64"_s))
        QCOMPARE(m_sandbox->get(url).body.toBase64(), given[u"base64"_s].toString().toLatin1());
}

void ControlTest::unknownPsidBecomesACustomer()
{
    const QString psid = u"98765432109876543"_s;
    QCOMPARE(m_sandbox->get(u"/_sandbox/customers/%1/messages"_s.arg(psid)).status, 404);
    m_sandbox->control(u"customers/%1/messages"_s.arg(psid),
        {{u"pageId"_s, u"70055"_s}, {u"text"_s, u"Hi"_s}, {u"name"_s, u"Nora del Río"_s}});
    QTRY_COMPARE(m_receiver.messages().size(), 1);
    QCOMPARE(m_receiver.messages().constFirst()[u"sender"_s][u"id"_s].toString(), psid);
    const QJsonObject profile = m_sandbox
                                    ->get(u"/v26.0/%1?fields=name,last_name&access_token="
                                          "sandbox-page-token-70055"_s.arg(psid))
                                    .json();
    QCOMPARE(profile[u"name"_s].toString(), u"Nora del Río"_s);
    QCOMPARE(profile[u"last_name"_s].toString(), u"del Río"_s);
    // Page and name need not be told again.
    QVERIFY(m_sandbox->control(u"customers/%1/messages"_s.arg(psid), {{u"text"_s, u"Me again"_s}})
                .contains(u"mid"_s));
}

void ControlTest::morePagesCanBeMade()
{
    m_sandbox->control(u"pages"_s,
        {{u"pageId"_s, u"80001"_s}, {u"name"_s, u"Nadi Studio"_s}, {u"token"_s, u"my-token"_s}});
    QCOMPARE(m_sandbox->get(u"/me?access_token=my-token"_s).json()[u"name"_s].toString(),
        u"Nadi Studio"_s);
    m_sandbox->control(
        u"customers/555/messages"_s, {{u"pageId"_s, u"80001"_s}, {u"text"_s, u"Hi"_s}});
    QTRY_COMPARE(m_receiver.messages().size(), 1);
}

void ControlTest::clockIsSetAndRead()
{
    constexpr qint64 Moment = 1'900'000'000'000;
    const qint64 before = m_sandbox->get(u"/_sandbox/clock"_s).json()[u"nowAt"_s].toInteger();
    const qint64 set
        = m_sandbox->control(u"clock"_s, {{u"setAt"_s, Moment}})[u"nowAt"_s].toInteger();
    QVERIFY(set >= Moment && set < Moment + 10'000);
    const qint64 back
        = m_sandbox->control(u"clock"_s, {{u"advanceMs"_s, before - Moment}})[u"nowAt"_s]
              .toInteger();
    QVERIFY(back >= before && back < before + 20'000);
}

void ControlTest::loadWritesAtItsRate()
{
    m_sandbox->control(u"webhooks"_s, {{u"batch"_s, 100}});
    m_sandbox->control(u"load"_s,
        {{u"pageId"_s, u"70044"_s}, {u"count"_s, 300}, {u"perSecond"_s, 600}, {u"customers"_s, 7}});
    QTRY_COMPARE_WITH_TIMEOUT(m_receiver.messages().size(), 300, 20'000);
    QSet<QString> people;
    QSet<QString> mids;
    for (const QJsonObject &item : m_receiver.messages()) {
        people.insert(item[u"sender"_s][u"id"_s].toString());
        mids.insert(item[u"message"_s][u"mid"_s].toString());
    }
    QCOMPARE(people.size(), 7);
    QCOMPARE(mids.size(), 300);
    QCOMPARE(m_sandbox->state()[u"load"_s][u"remaining"_s].toInt(), 0);
}

void ControlTest::exitCodes()
{
    const Ended help = run({u"--help"_s});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.output.contains("--webhook-url"));
    QVERIFY(run({u"--version"_s}).output.startsWith("pagedesk-sandbox "));
    const Ended unknown = run({u"serve"_s, u"--frobnicate"_s});
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY(unknown.errors.contains("--frobnicate"));
    QVERIFY(unknown.output.isEmpty());
}

void ControlTest::portInUseIsExplained()
{
    const QString taken = QUrl(m_sandbox->graph()).authority();
    const Ended ended
        = run({u"serve"_s, u"--webhook-url"_s, u"http://127.0.0.1:1/"_s, u"--listen"_s, taken});
    QCOMPARE(ended.exitCode, 1);
    QVERIFY(ended.errors.contains(taken.toLatin1()));
    QCOMPARE(ended.errors.count('\n'), 1);
}

void ControlTest::terminatesGracefully()
{
    SandboxProcess sandbox(m_receiver.url());
    sandbox.write(Amina, u"Hello"_s);
    ::kill(pid_t(sandbox.process().processId()), SIGTERM);
    QVERIFY(sandbox.process().waitForFinished(10'000));
    QCOMPARE(sandbox.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(sandbox.process().exitCode(), 0);
}

QTEST_GUILESS_MAIN(ControlTest)
#include "tst_control.moc"
