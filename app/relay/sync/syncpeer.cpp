// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/syncpeer.h"

#include "app/relay/access/access.h"
#include "app/relay/access/gate.h"
#include "app/relay/ledger/inspection.h"
#include "app/relay/ledger/people.h"
#include "app/relay/ledger/rows.h"
#include "app/relay/sync/commandhandler.h"
#include "app/relay/sync/streamreader.h"
#include "models/base/logging.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int MaxRowsAsked = 500;
constexpr std::size_t MaxRequestsOpen = 16;
constexpr std::size_t RoomBytes = 512 * 1024;
// More than an honest desktop has under way. Beyond that no more is read while results wait.
constexpr std::size_t ResultsMayWait = 64;
constexpr int CloseNormal = 1000;
constexpr int ClosePolicy = 1008;

// How far the streams have to be sent for everything that this transaction has changed. A command
// that was done before, or changed nothing, is told after whatever is known by now.
Result<QHash<QString, qint64>> headsOf(
    Connection &connection, const QStringList &touched, const PageScope &scope)
{
    QHash<QString, qint64> heads;
    if (touched.isEmpty()) {
        const auto streams = readStreams(connection, scope);
        if (!streams)
            return failure(streams.error());
        for (const Wire::StreamInfo &stream : *streams)
            heads.insert(stream.name, stream.head);
        return heads;
    }
    for (const QString &name : touched) {
        const auto head = streamHead(connection, name);
        if (!head)
            return failure(head.error());
        heads.insert(name, *head);
    }
    return heads;
}

} // namespace

SyncPeer::SyncPeer(Device device, const Shared &shared, QObject *parent)
    : QObject(parent)
    , m_device(std::move(device))
    , m_shared(shared)
{
}

void SyncPeer::opened(Server::WebSocketHandle socket)
{
    m_socket = std::move(socket);
}

void SyncPeer::received(const QByteArray &text, const Held &held)
{
    if (m_ended)
        return;
    const auto frame = Wire::decodeClientFrame(text);
    if (!frame) {
        qCWarning(logSync) << "device" << m_device.id.value << "said" << frame.error().detail;
        end(QStringLiteral("protocol"));
        return;
    }
    if (!m_greeted && !std::holds_alternative<Wire::Hello>(*frame)) {
        end(QStringLiteral("protocol"));
        return;
    }
    if (permits(*frame))
        std::visit([this, &held](const auto &body) { handle(body, held); }, *frame);
}

// Commands are asked about again where they are applied, and get their refusal as a result.
bool SyncPeer::permits(const Wire::ClientFrame &frame)
{
    if (std::holds_alternative<Wire::Command>(frame)
        || Access::permit(m_device.owner, Gate::actionOf(frame)))
        return true;
    end(QStringLiteral("revoked"));
    return false;
}

void SyncPeer::handle(const Wire::Hello &hello, const Held &held)
{
    if (std::exchange(m_greeted, true) || hello.protocol != Wire::ProtocolVersion) {
        end(QStringLiteral("protocol"));
        return;
    }
    m_shared.ledger.database()
        .read<Standing>(
            [id = m_device.id](Connection &connection) { return standingOf(connection, id); })
        .then(this, [this, hello, held](const Result<Standing> &standing) {
            if (standing)
                welcome(hello, *standing);
            else
                end(QStringLiteral("shutdown"));
        });
}

Result<SyncPeer::Standing> SyncPeer::standingOf(Connection &connection, const DeviceId &id)
{
    Standing standing;
    const auto device = activeDeviceById(connection, id);
    if (!device)
        return failure(device.error());
    standing.device = *device;
    if (!*device)
        return standing;
    const auto streams = readStreams(connection, (*device)->pages);
    if (!streams)
        return failure(streams.error());
    standing.streams = *streams;
    const auto workspace = setting(connection, QStringLiteral("workspace"));
    if (!workspace)
        return failure(workspace.error());
    standing.workspace = *workspace;
    return standing;
}

