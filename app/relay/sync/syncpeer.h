// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "app/relay/metrics.h"
#include "app/relay/sync/changereader.h"
#include "app/relay/sync/requestline.h"
#include "app/server/http.h"
#include "models/wire/frames.h"

#include <QHash>
#include <QSet>

#include <atomic>

namespace Pagedesk::Relay {

// One connected desktop. For each stream it remembers how far it has sent, and sends on whenever
// there is more and the socket has room: catching up and live changes are the same thing, and a
// slow desktop costs no memory.
class SyncPeer : public QObject {
    Q_OBJECT

public:
    // What all of them share.
    struct Shared {
        Ledger &ledger;
        ChangeReader &changes;
        RequestLine &requests;
        const Clock &clock;
        Metrics &metrics;
    };

    SyncPeer(Device device, const Shared &shared, QObject *parent = nullptr);

    const Device &device() const { return m_device; }
    void opened(Server::WebSocketHandle socket);
    // `held` is kept until the text has been dealt with, so that no more comes than can be.
    using Held = std::shared_ptr<const void>;
    void received(const QByteArray &text, const Held &held);
    // Set while it waits to be told that the socket has been drained. For any thread.
    std::shared_ptr<std::atomic<bool>> waitsForRoom() const { return m_waitsForRoom; }
    void drained();
    void streamsTouched(const QStringList &streams);
    // The workspace has changed: there may be other streams, or other rights.
    void lookAgain();
    void end(const QString &reason);

private:
    struct Stream {
        qint64 sent = 0; // everything up to this number has been sent
        bool reading = false;
        bool touched = true; // there may be more
        bool behind = false; // there was more than one frame holds
        quint64 number = 0; // tells it from one of the same name that was here before
    };

    // A request of the desktop that has not been answered yet.
    struct Request {
        RequestLine::Read read;
        std::function<Wire::ServerFrame(const Result<Wire::ServerFrame> &)> frameOf;
        Held held;
    };

    // A command that was done, and how far which streams must have been sent before the desktop is
    // told: for a desktop that hears of it first, what it has changed would vanish for a moment.
    struct Settled {
        Wire::CommandResult result;
        QHash<QString, qint64> upTo;
        Held held;
    };

    void handle(const Wire::Hello &hello, const Held &held);
    void handle(const Wire::Command &command, const Held &held);
    void handle(const Wire::HistoryRequest &request, const Held &held);
    void handle(const Wire::ConversationsRequest &request, const Held &held);
    void handle(const Wire::ThreadRequest &request, const Held &held);
    void handle(const Wire::InspectRequest &request, const Held &held);
    // What this desktop may see now.
    struct Standing {
        std::optional<Device> device; // nothing: it was revoked
        QList<Wire::StreamInfo> streams;
        QString workspace;
    };
    static Result<Standing> standingOf(Connection &connection, const DeviceId &id);
    void welcome(const Wire::Hello &hello, const Standing &standing);
    void takeOver(const Standing &standing);
    void follow(const Wire::StreamInfo &stream, qint64 from);
    bool permits(const Wire::ClientFrame &frame);
    void answer(qint64 requestId, const QString &stream, const Held &held,
        std::function<Result<Wire::Answer>(Connection &)> read);
    void ask(Request request);
    void askNext();
    void settle(Settled settled);
    void tellSettled();
    void pump(const QString &name, Stream &stream);
    void pumpAll();
    void sendNews(const QString &name, Stream &stream, const ChangeReader::News &news);
    void send(const Wire::ServerFrame &frame);
    void sendText(std::string text);
    bool hasRoom();

    Device m_device;
    Shared m_shared;
    Server::WebSocketHandle m_socket;
    QHash<QString, Stream> m_streams;
    std::deque<Request> m_requests; // the first one is in the line while m_asking
    bool m_asking = false;
    std::deque<Settled> m_settled; // in the order in which they were done
    const std::shared_ptr<std::atomic<bool>> m_waitsForRoom
        = std::make_shared<std::atomic<bool>>(false);
    quint64 m_lastStream = 0;
    bool m_greeted = false;
    bool m_overtaken = false; // by a change of rights, before the welcome
    bool m_ended = false;
};

} // namespace Pagedesk::Relay
