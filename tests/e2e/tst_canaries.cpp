// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"
#include "tests/support/tap.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using Pagedesk::Testing::await;
using Pagedesk::Testing::Tap;
using namespace Qt::Literals::StringLiterals;

namespace {

// Every secret is a word that occurs nowhere else.
const QByteArray AppSecret = "canary-app-secret-9f31";
const QByteArray OldAppSecret = "canary-old-app-secret-77aa";
const QByteArray VerifyToken = "canary-verify-token-51c0";
const QByteArray MasterKey = "c0ffee00d15ea5e5feedfacecafebeefc0ffee00d15ea5e5feedfacecafebee1";
const QByteArray PageToken = "sandbox-page-token-70044"; // the sandbox's own
const QByteArray WrongToken = "canary-wrong-token-e4e4";
const QByteArray Incoming = "canary text of a customer";
const QByteArray Outgoing = "canary text of an operator";
const QString Customer = u"24000000000000123"_s;

// The ways in which a word could have been written down.
QByteArrayList formsOf(const QByteArray &word)
{
    const QString text = QString::fromUtf8(word);
    const QByteArray wide(
        reinterpret_cast<const char *>(text.utf16()), text.size() * qsizetype(sizeof(char16_t)));
    // Of base64 a middle piece, which is the same at whatever place the word begins.
    QByteArrayList forms{word, word.toHex(), word.toPercentEncoding(), wide,
        QByteArray(word).replace('-', "%2D"), QByteArray(word).replace(' ', '+')};
    for (int shift = 0; shift < 3; ++shift) {
        const QByteArray encoded = (QByteArray(shift, 'x') + word).toBase64();
        forms.append(encoded.mid(4, encoded.size() - 12));
    }
    const QByteArray raw = QByteArray::fromHex(word);
    if (raw.toHex() == word)
        forms.append(raw);
    return forms;
}

bool holds(const QByteArray &bytes, const QByteArray &word)
{
    const auto forms = formsOf(word);
    return std::any_of(forms.begin(), forms.end(),
        [&bytes](const QByteArray &form) { return bytes.contains(form); });
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// What Meta might say: the token and the text come back in the words of the error.
QByteArray echoingError(int code, const QByteArray &status = "400 Bad Request")
{
    const QByteArray body = "{\"error\":{\"message\":\"Error validating access token " + PageToken
        + " for " + Outgoing + "\",\"error_user_msg\":\"" + PageToken
        + "\",\"type\":\"OAuthException\",\"code\":" + QByteArray::number(code)
        + ",\"fbtrace_id\":\"Axyz\"}}";
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace

// A busy relay, and then a search for its secrets wherever somebody could read them who should not.
class TestCanaries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSearchFinds();
    void notInTheLog();
    void notInTheFolder();
    void notInABackup();
    void notInTheProcess();
    void notAtTheDesktop();
    void notInAnAnswer();
    void notInAnAddress();
    void notAfterACrash();
    void cleanupTestCase()
    {
        m_desk.reset();
        m_world.reset();
    }

private:
    QString keep(const QString &name, const QByteArray &content);
    void start();
    void beHostile();
    void talk();
    void fail();
    void look();
    void http(const QByteArray &method, const QString &path, const QByteArray &body = {},
        const QList<std::pair<QByteArray, QByteArray>> &headers = {});
    MessageId say(const QByteArray &text);
    bool ends(const MessageId &id, DeliveryState state);
    QByteArrayList secrets() const
    {
        return {AppSecret, OldAppSecret, VerifyToken, MasterKey, PageToken, m_deviceToken,
            m_pairingSecret};
    }
    static QByteArray foundIn(const QByteArray &bytes, const QByteArrayList &words);
    QByteArray foundInFolder(const QByteArrayList &words) const;

    std::unique_ptr<World> m_world;
    std::unique_ptr<Tap> m_graph; // between relay and Meta
    std::unique_ptr<Tap> m_line; // between desktop and relay
    std::unique_ptr<TestDesk> m_desk;
    const ConversationId m_conversation{u"70044-"_s + Customer};
    QByteArray m_deviceToken;
    QByteArray m_pairingSecret;
    QByteArray m_answers; // of all HTTP requests of the test's own
    QByteArray m_commands; // what the maintenance commands said
    QByteArray m_log;
};

void TestCanaries::initTestCase()
{
    m_world = std::make_unique<World>();
    start();
    if (QTest::currentTestFailed())
        return;
    beHostile();
    talk();
    fail();
    look();
    m_log = m_world->relay.errors() + m_world->relay.drain();
}

QString TestCanaries::keep(const QString &name, const QByteArray &content)
{
    QFile file(m_world->folder() + u'/' + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a test file");
    return file.fileName();
}

void TestCanaries::start()
{
    const QString key = keep(u"key"_s, MasterKey + '\n');
    m_world->relay.setEnvironment(u"PAGEDESK_MASTER_KEY_FILE"_s, key);
    qputenv("PAGEDESK_MASTER_KEY_FILE", key.toUtf8()); // of the maintenance commands
    for (const QString &name : {u"PAGEDESK_APP_SECRET"_s, u"PAGEDESK_VERIFY_TOKEN"_s})
        m_world->relay.setEnvironment(name, {});
    m_world->relay.setEnvironment(
        u"PAGEDESK_APP_SECRET_FILE"_s, keep(u"secrets"_s, AppSecret + ',' + OldAppSecret));
    m_world->relay.setEnvironment(u"PAGEDESK_VERIFY_TOKEN_FILE"_s, keep(u"verify"_s, VerifyToken));
    m_world->relay.setEnvironment(u"QT_LOGGING_RULES"_s, u"pagedesk*=true"_s);
    m_world->sandbox.setEnvironment(u"PAGEDESK_APP_SECRET"_s, QString::fromUtf8(AppSecret));
    m_world->sandbox.setEnvironment(u"PAGEDESK_VERIFY_TOKEN"_s, QString::fromUtf8(VerifyToken));
    m_graph = std::make_unique<Tap>(static_cast<quint16>(m_world->sandboxUrl({}).port()));
    m_line = std::make_unique<Tap>(static_cast<quint16>(m_world->relayUrl().port()));
    QVERIFY(!m_world->relay
                 .start({u"serve"_s, u"--data"_s, m_world->data(), u"--listen"_s,
                            u"127.0.0.1:%1"_s.arg(m_world->relayUrl().port()), u"--graph-url"_s,
                            m_graph->url().toString(), u"--public-url"_s, m_line->url().toString(),
                            u"--media-hosts"_s, u"127.0.0.1"_s},
                     u"pagedesk-relay listening on "_s)
                 .isEmpty());
    int code = -1;
    m_commands += m_world->command({u"page"_s, u"add"_s, u"--page-id"_s, u"70044"_s, u"--name"_s,
                                       u"Bloom"_s, u"--token-file"_s, keep(u"token"_s, PageToken)},
        &code);
    QCOMPARE(code, 0);
    QVERIFY2(m_world->startSandbox(), m_world->why().constData());
    const QString link = m_world->invite(u"Ada"_s);
    const auto read = Wire::pairingLinkFrom(link);
    QVERIFY(read);
    m_pairingSecret = read->secret.reveal();
    m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/desk"_s);
    QVERIFY(m_desk->start());
    PAGEDESK_SUCCEEDS(m_desk->pair(link));
    QVERIFY(m_desk->waitFor(ConnectionState::Live));
    m_deviceToken = await(m_desk->tokens.load()).value_or(Secret()).reveal();
    QVERIFY(m_deviceToken.size() >= 32);
}

void TestCanaries::http(const QByteArray &method, const QString &path, const QByteArray &body,
    const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    const int question = static_cast<int>(path.indexOf(u'?'));
    QUrl url = m_world->relayUrl(question < 0 ? path : path.left(question));
    if (question >= 0)
        url.setQuery(path.mid(question + 1));
    m_answers += Tests::http(method, url, body, headers).body + '\n';
}

// What anybody on the internet may send.
void TestCanaries::beHostile()
{
    const QByteArray event
        = World::textEvent(Customer, u"m_forged"_s, QString::fromUtf8(Incoming), 1'790'000'000'000);
    const QString hook = u"/webhooks/messenger"_s;
    const QByteArray right = World::signature(event, AppSecret);
    http("GET",
        hook + u"?hub.mode=subscribe&hub.challenge=1&hub.verify_token="_s
            + QString::fromUtf8(VerifyToken));
    http("GET",
        hook + u"?hub.mode=subscribe&hub.challenge=1&hub.verify_token="_s
            + QString::fromUtf8(WrongToken));
    http("GET", hook + u"?access_token="_s + QString::fromUtf8(WrongToken));
    for (const QByteArray &header : {QByteArray(), WrongToken, right.chopped(1),
             World::signature(event, WrongToken), "sha256=" + WrongToken})
        http("POST", hook, event, {{"X-Hub-Signature-256", header}});
    for (const QByteArray &body : {QByteArray("{"), QByteArray(), QByteArray("[[[[") + Incoming,
             "{\"object\":\"page\",\"entry\":[{\"id\":\"70044\",\"messaging\":[{\"message\":\""
                 + Incoming + "\"}]}]}",
             QByteArray("\xff\xfe\0", 3) + Incoming}) {
        http("POST", hook, body, {{"X-Hub-Signature-256", World::signature(body, AppSecret)}});
        http("POST", hook, body, {{"X-Hub-Signature-256", World::signature(body, OldAppSecret)}});
    }
    for (const QString &path : {u"/sync"_s, u"/media/"_s + QString(64, u'a'), u"/api/v1/x"_s,
             u"/media/../ledger.db"_s, u"/deletion?id="_s + QString::fromUtf8(WrongToken)}) {
        http("GET", path, {}, {{"Authorization", "Bearer " + WrongToken}});
        http("GET", path, {}, {{"Authorization", m_deviceToken}});
    }
    http("POST", u"/pair"_s, "{\"inviteId\":\"x\",\"secret\":\"" + m_pairingSecret + "\"}");
    http("POST", u"/pair"_s, "{\"secret\":\"" + m_pairingSecret);
    for (const QString &path : {u"/meta/deauthorize"_s, u"/meta/data-deletion"_s})
        http("POST", path, "signed_request=" + WrongToken + '.' + AppSecret.toBase64());
}

MessageId TestCanaries::say(const QByteArray &text)
{
    return await(m_desk->outbox.send(m_conversation, QString::fromUtf8(text)))
        .value_or(MessageId());
}

bool TestCanaries::ends(const MessageId &id, DeliveryState state)
{
    return QTest::qWaitFor(
        [&] {
            const auto message = m_desk->message(m_conversation, id);
            return message && message->state == state;
        },
        30'000);
}

// The ordinary day.
void TestCanaries::talk()
{
    QVERIFY(!m_world->customerWrites(Customer, QString::fromUtf8(Incoming)).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->conversation(m_conversation)
            && !m_desk->conversation(m_conversation)->contact.name.isEmpty(),
        30'000);
    QVERIFY(ends(say(Outgoing), DeliveryState::Read));
    const auto written = Tests::http("POST",
        m_world->sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(Customer)),
        R"({"pageId":"70044","attachment":{"type":"file","name":"note.txt","base64":"SGVsbG8="}})");
    QCOMPARE(written.status, 200);
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->thread(m_conversation).last().attachments.isEmpty()
            && m_desk->thread(m_conversation).last().attachments.first().state
                == AttachmentState::Captured,
        30'000);
    const QString hash = m_desk->thread(m_conversation).last().attachments.first().hash;
    http("GET", u"/media/"_s + hash, {}, {{"Authorization", "Bearer " + m_deviceToken}});
}

// Days on which Meta refuses, in words that hold what should not be kept.
void TestCanaries::fail()
{
    QByteArrayList answers{echoingError(100), echoingError(900), echoingError(551),
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"" + PageToken,
        echoingError(1, "500 Internal Server Error"), "rubbish " + PageToken + "\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 24\r\n\r\n" + PageToken};
    int given = 0;
    m_graph->answerInstead([&](const QByteArray &request) -> QByteArray {
        if (given >= answers.size() || !request.startsWith("POST "))
            return {};
        return answers.at(given++);
    });
    for (int i = 0; i < 3; ++i)
        QVERIFY(ends(say(Outgoing + " refused"), DeliveryState::Failed));
    // An answer that proves nothing stops its conversation until that is cleared up.
    for (int i = 0; given < answers.size(); ++i) {
        const QString person = u"2400000000000020%1"_s.arg(i);
        const ConversationId other{u"70044-"_s + person};
        m_world->customerWrites(person, QString::fromUtf8(Incoming));
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->thread(other).isEmpty(), 30'000);
        const auto sent
            = await(m_desk->outbox.send(other, QString::fromUtf8(Outgoing + " unknown")));
        QVERIFY(sent);
        QTRY_VERIFY_WITH_TIMEOUT(given == 4 + i, 30'000);
    }
    m_graph->answerInstead([](const QByteArray &request) {
        return request.startsWith("GET ") ? echoingError(190) : QByteArray();
    });
    const qsizetype before = m_graph->lines().size();
    QVERIFY(
        !m_world->customerWrites(u"24000000000000124"_s, QString::fromUtf8(Incoming)).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(m_graph->lines().size() > before, 30'000);
    m_graph->answerInstead({});
}

// What a person looks at.
void TestCanaries::look()
{
    for (const QString &path : {u"/metrics"_s, u"/healthz"_s, u"/readyz"_s, u"/"_s})
        http("GET", path);
    for (const QStringList &words :
        {QStringList{u"page"_s, u"list"_s}, QStringList{u"operator"_s, u"list"_s},
            QStringList{u"export"_s}, QStringList{u"events"_s}})
        m_commands += m_world->command(words);
    for (const QStringList &words : {QStringList{u"audit"_s}, QStringList{u"verify"_s},
             QStringList{u"backup"_s, u"--to"_s, m_world->folder() + u"/backup"_s}}) {
        int code = -1;
        m_commands += m_world->command(words, &code);
        QVERIFY2(code == 0, m_world->why().constData());
    }
    Program wrong(u"pagedesk-relay"_s);
    wrong.setEnvironment(u"PAGEDESK_APP_SECRET"_s, QString::fromUtf8(AppSecret));
    wrong.setEnvironment(u"PAGEDESK_MASTER_KEY_FILE"_s, {});
    wrong.setEnvironment(u"PAGEDESK_MASTER_KEY"_s, QString::fromUtf8(MasterKey.chopped(2)));
    QVERIFY(wrong.run({u"serve"_s, u"--data"_s, m_world->folder() + u"/other"_s}) != 0);
    m_commands += wrong.output() + wrong.errors();
}

QByteArray TestCanaries::foundIn(const QByteArray &bytes, const QByteArrayList &words)
{
    for (const QByteArray &word : words) {
        if (holds(bytes, word))
            return word;
    }
    return {};
}

QByteArray TestCanaries::foundInFolder(const QByteArrayList &words) const
{
    for (QDirIterator it(m_world->data(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        const QString path = it.next();
        if (const QByteArray found = foundIn(contentOf(path), words); !found.isEmpty())
            return found + " in " + path.toUtf8();
    }
    return {};
}

// Each place was looked at, and each search would have found.
void TestCanaries::theSearchFinds()
{
    QVERIFY2(m_log.contains("verification handshake refused"), m_log.constData());
    QVERIFY(holds(foundInFolder({Incoming}), Incoming));
    QVERIFY(holds(foundInFolder({Outgoing}), Outgoing));
    QVERIFY(m_graph->fromClients().contains("Authorization: Bearer " + PageToken));
    QVERIFY(m_graph->fromServer().size() > 0);
    QVERIFY(holds(m_line->fromClients(), m_deviceToken));
    QVERIFY(holds(m_line->fromServer(), m_deviceToken)); // the answer to the pairing
    QVERIFY(m_line->fromServer().contains("101 Switching Protocols"));
    QVERIFY(holds(m_commands, Incoming));
    QVERIFY(m_answers.contains("pagedesk_webhook_rejected_signatures_total"));
    for (const QByteArray &word : secrets()) {
        QVERIFY(!word.isEmpty());
        for (const QByteArray &form :
            {word, word.toHex(), "xy" + word.toBase64(), (word + "tail").toBase64(),
                ("p" + word + "tail").toBase64(), word.toPercentEncoding()})
            QVERIFY2(holds("before " + form + " behind", word), form.constData());
    }
}

void TestCanaries::notInTheLog()
{
    QCOMPARE(
        foundIn(m_log, secrets() + QByteArrayList{Incoming, Outgoing, WrongToken}), QByteArray());
}

void TestCanaries::notInTheFolder()
{
    QCOMPARE(foundInFolder(secrets()), QByteArray());
}

void TestCanaries::notInABackup()
{
    const QByteArray backup = contentOf(m_world->folder() + u"/backup"_s);
    QVERIFY(holds(backup, Incoming));
    QCOMPARE(foundIn(backup, secrets()), QByteArray());
}

void TestCanaries::notInTheProcess()
{
    const QString process = u"/proc/%1/"_s.arg(m_world->relay.pid());
    const QByteArray line = contentOf(process + u"cmdline"_s);
    QVERIFY(line.contains("--graph-url"));
    QCOMPARE(foundIn(line, secrets()), QByteArray());
    QFile environment(process + u"environ"_s);
    if (!environment.open(QIODevice::ReadOnly))
        return; // a process that may not be looked into keeps it to itself
    const QByteArray variables = environment.readAll();
    QVERIFY(variables.contains("PAGEDESK_APP_SECRET_FILE="));
    QCOMPARE(foundIn(variables, secrets()), QByteArray());
}

void TestCanaries::notAtTheDesktop()
{
    const QByteArrayList relays{AppSecret, OldAppSecret, VerifyToken, MasterKey, PageToken};
    QCOMPARE(foundIn(m_line->fromServer(), relays), QByteArray());
    QCOMPARE(foundIn(m_line->fromClients(), relays), QByteArray());
}

void TestCanaries::notInAnAnswer()
{
    QCOMPARE(foundIn(m_answers, secrets() + QByteArrayList{Incoming, Outgoing}), QByteArray());
    QCOMPARE(foundIn(m_commands, secrets()), QByteArray());
}

void TestCanaries::notInAnAddress()
{
    QVERIFY(m_graph->lines().size() > 5);
    for (const QByteArray &line : m_graph->lines())
        QCOMPARE(foundIn(line, secrets()), QByteArray());
    for (const QByteArray &line : m_line->lines()) {
        if (line.startsWith("GET ") || line.startsWith("POST "))
            QCOMPARE(foundIn(line, secrets()), QByteArray());
    }
    // Meta gets the Page's token, and nothing else of ours.
    QCOMPARE(foundIn(m_graph->fromClients(),
                 {AppSecret, OldAppSecret, VerifyToken, MasterKey, m_deviceToken, m_pairingSecret}),
        QByteArray());
}

// What is left behind without a chance to clean up.
void TestCanaries::notAfterACrash()
{
    m_world->relay.kill();
    QVERIFY(holds(foundInFolder({Incoming}), Incoming));
    QCOMPARE(foundInFolder(secrets()), QByteArray());
}

QTEST_GUILESS_MAIN(TestCanaries)
#include "tst_canaries.moc"
