// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/requestline.h"

namespace Pagedesk::Relay {

RequestLine::RequestLine(Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
{
}

void RequestLine::ask(const DeviceId &device, QObject *asker, Read read, Answered answered)
{
    auto &line = m_waiting[device];
    if (line.empty())
        m_turns.push_back(device);
    line.push_back({asker, std::move(read), std::move(answered)});
    next();
}

void RequestLine::next()
{
    while (!m_reading && !m_turns.empty()) {
        const DeviceId device = m_turns.front();
        m_turns.pop_front();
        auto &line = m_waiting[device];
        Request request = std::move(line.front());
        line.pop_front();
        if (line.empty())
            m_waiting.remove(device);
        else
            m_turns.push_back(device);
        if (!request.asker)
            continue; // it has left meanwhile
        m_reading = true;
        m_database.read<Wire::ServerFrame>(std::move(request.read))
            .then(this,
                [this, asker = request.asker, answered = std::move(request.answered)](
                    const Result<Wire::ServerFrame> &frame) {
                    m_reading = false;
                    if (asker)
                        answered(frame);
                    next();
                });
    }
}

} // namespace Pagedesk::Relay
