// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/messaging.h"

#include <QElapsedTimer>

namespace Pagedesk::Sandbox {

// Many customers who write at a steady rate, for load tests. Runs in real time.
class Load final : public QObject {
    Q_OBJECT
public:
    struct Order {
        QString pageId;
        int count = 0; // messages
        double perSecond = 0;
        int customers = 1; // who take turns
    };

    Load(World &world, Messaging &messaging);

    void begin(const Order &order); // ends one that is running
    int written() const { return m_written; }
    int remaining() const { return m_order.count - m_written; }

private:
    void writeDue();
    void writeOne();

    World &m_world;
    Messaging &m_messaging;
    Order m_order;
    QTimer m_timer;
    QElapsedTimer m_since;
    int m_written = 0;
};

} // namespace Pagedesk::Sandbox
