// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/misbehaviour.h"

#include "tests/e2e/rawdesktop.h"

#include <QUuid>

namespace Pagedesk::Tests {

namespace {

constexpr int MayBeOpen = 16; // requests
constexpr qint64 FrameLimit = 1024 * 1024;

QByteArray times(qint64 count, const char *what)
{
    return QByteArray::number(count) + ' ' + what;
}

Wire::Command command(const Misbehaver &desktop, qint64 number)
{
    const CommandId id{QUuid::createUuid().toString(QUuid::WithoutBraces)};
    const ConversationId conversation{desktop.conversation};
    if (number % 2 == 0)
        return {id, Wire::MarkRead{conversation, number}};
    return {id,
        Wire::ChangeConversation{conversation,
            {.state = number % 4 == 1 ? ConversationState::Resolved : ConversationState::Open}}};
}

QByteArray flood(const Misbehaver &desktop, bool reads)
{
    qint64 sent = 0;
    int connections = 0;
    while (!desktop.isOver()) {
        RawDesktop raw(desktop.port, reads ? 0 : 4096);
        ++connections;
        if (!raw.join(desktop.token, desktop.page))
            return "!does not let a desktop in";
        while (!desktop.isOver()) {
            // An honest desktop may have a whole night's commands to send, too.
            if (!raw.send(command(desktop, sent), reads ? 5000 : 100))
                break;
            ++sent;
            while (reads && !raw.read(64 * 1024, 0).isEmpty()) { }
        }
    }
    return times(sent, "commands over ") + times(connections, "connections");
}

Wire::HistoryRequest request(const Misbehaver &desktop, qint64 number)
{
    return {number, desktop.page, qint64(1) << 40, 1000};
}

} // namespace

QByteArray floodWithCommands(const Misbehaver &desktop)
{
    return flood(desktop, true);
}

QByteArray floodWithDeafCommands(const Misbehaver &desktop)
{
    return flood(desktop, false);
}

QByteArray floodWithRequests(const Misbehaver &desktop)
{
    qint64 rounds = 0;
    while (!desktop.isOver()) {
        RawDesktop raw(desktop.port);
        if (!raw.join(desktop.token, desktop.page))
            return "!does not let a desktop in";
        QByteArray all;
        for (int i = 0; i < 2000; ++i)
            all += RawDesktop::frame(Wire::encode(Wire::ClientFrame(request(desktop, i))));
        raw.send(all, 5000);
        const QString reason = raw.readBye(20'000);
        if (reason != u"protocol" && !raw.hasEnded(5000))
            return "!keeps a desktop with thousands of requests; said " + reason.toLatin1()
                + ", then sent " + times(raw.read(1 << 20, 0).size(), "bytes");
        ++rounds;
    }
    return times(rounds, "times 2000 requests");
}

QByteArray askWithoutPause(const Misbehaver &desktop)
{
    RawDesktop raw(desktop.port);
    if (!raw.join(desktop.token, desktop.page))
        return "!does not let a desktop in";
    qint64 asked = 0;
    qint64 answered = 0;
    QByteArray tail;
    while (!desktop.isOver()) {
        for (; asked < answered + MayBeOpen; ++asked) {
            if (!raw.send(request(desktop, asked), 5000))
                return "!ends a desktop that keeps to the limit, after "
                    + times(answered, "answers");
        }
        const QByteArray more = tail + raw.read(256 * 1024, 5000);
        answered += more.count("\"type\":\"answer\"");
        tail = more.right(14); // one less than what is looked for
    }
    return times(answered, "answers");
}

QByteArray sendHugeFrames(const Misbehaver &desktop)
{
    qint64 sent = 0;
    for (; !desktop.isOver(); ++sent) {
        RawDesktop raw(desktop.port);
        if (!raw.join(desktop.token, desktop.page))
            return "!does not let a desktop in";
        switch ((sent + desktop.seed) % 3) {
        case 0: // as large as may be, and no frame
            raw.send(RawDesktop::frame(QByteArray(FrameLimit, '[')), 5000);
            break;
        case 1: // larger than may be
            raw.send(RawDesktop::frame(QByteArray(16 * FrameLimit, 'x')), 5000);
            break;
        default: // one without an end
            for (int part = 0; part < 64; ++part) {
                const quint8 first = part == 0 ? 0x01 : 0x00;
                if (!raw.send(RawDesktop::frame(QByteArray(FrameLimit / 8, 'y'), first), 5000))
                    break;
            }
        }
        raw.readBye(10'000);
        if (!raw.hasEnded(10'000))
            return "!keeps a desktop that sends huge frames";
    }
    return times(sent, "huge frames");
}

QByteArray sendHalfFrames(const Misbehaver &desktop)
{
    QRandomGenerator random(desktop.seed);
    std::vector<std::unique_ptr<RawDesktop>> all;
    const QByteArray whole
        = RawDesktop::frame(Wire::encode(Wire::ClientFrame(command(desktop, 0))));
    while (!desktop.isOver() && all.size() < 200) {
        all.push_back(std::make_unique<RawDesktop>(desktop.port));
        if (!all.back()->join(desktop.token, desktop.page))
            return "!does not let a desktop in";
        // A half frame, or the head of one of a gibibyte.
        const bool claims = random.bounded(4) == 0;
        all.back()->send(claims ? QByteArray("\x81\xff\0\0\0\0\x40\0\0\0", 10)
                                : whole.first(1 + random.bounded(whole.size() - 1)));
    }
    return times(static_cast<qint64>(all.size()), "half frames");
}

QByteArray sendGarbage(const Misbehaver &desktop)
{
    QRandomGenerator random(desktop.seed);
    qint64 sent = 0;
    for (; !desktop.isOver(); ++sent) {
        RawDesktop raw(desktop.port);
        if (random.bounded(2) == 0 && !raw.join(desktop.token, desktop.page))
            return "!does not let a desktop in";
        QByteArray garbage(1 + random.bounded(4000), Qt::Uninitialized);
        for (char &byte : garbage)
            byte = static_cast<char>(random.bounded(256));
        if (random.bounded(2) == 0)
            garbage = RawDesktop::frame(garbage);
        raw.send(garbage);
        if (random.bounded(2) == 0)
            raw.reset();
    }
    return times(sent, "times garbage");
}

QByteArray comeAndGo(const Misbehaver &desktop)
{
    QRandomGenerator random(desktop.seed);
    qint64 came = 0;
    for (; !desktop.isOver(); ++came) {
        RawDesktop raw(desktop.port);
        switch (random.bounded(4)) {
        case 0: // leaves at once
            break;
        case 1: // leaves when it is let in
            if (!raw.upgrade(desktop.token))
                return "!does not let a desktop in";
            break;
        case 2: // is none of ours
            if (raw.upgrade("not a token"))
                return "!lets anybody in";
            break;
        default: // leaves while it is told everything
            if (!raw.join(desktop.token, desktop.page))
                return "!does not let a desktop in";
        }
        if (random.bounded(2) == 0)
            raw.reset();
    }
    return times(came, "visits");
}

QByteArray readSlowly(const Misbehaver &desktop)
{
    RawDesktop raw(desktop.port, 4096);
    if (!raw.join(desktop.token, desktop.page))
        return "!does not let a desktop in";
    qint64 bytes = 0;
    while (!desktop.isOver())
        bytes += raw.read(7, 20).size();
    if (bytes == 0)
        return "!tells a slow desktop nothing";
    return times(bytes, "bytes read slowly");
}

} // namespace Pagedesk::Tests
