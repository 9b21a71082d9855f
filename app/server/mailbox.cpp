// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/mailbox.h"

#include "models/base/logging.h"

#include <boost/asio/post.hpp>

namespace Pagedesk::Server {

namespace {

thread_local const Mailbox *t_home = nullptr;

} // namespace

void Mailbox::settle() const
{
    t_home = this;
}

void Mailbox::deliver(Letter letter)
{
    if (t_home == this)
        letter();
    else
        post(std::move(letter));
}

void Mailbox::close()
{
    drain();
    const std::lock_guard lock(m_mutex);
    m_context = nullptr;
}

void Mailbox::post(Letter letter)
{
    const std::lock_guard lock(m_mutex);
    if (!m_context)
        return;
    m_letters.push_back(std::move(letter));
    if (std::exchange(m_draining, true))
        return;
    boost::asio::post(*m_context, [self = shared_from_this()] { self->drain(); });
}

void Mailbox::drain()
{
    {
        const std::lock_guard lock(m_mutex);
        m_draining = false;
        m_opened.swap(m_letters);
    }
    for (Letter &letter : m_opened) {
        try {
            letter();
        } catch (const std::exception &error) {
            qCWarning(logServer, "a letter was lost: %s", error.what());
        }
    }
    m_opened.clear();
}

} // namespace Pagedesk::Server
