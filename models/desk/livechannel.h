// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"
#include "models/wire/frames.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>

class QWebSocket;

namespace Pagedesk {

// When the channel gives up on a silent relay.
struct ChannelTiming {
    std::chrono::milliseconds handshake{15'000}; // until the connection must stand
    std::chrono::milliseconds heartbeat{4'000}; // between two pings
    std::chrono::milliseconds patience{15'000}; // of hearing nothing at all
};

// The one WebSocket to the relay: frames as values. Knows nothing of what they mean and does not
// reconnect.
class LiveChannel : public QObject {
    Q_OBJECT

public:
    explicit LiveChannel(const ChannelTiming &timing = {}, QObject *parent = nullptr);
    ~LiveChannel() override;

    // Begins to connect to the relay at this http or https address, in place of any connection.
    void open(const QUrl &relay, const Secret &token);
    bool isOpen() const { return m_open; }
    void send(const Wire::ClientFrame &frame); // nothing happens while it is not open
    // Ends the connection, and says so with this error.
    void drop(const Error &error);
    // Ends the connection without a word.
    void close();

Q_SIGNALS:
    void opened();
    void frameReceived(const Pagedesk::Wire::ServerFrame &frame);
    // Unauthorized: the relay does not accept the token. Offline, Timeout or Protocol.
    void closed(const Pagedesk::Error &error);

private:
    void handleConnected();
    void handleText(const QString &text);
    void handleDisconnected();
    void beat();

    const ChannelTiming m_timing;
    QWebSocket *m_socket = nullptr;
    bool m_open = false;
    QElapsedTimer m_silence; // since something was heard, or since open()
    QTimer m_beat;
};

} // namespace Pagedesk
