// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/syncer.h"

#include "models/base/logging.h"
#include "models/desk/livechannel.h"
#include "models/desk/streamsteps.h"
#include "models/store/replica/replica.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamrows.h"

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto WelcomePatience = 15s;
constexpr auto ThreadPatience = 3s; // somebody looks at an empty thread meanwhile

Result<QHash<QString, Wire::Cursor>> cursors(Connection &connection)
{
    const auto streams = StreamStore::all(connection);
    if (!streams)
        return failure(streams.error());
    QHash<QString, Wire::Cursor> found;
    for (const StreamProgress &stream : *streams)
        found.insert(stream.name, {stream.head, stream.tail});
    return found;
}

} // namespace

Syncer::Syncer(Replica &replica, LiveChannel &channel, QObject *parent)
    : QObject(parent)
    , m_replica(replica)
    , m_channel(channel)
    , m_requests(channel)
    , m_backfill(replica, m_requests)
{
    m_welcomeDue.setSingleShot(true);
    m_welcomeDue.setInterval(WelcomePatience);
    connect(&m_welcomeDue, &QTimer::timeout, this, [this] {
        m_channel.drop({Error::Kind::Timeout, u"the relay said no welcome"_s});
    });
    connect(&channel, &LiveChannel::opened, this, &Syncer::handleOpened);
    connect(&channel, &LiveChannel::closed, this, &Syncer::handleClosed);
    connect(&channel, &LiveChannel::frameReceived, this, &Syncer::handleFrame);
    connect(&m_backfill, &Backfill::progressed, this, &Syncer::handleProgress);
    connect(&m_backfill, &Backfill::failed, this,
        [this](const Error &error) { m_channel.drop(error); });
}

Syncer::~Syncer() = default;

Task<> Syncer::adopt(const Origin &origin)
{
    return m_replica.write<void>(
        [origin](ReplicaWriter &writer) { return StreamSteps::adopt(writer, origin); });
}

Result<> Syncer::forget()
{
    return m_replica.wipe();
}

Task<Syncer::ThreadPart> Syncer::fetchThread(
    const ConversationId &conversation, const std::optional<ThreadPlace> &before, int limit)
{
    Wire::ThreadRequest request;
    request.conversationId = conversation;
    request.limit = limit;
    if (before) {
        request.beforeAt = before->at;
        request.beforeArrival = before->arrival;
    }
    return m_requests.ask(request, RelayRequests::Turn::Next, ThreadPatience)
        .andThen(this, [this, conversation, before](const Wire::Answer &answer) {
            return m_replica.write<ThreadPart>([conversation, before, answer](
                                                   ReplicaWriter &writer) -> Result<ThreadPart> {
                const auto stored = StreamSteps::threadPart(writer, conversation, before, answer);
                if (!stored)
                    return failure(stored.error());
                return ThreadPart{StreamSteps::lowestPlace(answer), answer.more};
            });
        });
}

Task<Wire::Inspection> Syncer::inspect(const MessageId &message)
{
    return m_requests.inspect(message, ThreadPatience);
}

void Syncer::handleOpened()
{
    const int run = ++m_run;
    m_welcomed = false;
    m_caughtUp = false;
    m_targets.clear();
    m_welcomeDue.start();
    m_replica.read<QHash<QString, Wire::Cursor>>(&cursors).then(
        this, [this, run](const Result<QHash<QString, Wire::Cursor>> &read) {
            if (!read) {
                dropFor(run, read.error());
                return;
            }
            if (run == m_run)
                m_channel.send(Wire::Hello{Wire::ProtocolVersion,
                    u"pagedesk/%1"_s.arg(QStringLiteral(PAGEDESK_VERSION)), *read});
        });
}

void Syncer::handleClosed()
{
    ++m_run;
    m_welcomeDue.stop();
    m_backfill.stop();
}

