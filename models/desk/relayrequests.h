// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/wire/frames.h"

#include <QObject>

#include <deque>
#include <map>
#include <variant>

namespace Pagedesk {

class LiveChannel;

// Questions to the relay and their answers. Only a few are open at a time, since the relay ends a
// connection that asks for too much; the others wait their turn.
class RelayRequests : public QObject {
    Q_OBJECT

public:
    using Request = std::variant<Wire::HistoryRequest, Wire::ConversationsRequest,
        Wire::ThreadRequest, Wire::InspectRequest>;
    enum class Turn { Next, Last };

    explicit RelayRequests(LiveChannel &channel, QObject *parent = nullptr);
    ~RelayRequests() override;

    // Opened by the relay's Welcome.
    bool isReady() const { return m_ready; }
    // Offline, Timeout after `patience`, or what the relay answered as an error.
    Task<Wire::Answer> ask(Request request, Turn turn, std::chrono::milliseconds patience);
    Task<Wire::Inspection> inspect(const MessageId &message, std::chrono::milliseconds patience);

private:
    using Reply = std::variant<Wire::Answer, Wire::Inspection>;
    struct Open {
        Promise<Reply> promise;
        bool sent = false;
    };

    void handleFrame(const Wire::ServerFrame &frame);
    void handleClosed();
    void sendNext();
    Task<Reply> open(Request request, Turn turn, std::chrono::milliseconds patience);
    void finish(qint64 id, Result<Reply> result);

    LiveChannel &m_channel;
    bool m_ready = false;
    qint64 m_lastId = 0;
    int m_sent = 0;
    std::map<qint64, Open> m_open;
    std::deque<Request> m_waiting;
};

} // namespace Pagedesk
