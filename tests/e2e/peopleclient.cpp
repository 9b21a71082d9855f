// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/peopleclient.h"

#include "models/wire/pairing.h"

#include <QNetworkRequest>

namespace Pagedesk::Tests {

using namespace Qt::Literals::StringLiterals;

HttpResult PeopleClient::ask(
    const QByteArray &method, const QString &path, const QByteArray &body) const
{
    QUrl url = m_relay;
    url.setPath(path);
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (!m_token.isEmpty())
        headers.append({"Authorization", "Bearer " + m_token});
    return http(method, url, body, headers);
}

HttpResult PeopleClient::post(const QString &route, const QByteArray &body) const
{
    return ask("POST", u"/people/"_s + route, body);
}

Wire::Workforce PeopleClient::list() const
{
    return Wire::decodeWorkforce(ask("GET", u"/people/list"_s).body).value_or(Wire::Workforce{});
}

Wire::PersonEntry PeopleClient::self() const
{
    const Wire::Workforce workforce = list();
    for (const Wire::PersonEntry &person : workforce.people) {
        for (const Wire::DeviceEntry &device : person.devices) {
            if (device.own)
                return person;
        }
    }
    return {};
}

PeopleSocket::PeopleSocket(const QUrl &relay, const QByteArray &token)
    : m_relay(relay)
    , m_token(token)
{
    m_relay.setScheme(u"ws"_s);
    m_relay.setPath(QString::fromLatin1(Wire::SyncPath));
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        if (const auto frame = Wire::decodeServerFrame(text.toUtf8()))
            frames.append(*frame);
    });
}

bool PeopleSocket::openOnly()
{
    QNetworkRequest request(m_relay);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    m_socket.open(request);
    bool failed = false;
    connect(&m_socket, &QWebSocket::disconnected, this, [&failed] { failed = true; });
    const bool decided = QTest::qWaitFor([&] { return isOpen() || failed; }, 10'000);
    m_socket.disconnect(SIGNAL(disconnected()));
    return decided && isOpen();
}

bool PeopleSocket::join()
{
    if (!openOnly())
        return false;
    Wire::Hello hello;
    hello.client = u"test"_s;
    send(hello);
    return wait<Wire::Welcome>().has_value();
}

void PeopleSocket::send(const Wire::ClientFrame &frame)
{
    sendText(Wire::encode(frame));
}

void PeopleSocket::sendText(const QByteArray &text)
{
    m_socket.sendTextMessage(QString::fromUtf8(text));
}

bool PeopleSocket::waitForEnd(int milliseconds)
{
    return QTest::qWaitFor([this] { return !isOpen(); }, milliseconds);
}

QStringList PeopleSocket::streams() const
{
    QStringList names;
    for (const Wire::ServerFrame &frame : frames) {
        if (const auto *welcome = std::get_if<Wire::Welcome>(&frame)) {
            for (const Wire::StreamInfo &stream : welcome->streams)
                names.append(stream.name);
        }
    }
    names.sort();
    return names;
}

} // namespace Pagedesk::Tests
