// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int StartTimeoutMs = 20'000;

QString lineOf(QProcess &process)
{
    QElapsedTimer since;
    since.start();
    while (!process.canReadLine() && since.elapsed() < StartTimeoutMs) {
        if (!process.waitForReadyRead(StartTimeoutMs))
            break;
    }
    return QString::fromUtf8(process.readLine()).trimmed();
}

// Whatever is not a whole answer gives one with status 0.
HttpAnswer parsed(const QByteArray &bytes)
{
    const auto headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return {};
    HttpAnswer answer;
    const QList<QByteArray> lines = bytes.left(headEnd).split('\n');
    for (const QByteArray &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        answer.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    answer.body = bytes.mid(headEnd + 4);
    if (answer.body.size() == answer.headers.value("content-length").toLongLong())
        answer.status = lines.constFirst().split(' ').value(1).toInt();
    return answer;
}

} // namespace

SandboxProcess::SandboxProcess(const QUrl &webhookUrl, const QStringList &more)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(PAGEDESK_BIN_DIR) + u"/pagedesk-sandbox"_s,
        QStringList{
            u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--webhook-url"_s, webhookUrl.toString()}
            + more);
    const QString ready = lineOf(m_process);
    const QString mediaReady = lineOf(m_process);
    if (!ready.startsWith("pagedesk-sandbox listening on http://"_L1)
        || !mediaReady.startsWith("pagedesk-sandbox media on http://"_L1))
        qFatal("the sandbox did not start");
    m_graph = ready.section(u' ', -1);
    m_media = mediaReady.section(u' ', -1);
}

SandboxProcess::~SandboxProcess()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished()) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

HttpAnswer SandboxProcess::get(const QString &path, const QHash<QByteArray, QByteArray> &headers)
{
    return request("GET", path, {}, headers);
}

HttpAnswer SandboxProcess::post(const QString &path, const QByteArray &body,
    const QByteArray &contentType, const QHash<QByteArray, QByteArray> &headers)
{
    auto all = headers;
    all.insert("Content-Type", contentType);
    return request("POST", path, body, all);
}

HttpAnswer SandboxProcess::request(const QByteArray &method, const QString &path,
    const QByteArray &body, const QHash<QByteArray, QByteArray> &headers)
{
    const QUrl url(path.startsWith(u'/') ? m_graph + path : path);
    QByteArray head = method + ' ' + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
        + " HTTP/1.1\r\nHost: " + url.authority().toLatin1() + "\r\nConnection: close\r\n";
    if (!body.isEmpty() || method == "POST")
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (auto it = headers.begin(); it != headers.end(); ++it)
        head += it.key() + ": " + it.value() + "\r\n";
    QTcpSocket socket;
    QSignalSpy ended(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(url.host(), quint16(url.port()));
    socket.write(head + "\r\n" + body);
    // Only the event loop, so that a receiver in the same process can work meanwhile.
    if (!QTest::qWaitFor([&] { return !ended.isEmpty(); }, timeoutMs))
        return {};
    return parsed(socket.readAll());
}

QJsonObject SandboxProcess::control(const QString &path, const QJsonObject &body)
{
    return post(u"/_sandbox/"_s + path, QJsonDocument(body).toJson(), "application/json").json();
}

void SandboxProcess::clearFaults()
{
    request("DELETE", u"/_sandbox/faults"_s);
}

HttpAnswer SandboxProcess::send(const QJsonObject &body)
{
    return post(SendPath, QJsonDocument(body).toJson(), "application/json");
}

HttpAnswer SandboxProcess::sendText(
    const QString &psid, const QString &text, const QString &metadata)
{
    QJsonObject message{{u"text"_s, text}};
    if (!metadata.isEmpty())
        message[u"metadata"_s] = metadata;
    return send({{u"recipient"_s, QJsonObject{{u"id"_s, psid}}},
        {u"messaging_type"_s, u"RESPONSE"_s}, {u"message"_s, message}});
}

QString SandboxProcess::write(const QString &psid, const QString &text)
{
    return control(u"customers/%1/messages"_s.arg(psid),
        {{u"pageId"_s, u"70044"_s}, {u"text"_s, text}})[u"mid"_s]
        .toString();
}
