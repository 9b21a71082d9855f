// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Pagedesk::Tests {

// One keep-alive connection to a relay on this machine, which asks and waits for the answer.
class PostLine {
public:
    explicit PostLine(quint16 port);
    ~PostLine();
    PostLine(const PostLine &) = delete;
    PostLine &operator=(const PostLine &) = delete;

    // Sends a whole request; the status of the answer, 0 when there was none within ten seconds.
    // Connects anew when the connection is gone.
    int ask(const QByteArray &request);

private:
    bool connect();
    void close();
    bool send(const QByteArray &request) const;
    int receive() const;

    quint16 m_port;
    int m_socket = -1;
};

} // namespace Pagedesk::Tests
