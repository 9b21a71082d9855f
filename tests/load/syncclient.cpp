// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/syncclient.h"

namespace Pagedesk::Tests {

namespace {

using namespace std::chrono_literals;

} // namespace

SyncClient::SyncClient(const QUrl &relay, const Secret &token)
    : m_relay(relay)
    , m_token(token)
{
    m_again.setSingleShot(true);
    m_again.setInterval(20ms);
    connect(&m_again, &QTimer::timeout, this, &SyncClient::start);
    connect(&m_channel, &LiveChannel::opened, this, &SyncClient::sayHello);
    connect(&m_channel, &LiveChannel::frameReceived, this, &SyncClient::handle);
    connect(&m_channel, &LiveChannel::closed, this, [this] {
        m_live = false;
        m_again.start();
    });
}

void SyncClient::start()
{
    m_channel.open(m_relay, m_token);
}

void SyncClient::sayHello()
{
    Wire::Hello hello;
    hello.client = QStringLiteral("test");
    for (auto head = m_heads.cbegin(); head != m_heads.cend(); ++head)
        hello.cursors.insert(head.key(), {head.value(), 0});
    m_channel.send(hello);
}

void SyncClient::handle(const Wire::ServerFrame &frame)
{
    if (const auto *welcome = std::get_if<Wire::Welcome>(&frame)) {
        for (const Wire::StreamInfo &stream : welcome->streams) {
            if (stream.begins)
                m_heads.insert(stream.name, stream.head);
        }
        m_live = true;
    } else if (const auto *changes = std::get_if<Wire::Changes>(&frame)) {
        m_heads.insert(changes->stream, changes->toSeq);
        Q_EMIT changed(*changes);
    }
}

} // namespace Pagedesk::Tests
