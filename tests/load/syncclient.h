// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/livechannel.h"

#include <QHash>
#include <QObject>

namespace Pagedesk::Tests {

// A desktop that stores nothing: it says hello with what it has heard so far, listens, and connects
// again when the relay was gone.
class SyncClient final : public QObject {
    Q_OBJECT

public:
    SyncClient(const QUrl &relay, const Secret &token);

    // Asks for everything of a stream after this number; else it begins at the newest row.
    void wantAllAfter(const QString &stream, qint64 seq) { m_heads.insert(stream, seq); }
    void start();
    bool isLive() const { return m_live; }
    qint64 head(const QString &stream) const { return m_heads.value(stream, -1); }

Q_SIGNALS:
    void changed(const Pagedesk::Wire::Changes &changes);

private:
    void sayHello();
    void handle(const Wire::ServerFrame &frame);

    QUrl m_relay;
    Secret m_token;
    LiveChannel m_channel;
    QTimer m_again;
    QHash<QString, qint64> m_heads;
    bool m_live = false;
};

} // namespace Pagedesk::Tests
