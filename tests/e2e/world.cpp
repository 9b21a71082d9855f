// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/world.h"

#include "models/wire/pairing.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTemporaryFile>
#include <QTimer>

namespace Pagedesk::Tests {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int LongestMs = 600'000; // a list of a million messages takes minutes

QNetworkRequest requestFor(const QUrl &url, const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QNetworkRequest request(url);
    request.setTransferTimeout(20'000);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    return request;
}

} // namespace

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

QJsonObject HttpResult::json() const
{
    return QJsonDocument::fromJson(body).object();
}

HttpResult http(const QByteArray &method, const QUrl &url, const QByteArray &body,
    const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(
        manager.sendCustomRequest(requestFor(url, headers), method, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
}

World::World(const QString &relayName)
    : relay(relayName)
    , sandbox(u"pagedesk-sandbox"_s)
    , m_relayPort(freePort())
    , m_sandboxPort(freePort())
{
    for (Program *program : {&relay, &sandbox}) {
        program->setEnvironment(u"PAGEDESK_APP_SECRET"_s, QString::fromLatin1(AppSecret));
        program->setEnvironment(u"PAGEDESK_VERIFY_TOKEN"_s, QString::fromLatin1(VerifyToken));
    }
}

QUrl World::relayUrl(const QString &path) const
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_relayPort).arg(path));
}

QUrl World::sandboxUrl(const QString &path) const
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_sandboxPort).arg(path));
}

bool World::start()
{
    return startRelay() && connectPages() && startSandbox();
}

bool World::startRelay()
{
    const QString ready = relay.start(
        {u"serve"_s, u"--data"_s, data(), u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_relayPort),
            u"--graph-url"_s, sandboxUrl({}).toString(), u"--media-hosts"_s, u"127.0.0.1"_s},
        u"pagedesk-relay listening on "_s);
    return !ready.isEmpty();
}

bool World::startSandbox()
{
    const QString ready
        = sandbox.start({u"serve"_s, u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_sandboxPort),
                            u"--webhook-url"_s, relayUrl(u"/webhooks/messenger"_s).toString()},
            u"pagedesk-sandbox listening on "_s);
    return !ready.isEmpty();
}

bool World::connectPages()
{
    return connectPage(u"70044"_s, u"Bloom Bakery"_s)
        && connectPage(u"70055"_s, u"Harbour Bikes"_s);
}

bool World::connectPage(const QString &id, const QString &name)
{
    QFile token(m_folder.filePath(u"token-"_s + id));
    if (!token.open(QIODevice::WriteOnly))
        return false;
    token.write("sandbox-page-token-" + id.toLatin1());
    token.close();
    int code = 0;
    command({u"page"_s, u"add"_s, u"--page-id"_s, id, u"--name"_s, name, u"--token-file"_s,
                token.fileName()},
        &code);
    return code == 0;
}

bool World::addPage(const QString &id)
{
    const QByteArray body = QJsonDocument(QJsonObject{{u"pageId"_s, id}}).toJson();
    return http("POST", sandboxUrl(u"/_sandbox/pages"_s), body).status == 200
        && connectPage(id, u"Page "_s + id);
}

QByteArray World::why() const
{
    return m_why + "\nrelay: " + relay.errors() + "\nsandbox: " + sandbox.errors();
}

QByteArray World::command(const QStringList &words, int *exitCode)
{
    Program program(u"pagedesk-relay"_s);
    const int code = program.run(words + QStringList{u"--data"_s, data()}, LongestMs);
    if (code != 0)
        m_why = program.errors();
    if (exitCode)
        *exitCode = code;
    return program.output();
}

QList<QJsonObject> World::lines(const QStringList &words)
{
    QTemporaryFile printed;
    Program program(u"pagedesk-relay"_s);
    if (!printed.open()
        || program.runInto(printed.fileName(), words + QStringList{u"--data"_s, data()}, LongestMs)
            != 0) {
        m_why = program.errors();
        qCritical("a list was not printed whole: %s", m_why.constData());
        return {}; // half of it would look like a loss
    }
    QList<QJsonObject> objects;
    while (!printed.atEnd())
        objects.append(QJsonDocument::fromJson(printed.readLine()).object());
    return objects;
}

QString World::invite(const QString &name, const QString &role)
{
    return QString::fromUtf8(
        command({u"invite"_s, u"--name"_s, name, u"--role"_s, role}).trimmed());
}

QByteArray World::deviceToken(const QString &name, const QString &role)
{
    const auto link = Wire::pairingLinkFrom(invite(name, role));
    if (!link)
        return {};
    const auto answer = http("POST", relayUrl(QString::fromLatin1(Wire::PairPath)),
        Wire::encode(Wire::PairingRequest{link->inviteId, link->secret, name}));
    const auto paired = Wire::decodePairingAnswer(answer.body);
    return paired ? paired->deviceToken.reveal() : QByteArray();
}

QByteArray World::signature(const QByteArray &body, const QByteArray &secret)
{
    return "sha256="
        + QMessageAuthenticationCode::hash(body, secret, QCryptographicHash::Sha256).toHex();
}

HttpResult World::deliver(const QByteArray &body, const QByteArray &secret)
{
    return http("POST", relayUrl(u"/webhooks/messenger"_s), body,
        {{"X-Hub-Signature-256", signature(body, secret)}});
}

QByteArray World::textEvent(const QString &psid, const QString &mid, const QString &text, qint64 at)
{
    const QJsonObject item{{u"sender"_s, QJsonObject{{u"id"_s, psid}}},
        {u"recipient"_s, QJsonObject{{u"id"_s, QString::fromLatin1(PageId)}}}, {u"timestamp"_s, at},
        {u"message"_s, QJsonObject{{u"mid"_s, mid}, {u"text"_s, text}}}};
    const QJsonObject entry{{u"id"_s, QString::fromLatin1(PageId)}, {u"time"_s, at},
        {u"messaging"_s, QJsonArray{item}}};
    return QJsonDocument(QJsonObject{{u"object"_s, u"page"_s}, {u"entry"_s, QJsonArray{entry}}})
        .toJson(QJsonDocument::Compact);
}

QString World::customerWrites(const QString &psid, const QString &text)
{
    const QByteArray body = QJsonDocument(
        QJsonObject{{u"pageId"_s, QString::fromLatin1(PageId)},
            {u"text"_s, text}}).toJson();
    return http("POST", sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(psid)), body)
        .json()
        .value(u"mid"_s)
        .toString();
}

int World::copiesAtCustomer(const QString &psid, const QString &text)
{
    const auto answer
        = http("GET", sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(psid))).json();
    int copies = 0;
    for (const QJsonValue &message : answer.value(u"messages"_s).toArray())
        copies += message.toObject().value(u"text"_s).toString() == text ? 1 : 0;
    return copies;
}

HttpResult World::fault(const QJsonObject &fault)
{
    return http("POST", sandboxUrl(u"/_sandbox/faults"_s), QJsonDocument(fault).toJson());
}

} // namespace Pagedesk::Tests