void SyncPeer::welcome(const Wire::Hello &hello, const Standing &standing)
{
    if (!standing.device || !Access::permit(standing.device->owner, Action::ReadPages)) {
        end(QStringLiteral("revoked"));
        return;
    }
    m_device = *standing.device;
    Wire::Welcome welcome;
    welcome.self = m_device.owner;
    welcome.workspace = standing.workspace;
    welcome.serverAt = m_shared.clock.now();
    for (Wire::StreamInfo stream : standing.streams) {
        const Wire::Cursor cursor = hello.cursors.value(stream.name);
        // A desktop that is ahead of us follows another ledger: it has to begin anew.
        stream.begins = cursor.head < 0 || cursor.head > stream.head;
        follow(stream, stream.begins ? stream.head : cursor.head);
        welcome.streams.append(stream);
    }
    send(welcome);
    pumpAll();
    if (std::exchange(m_overtaken, false))
        lookAgain();
}

void SyncPeer::follow(const Wire::StreamInfo &stream, qint64 from)
{
    Stream followed;
    followed.sent = from;
    followed.number = ++m_lastStream;
    m_streams.insert(stream.name, followed);
}

void SyncPeer::handle(const Wire::Command &command, const Held &held)
{
    const auto settled = std::make_shared<Settled>();
    m_shared.ledger
        .write([command, settled, device = m_device, now = m_shared.clock.now()](
                   Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto applied = applyCommand(connection, command, device.id, now, touched);
            if (!applied)
                return failure(applied.error());
            const auto heads = headsOf(connection, touched.streams, device.pages);
            if (!heads)
                return failure(heads.error());
            *settled = {*applied, *heads, {}};
            return {};
        })
        .then(this, [this, id = command.id, settled, held](const Result<> &done) {
            if (done) {
                if (m_settled.size() >= ResultsMayWait)
                    settled->held = held;
                settle(std::move(*settled));
                return;
            }
            // Nothing was stored: the desktop keeps the command and sends it again.
            qCCritical(logSync) << "command" << id.value << done.error().detail;
            end(QStringLiteral("storage"));
        });
}

void SyncPeer::settle(Settled settled)
{
    const auto upTo = settled.upTo;
    m_settled.push_back(std::move(settled));
    for (auto it = upTo.cbegin(); it != upTo.cend(); ++it) {
        const auto stream = m_streams.find(it.key());
        if (stream == m_streams.end() || stream->sent >= it.value())
            continue;
        stream->touched = true;
        pump(it.key(), *stream);
    }
    tellSettled();
}

void SyncPeer::tellSettled()
{
    // A stream that was taken from the desktop is not waited for.
    const auto isSent = [this](const Settled &settled) {
        for (auto it = settled.upTo.cbegin(); it != settled.upTo.cend(); ++it) {
            const auto stream = m_streams.constFind(it.key());
            if (stream != m_streams.constEnd() && stream->sent < it.value())
                return false;
        }
        return true;
    };
    while (!m_settled.empty() && !m_ended && isSent(m_settled.front())) {
        send(m_settled.front().result);
        m_settled.pop_front();
    }
}

void SyncPeer::handle(const Wire::HistoryRequest &request, const Held &held)
{
    if (!m_streams.contains(request.stream)) {
        send(Wire::Answer{request.id, {}, 0, false,
            Error{Error::Kind::Forbidden, QStringLiteral("not a stream of yours")}});
        return;
    }
    Wire::HistoryRequest bounded = request;
    bounded.limit = std::clamp(request.limit, 1, MaxRowsAsked);
    answer(request.id, request.stream, held,
        [bounded](Connection &connection) { return readHistory(connection, bounded); });
}

