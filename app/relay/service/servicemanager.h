// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

namespace Pagedesk::Relay {

// The two small protocols that systemd and its like speak with a service: sockets that are passed
// (sd_listen_fds(3)) and what the service says of itself (sd_notify(3)).
namespace ServiceManager {

struct PassedSocket {
    int descriptor = -1;
    QString host; // the address it is bound to
};
// The one socket passed to this process, or nothing. The environment is cleared, so that no other
// program takes it for its own. Rejected: several were passed, or it is none of the internet.
Result<std::optional<PassedSocket>> takeSocket();

// "READY=1". Nothing happens when nobody wants to know.
void tell(const QByteArray &state);

// How often WATCHDOG=1 has to be said at least; nothing when it need not be.
std::optional<std::chrono::microseconds> watchdogInterval();

} // namespace ServiceManager

} // namespace Pagedesk::Relay
