// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/net.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace Pagedesk::Server {

// The way from any thread to the server's thread. However many letters arrive while the server's
// thread is busy, they cost it one wake-up: a group commit that answers a thousand requests does
// not post a thousand handlers. It outlives the server in the hands of unanswered Responders;
// after close() letters are dropped.
class Mailbox : public std::enable_shared_from_this<Mailbox> {
public:
    using Letter = std::function<void()>;

    explicit Mailbox(boost::asio::io_context &context)
        : m_context(&context)
    {
    }

    // Declares the calling thread to be the server's.
    void settle() const;
    // Runs the letter at once on the server's thread, soon when called from another one.
    void deliver(Letter letter);
    // Runs the letter soon, never at once.
    void post(Letter letter);
    // Runs what is waiting, then drops whatever comes. On the server's thread.
    void close();

private:
    void drain();

    std::mutex m_mutex;
    boost::asio::io_context *m_context; // nullptr once closed
    std::vector<Letter> m_letters;
    std::vector<Letter> m_opened; // kept for its memory; the server's thread only
    bool m_draining = false; // a drain() is posted and has not begun
};

} // namespace Pagedesk::Server