void SyncPeer::handle(const Wire::ConversationsRequest &request, const Held &held)
{
    if (!m_streams.contains(request.stream)) {
        send(Wire::Answer{request.id, {}, 0, false,
            Error{Error::Kind::Forbidden, QStringLiteral("not a stream of yours")}});
        return;
    }
    Wire::ConversationsRequest bounded = request;
    bounded.limit = std::clamp(request.limit, 1, MaxRowsAsked);
    answer(request.id, request.stream, held,
        [bounded](Connection &connection) { return readConversations(connection, bounded); });
}

void SyncPeer::handle(const Wire::ThreadRequest &request, const Held &held)
{
    const QString page = request.conversationId.value.section(u'-', 0, 0);
    if (!m_streams.contains(page)) {
        send(Wire::Answer{request.id, {}, 0, false,
            Error{Error::Kind::Forbidden, QStringLiteral("not a Page of yours")}});
        return;
    }
    Wire::ThreadRequest bounded = request;
    bounded.limit = std::clamp(request.limit, 1, MaxRowsAsked);
    answer(request.id, page, held,
        [bounded](Connection &connection) { return readThread(connection, bounded); });
}

void SyncPeer::handle(const Wire::InspectRequest &request, const Held &held)
{
    const auto read = [request](Connection &connection) -> Result<Wire::ServerFrame> {
        const auto inspection = readInspection(connection, request);
        if (!inspection)
            return failure(inspection.error());
        return Wire::ServerFrame(*inspection);
    };
    const auto frameOf = [this, id = request.id](const Result<Wire::ServerFrame> &done) {
        Wire::Inspection inspection;
        if (done)
            inspection = std::get<Wire::Inspection>(*done);
        // A message of a Page that is not this operator's is none.
        if (done
            && (!inspection.message || !m_streams.contains(inspection.message->pageId.value))) {
            inspection = Wire::Inspection();
            inspection.error = Error{Error::Kind::NotFound, QStringLiteral("no such message")};
        } else if (!done) {
            inspection.error = done.error();
        }
        inspection.requestId = id;
        return Wire::ServerFrame(inspection);
    };
    ask({read, frameOf, held});
}

void SyncPeer::answer(qint64 requestId, const QString &stream, const Held &held,
    std::function<Result<Wire::Answer>(Connection &)> read)
{
    const auto readFrame
        = [read = std::move(read)](Connection &connection) -> Result<Wire::ServerFrame> {
        const auto answer = read(connection);
        if (!answer)
            return failure(answer.error());
        return Wire::ServerFrame(*answer);
    };
    const auto frameOf = [this, requestId, stream](const Result<Wire::ServerFrame> &done) {
        if (done && m_streams.contains(stream)) // it may have been taken away meanwhile
            return *done;
        const Error error = done
            ? Error{Error::Kind::Forbidden, QStringLiteral("not a stream of yours any more")}
            : done.error();
        return Wire::ServerFrame(Wire::Answer{requestId, {}, 0, false, error});
    };
    ask({readFrame, frameOf, held});
}

void SyncPeer::ask(Request request)
{
    if (m_requests.size() >= MaxRequestsOpen) {
        end(QStringLiteral("protocol"));
        return;
    }
    m_requests.push_back(std::move(request));
    askNext();
}

// One after the other, and none while the desktop has not taken what was answered before.
void SyncPeer::askNext()
{
    if (m_asking || m_requests.empty() || m_ended || !hasRoom())
        return;
    m_asking = true;
    m_shared.requests.ask(
        m_device.id, this, m_requests.front().read, [this](const Result<Wire::ServerFrame> &read) {
            m_asking = false;
            const Request request = std::move(m_requests.front());
            m_requests.pop_front();
            send(request.frameOf(read));
            askNext();
        });
}

void SyncPeer::streamsTouched(const QStringList &streams)
{
    for (const QString &name : streams) {
        if (const auto stream = m_streams.find(name); stream != m_streams.end()) {
            stream->touched = true;
            pump(name, *stream);
        }
    }
}

