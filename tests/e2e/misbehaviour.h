// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <QString>

#include <functional>

namespace Pagedesk::Tests {

// A desktop's device that misbehaves, and whom it does that to.
struct Misbehaver {
    quint16 port = 0;
    QByteArray token;
    QString page;
    QString conversation;
    quint32 seed = 0;
    std::function<bool()> isOver; // asked from its own thread
};

// Each is run on a thread of its own until it is over; returns what it did, or begins with "!" and
// says what the relay should not have done.
using Misbehaviour = QByteArray (*)(const Misbehaver &);

QByteArray floodWithCommands(const Misbehaver &desktop); // as fast as they are taken
QByteArray floodWithDeafCommands(const Misbehaver &desktop); // the same, results unread
QByteArray floodWithRequests(const Misbehaver &desktop); // thousands open, until told to go
QByteArray askWithoutPause(const Misbehaver &desktop); // as many open as are allowed
QByteArray sendHugeFrames(const Misbehaver &desktop);
QByteArray sendHalfFrames(const Misbehaver &desktop);
QByteArray sendGarbage(const Misbehaver &desktop);
QByteArray comeAndGo(const Misbehaver &desktop); // hundreds of times a second
QByteArray readSlowly(const Misbehaver &desktop); // a few bytes at a time

} // namespace Pagedesk::Tests
