// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"

namespace Pagedesk::Tests {

// A desktop that does to a relay's port whatever a test wants, byte by byte and from any thread.
class RawDesktop {
public:
    // `receiveBuffer`: bytes the kernel takes in although nobody reads; 0: as many as it likes.
    explicit RawDesktop(quint16 port, int receiveBuffer = 0);
    ~RawDesktop();
    RawDesktop(const RawDesktop &) = delete;
    RawDesktop &operator=(const RawDesktop &) = delete;

    bool isConnected() const { return m_socket >= 0; }
    // Opens the WebSocket; false when it is refused or nothing comes within ten seconds.
    bool upgrade(const QByteArray &token);
    // The same, says hello with everything of the Page still to come, and is welcomed.
    bool join(const QByteArray &token, const QString &page);

    // Waits at most so long for room; false when not all could be sent.
    bool send(const QByteArray &bytes, int patienceMs = 10'000);
    bool send(const Wire::ClientFrame &frame, int patienceMs = 10'000);
    // Masked, as a client has to; `first` is its first byte: 0x81 is a whole text.
    static QByteArray frame(const QByteArray &payload, quint8 first = 0x81);

    // At most so many of the bytes that are there within that time; empty when there are none.
    QByteArray read(int most, int patienceMs);
    // Reads on until a Bye comes: its reason; empty when the connection ended without one, or went
    // on for so long.
    QString readBye(int patienceMs);
    // Whether the relay ends the connection within that time, however much waits to be read.
    bool hasEnded(int patienceMs) const;
    // Ends it, with a reset instead of a goodbye.
    void reset();

private:
    int m_socket = -1;
};

} // namespace Pagedesk::Tests
