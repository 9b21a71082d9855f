// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "app/server/http.h"
#include "models/base/clock.h"

#include <functional>

namespace Pagedesk::Relay {

// /people/...: who works here and on which devices (models/wire/people.h).
class PeopleEndpoint {
public:
    // `connected` says which devices are on line; for any thread.
    PeopleEndpoint(
        Ledger &ledger, const Clock &clock, std::function<bool(const DeviceId &)> connected);

    // Runs on the server's thread.
    void serve(const Server::Request &request, const Server::Responder &responder);

private:
    struct Order;
    struct Answer;
    struct Worker;

    Result<Answer> work(Connection &connection, const Device &device, const Order &order,
        Ledger::Touched &touched) const;
    void answer(const Result<Answer> &answer, const Server::Responder &responder) const;

    Ledger &m_ledger;
    const Clock &m_clock;
    const std::function<bool(const DeviceId &)> m_connected;
};

} // namespace Pagedesk::Relay
