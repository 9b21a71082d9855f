// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

namespace Pagedesk::Tests {

// The wire and nothing else: sends commands, hears what changes and what was answered, and connects
// again when the relay was gone. What is sent while it is away is sent once it is back.
class WireClient final : public QObject {
    Q_OBJECT

public:
    WireClient(const QUrl &relay, const QByteArray &token);
    ~WireClient() override;

    // Everything of a stream from its beginning; others are not wanted.
    void want(const QString &stream) { m_heads.insert(stream, 0); }
    void open();
    void send(const Wire::Command &command);

Q_SIGNALS:
    void changed(const Pagedesk::Wire::Changes &changes);
    void answered(const Pagedesk::Wire::CommandResult &result);

private:
    void sayHello();
    void handle(const QString &text);
    void sendFrame(const Wire::ClientFrame &frame);

    QUrl m_relay;
    QByteArray m_token;
    QWebSocket m_socket;
    QTimer m_again;
    QHash<QString, qint64> m_heads;
    QList<Wire::Command> m_unanswered;
    bool m_live = false;
};

} // namespace Pagedesk::Tests