void Syncer::handleFrame(const Wire::ServerFrame &frame)
{
    if (const auto *changes = std::get_if<Wire::Changes>(&frame))
        handleChanges(*changes);
    else if (const auto *welcome = std::get_if<Wire::Welcome>(&frame))
        handleWelcome(*welcome);
    else if (const auto *added = std::get_if<Wire::StreamAdded>(&frame))
        handleAdded(added->stream);
    else if (const auto *removed = std::get_if<Wire::StreamRemoved>(&frame))
        handleRemoved(removed->stream);
}

void Syncer::handleWelcome(const Wire::Welcome &welcome)
{
    if (std::exchange(m_welcomed, true) || welcome.protocol != Wire::ProtocolVersion) {
        m_channel.drop({Error::Kind::Protocol, u"the relay speaks another version"_s});
        return;
    }
    m_welcomeDue.stop();
    m_replica
        .write<QList<StreamProgress>>(
            [welcome](ReplicaWriter &writer) { return StreamSteps::welcome(writer, welcome); })
        .then(this,
            [this, run = m_run, streams = welcome.streams](
                const Result<QList<StreamProgress>> &stored) { follow(run, streams, stored); });
}

void Syncer::handleAdded(const Wire::StreamInfo &stream)
{
    m_replica
        .write<QList<StreamProgress>>(
            [stream](ReplicaWriter &writer) -> Result<QList<StreamProgress>> {
                const auto added = StreamSteps::add(writer, stream);
                if (!added)
                    return failure(added.error());
                return QList{*added};
            })
        .then(this, [this, run = m_run, stream](const Result<QList<StreamProgress>> &stored) {
            follow(run, {stream}, stored);
        });
}

// A Page was taken from us: nothing of it stays.
void Syncer::handleRemoved(const QString &stream)
{
    if (stream == WorkspaceStream) {
        m_channel.drop({Error::Kind::Protocol, u"the relay took the workspace away"_s});
        return;
    }
    m_targets.remove(stream);
    m_replica
        .write<void>([stream](ReplicaWriter &writer) { return StreamRows::remove(writer, stream); })
        .then(this, [this, run = m_run](const Result<> &removed) {
            if (!removed)
                dropFor(run, removed.error());
            else if (run == m_run)
                lookWhetherCaughtUp();
        });
}

void Syncer::follow(
    int run, const QList<Wire::StreamInfo> &streams, const Result<QList<StreamProgress>> &stored)
{
    if (!stored) {
        dropFor(run, stored.error());
        return;
    }
    if (run != m_run)
        return;
    for (const Wire::StreamInfo &stream : streams)
        m_targets[stream.name].head = stream.head;
    for (const StreamProgress &progress : *stored) {
        m_targets[progress.name].here = progress;
        m_backfill.start(progress);
    }
    lookWhetherCaughtUp();
}

void Syncer::handleChanges(const Wire::Changes &changes)
{
    m_replica
        .write<StreamProgress>(
            [changes](ReplicaWriter &writer) { return StreamSteps::changes(writer, changes); })
        .then(this, [this, run = m_run](const Result<StreamProgress> &stored) {
            if (!stored)
                dropFor(run, stored.error());
            else if (run == m_run)
                handleProgress(*stored);
        });
}

void Syncer::handleProgress(const StreamProgress &progress)
{
    const auto target = m_targets.find(progress.name);
    if (target == m_targets.end())
        return;
    target->here = progress;
    lookWhetherCaughtUp();
}

// Asks anew from what is stored: whatever was missing or could not be stored comes again.
void Syncer::dropFor(int run, const Error &error)
{
    if (run == m_run)
        m_channel.drop(error);
}

void Syncer::lookWhetherCaughtUp()
{
    const auto isHere = [](const Target &target) {
        return target.here.head >= target.head
            && target.here.listed != StreamProgress::Listed::Nothing;
    };
    if (m_caughtUp || !std::all_of(m_targets.cbegin(), m_targets.cend(), isHere))
        return;
    m_caughtUp = true;
    qCInfo(logDesk) << "caught up with" << m_targets.size() << "streams";
    Q_EMIT caughtUp();
}

} // namespace Pagedesk
