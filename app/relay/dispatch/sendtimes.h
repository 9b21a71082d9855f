// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace Pagedesk::Relay {

// How long things around a reply may take, in ms. Tests use shorter ones.
struct SendTimes {
    int timeoutMs = 15'000; // of a call
    // How long the next independent reply of a conversation waits for the fate of an unknown one,
    // so that they cannot overtake each other while the echo is under way.
    qint64 unknownPatience = 30'000;
    // When to read the conversation of an unknown reply, counted from the end of its attempt.
    // After the last time it stays unknown until an echo comes.
    QList<qint64> readAfter{15'000, 60'000, 150'000, 300'000, 900'000, 3'600'000};
    qint64 readAgain = 60'000; // after a reading that failed
    qint64 readingEnds = 24 * 3'600'000LL; // however many readings have failed
    // A message that is not there by then will not come any more.
    qint64 absentAfter = 120'000;
    qint64 clockSlack = 60'000; // how far Meta's clock and ours may be apart
};

} // namespace Pagedesk::Relay