void SyncPeer::lookAgain()
{
    if (m_ended)
        return;
    m_shared.ledger.database()
        .read<Standing>(
            [id = m_device.id](Connection &connection) { return standingOf(connection, id); })
        .then(this, [this](const Result<Standing> &standing) {
            if (standing)
                takeOver(*standing);
        });
}

void SyncPeer::takeOver(const Standing &standing)
{
    if (m_ended)
        return;
    if (!standing.device || !Access::permit(standing.device->owner, Action::ReadPages)) {
        end(QStringLiteral("revoked"));
        return;
    }
    const bool isOther = m_device.owner != standing.device->owner;
    m_device = *standing.device;
    if (m_streams.isEmpty()) {
        m_overtaken = m_greeted; // what it will be welcomed with may be older than this
        return;
    }
    if (isOther)
        send(Wire::SelfChanged{m_device.owner});
    QSet<QString> named;
    for (Wire::StreamInfo stream : standing.streams) {
        named.insert(stream.name);
        if (!m_streams.contains(stream.name)) {
            stream.begins = true;
            follow(stream, stream.head);
            send(Wire::StreamAdded{stream});
        }
        m_streams[stream.name].touched = true;
    }
    const QStringList before = m_streams.keys();
    for (const QString &name : before) {
        if (!named.contains(name)) {
            m_streams.remove(name);
            send(Wire::StreamRemoved{name});
        }
    }
    tellSettled();
    pumpAll();
}

void SyncPeer::drained()
{
    pumpAll();
    askNext();
}

bool SyncPeer::hasRoom()
{
    if (!m_socket)
        return false;
    if (m_socket->queuedBytes() < RoomBytes)
        return true;
    // Said before it is looked at again: the queue may become empty just now.
    *m_waitsForRoom = true;
    return m_socket->queuedBytes() < RoomBytes;
}

void SyncPeer::pumpAll()
{
    for (auto stream = m_streams.begin(); stream != m_streams.end(); ++stream)
        pump(stream.key(), *stream);
}

void SyncPeer::pump(const QString &name, Stream &stream)
{
    if (m_ended || stream.reading || !stream.touched || !hasRoom())
        return;
    stream.reading = true;
    stream.touched = false;
    m_shared.changes.read(name, stream.sent, stream.behind, this,
        [this, name, number = stream.number](const Result<ChangeReader::News> &news) {
            const auto found = m_streams.find(name);
            if (found == m_streams.end() || found->number != number)
                return; // it was taken away meanwhile
            Stream &read = *found;
            read.reading = false;
            if (!news) {
                qCWarning(logSync) << "cannot read stream" << name << news.error().detail;
                end(QStringLiteral("storage"));
                return;
            }
            sendNews(name, read, *news);
        });
}

void SyncPeer::sendNews(const QString &name, Stream &stream, const ChangeReader::News &news)
{
    if (news.toSeq > stream.sent) {
        stream.sent = news.toSeq;
        stream.behind = news.mayHaveMore;
        stream.touched = stream.touched || stream.behind;
        sendText(news.frame);
        tellSettled();
    }
    pump(name, stream); // there is more, or it was touched meanwhile
}

void SyncPeer::send(const Wire::ServerFrame &frame)
{
    if (!m_ended && m_socket)
        sendText(Wire::encode(frame).toStdString());
}

void SyncPeer::sendText(std::string text)
{
    if (m_ended || !m_socket)
        return;
    m_shared.metrics.framesSent.add(1);
    m_socket->sendText(std::move(text));
}

void SyncPeer::end(const QString &reason)
{
    if (m_ended)
        return;
    send(Wire::Bye{reason});
    m_ended = true;
    if (m_socket)
        m_socket->close(reason == u"protocol" || reason == u"revoked" ? ClosePolicy : CloseNormal,
            reason.toStdString());
}

} // namespace Pagedesk::Relay
