// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/websocketport.h"

#include <algorithm>

namespace Pagedesk::Server {

namespace {

// Some codes only say locally how a WebSocket has ended (RFC 6455, 7.4).
bool maySend(int code)
{
    return (code >= 1000 && code <= 1014 && code != 1004 && code != CloseCode::NoStatus
               && code != CloseCode::Abnormal)
        || (code >= 3000 && code <= 4999);
}

} // namespace

void postClosed(
    Mailbox &mailbox, std::shared_ptr<WebSocketCallbacks> callbacks, int code, std::string reason)
{
    mailbox.post([callbacks = std::move(callbacks), code, reason = std::move(reason)] {
        if (callbacks && callbacks->closed)
            callbacks->closed(code, reason);
    });
}

WebSocketPort::WebSocketPort(std::shared_ptr<Mailbox> mailbox, const Limits &limits)
    : m_mailbox(std::move(mailbox))
    , m_queueLimit(limits.webSocketQueueBytes)
    , m_heldTextsLimit(limits.webSocketHeldTexts)
    , m_heldBytesLimit(limits.webSocketHeldBytes)
{
}

void WebSocketPort::sendText(std::string text)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_shut || m_overflown || m_close)
            return;
        if (m_bytes + text.size() > m_queueLimit) {
            m_overflown = true;
            m_texts.clear();
        } else {
            m_bytes += text.size();
            m_texts.push_back(std::move(text));
        }
        if (std::exchange(m_woken, true))
            return;
    }
    wakeWriter();
}

std::size_t WebSocketPort::queuedBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

std::shared_ptr<const void> WebSocketPort::hold(std::size_t bytes)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_heldTexts;
        m_heldBytes += bytes;
    }
    return {this, [self = shared_from_this(), bytes](const void *) { self->letGo(bytes); }};
}

void WebSocketPort::letGo(std::size_t bytes)
{
    {
        const std::lock_guard lock(m_mutex);
        --m_heldTexts;
        m_heldBytes -= bytes;
        if (!m_waitsForRoom || holdsTooMuch())
            return;
        m_waitsForRoom = false;
        if (m_shut || std::exchange(m_woken, true))
            return;
    }
    wakeWriter();
}

bool WebSocketPort::holdsTooMuch() const
{
    return m_heldTexts >= m_heldTextsLimit || m_heldBytes >= m_heldBytesLimit;
}

bool WebSocketPort::hasToWait()
{
    const std::lock_guard lock(m_mutex);
    m_waitsForRoom = holdsTooMuch();
    return m_waitsForRoom;
}

void WebSocketPort::close(int code, std::string reason)
{
    if (!maySend(code))
        code = CloseCode::Normal;
    {
        const std::lock_guard lock(m_mutex);
        if (m_shut || m_close)
            return;
        m_close = CloseRequest{code, std::move(reason)};
        if (std::exchange(m_woken, true))
            return;
    }
    wakeWriter();
}

void WebSocketPort::attach(std::weak_ptr<WebSocketWriter> writer)
{
    m_writer = std::move(writer);
}

void WebSocketPort::awake()
{
    const std::lock_guard lock(m_mutex);
    m_woken = false;
}

std::optional<std::string> WebSocketPort::takeText()
{
    const std::lock_guard lock(m_mutex);
    if (m_texts.empty())
        return std::nullopt;
    std::string text = std::move(m_texts.front());
    m_texts.pop_front();
    return text;
}

std::size_t WebSocketPort::written(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_bytes -= std::min(bytes, m_bytes);
    return m_bytes;
}

bool WebSocketPort::isOverflown() const
{
    const std::lock_guard lock(m_mutex);
    return m_overflown;
}

std::optional<WebSocketPort::CloseRequest> WebSocketPort::closeRequest() const
{
    const std::lock_guard lock(m_mutex);
    return m_close;
}

void WebSocketPort::shut()
{
    const std::lock_guard lock(m_mutex);
    m_shut = true;
    m_texts.clear();
    m_bytes = 0;
}

void WebSocketPort::wakeWriter()
{
    m_mailbox->deliver([to = m_writer] {
        if (const auto writer = to.lock())
            writer->wake();
    });
}

} // namespace Pagedesk::Server
