// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/relayrequests.h"

#include "models/desk/livechannel.h"

#include <QTimer>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int MostAtOnce = 8;

qint64 idOf(const RelayRequests::Request &request)
{
    return std::visit([](const auto &body) { return body.id; }, request);
}

template <typename T, typename Reply> Task<T> only(const Reply &reply)
{
    if (const auto *wanted = std::get_if<T>(&reply))
        return Task<T>::finished(*wanted);
    return Task<T>::finished(
        failure(Error::Kind::Protocol, u"the relay answered another question"_s));
}

} // namespace

RelayRequests::RelayRequests(LiveChannel &channel, QObject *parent)
    : QObject(parent)
    , m_channel(channel)
{
    connect(&channel, &LiveChannel::frameReceived, this, &RelayRequests::handleFrame);
    connect(&channel, &LiveChannel::closed, this, &RelayRequests::handleClosed);
}

RelayRequests::~RelayRequests() = default;

Task<Wire::Answer> RelayRequests::ask(
    Request request, Turn turn, std::chrono::milliseconds patience)
{
    return open(std::move(request), turn, patience).andThen(this, &only<Wire::Answer, Reply>);
}

Task<Wire::Inspection> RelayRequests::inspect(
    const MessageId &message, std::chrono::milliseconds patience)
{
    return open(Wire::InspectRequest{0, message}, Turn::Next, patience)
        .andThen(this, &only<Wire::Inspection, Reply>);
}

Task<RelayRequests::Reply> RelayRequests::open(
    Request request, Turn turn, std::chrono::milliseconds patience)
{
    if (!m_ready) {
        return Task<Reply>::finished(
            failure(Error::Kind::Offline, u"the relay is not connected"_s));
    }
    const qint64 id = ++m_lastId;
    std::visit([id](auto &body) { body.id = id; }, request);
    auto task = m_open[id].promise.task();
    if (turn == Turn::Next)
        m_waiting.push_front(std::move(request));
    else
        m_waiting.push_back(std::move(request));
    QTimer::singleShot(patience, this,
        [this, id] { finish(id, failure(Error::Kind::Timeout, u"the relay did not answer"_s)); });
    sendNext();
    return task;
}

void RelayRequests::handleFrame(const Wire::ServerFrame &frame)
{
    if (std::holds_alternative<Wire::Welcome>(frame)) {
        m_ready = true;
        return;
    }
    const auto take = [this](const auto &reply) {
        if (reply.error)
            finish(reply.requestId, failure(*reply.error));
        else
            finish(reply.requestId, Reply(reply));
    };
    if (const auto *answer = std::get_if<Wire::Answer>(&frame))
        take(*answer);
    else if (const auto *inspection = std::get_if<Wire::Inspection>(&frame))
        take(*inspection);
}

void RelayRequests::handleClosed()
{
    m_ready = false;
    m_sent = 0;
    m_waiting.clear();
    auto open = std::exchange(m_open, {});
    for (auto &[id, request] : open)
        request.promise.finish(failure(Error::Kind::Offline, u"the connection was lost"_s));
}

void RelayRequests::sendNext()
{
    while (m_sent < MostAtOnce && !m_waiting.empty()) {
        const Request request = std::move(m_waiting.front());
        m_waiting.pop_front();
        const auto open = m_open.find(idOf(request));
        if (open == m_open.end())
            continue; // nobody waits for it any more
        open->second.sent = true;
        ++m_sent;
        std::visit([this](const auto &body) { m_channel.send(body); }, request);
    }
}

void RelayRequests::finish(qint64 id, Result<Reply> result)
{
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    Open open = std::move(found->second);
    m_open.erase(found);
    if (open.sent)
        --m_sent;
    open.promise.finish(std::move(result));
    sendNext();
}

} // namespace Pagedesk
