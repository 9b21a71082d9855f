// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QString>

#include <optional>

namespace Pagedesk {

// Where the desktop stands with its relay. One owner (Session), shown in one strip.
enum class ConnectionState {
    Unpaired, // no workspace yet
    Offline, // no connection; retried at `retryAt`
    Connecting,
    CatchingUp, // connected, not everything is here yet
    Live,
    Refused, // the relay does not accept this device any more; not retried
};

struct ConnectionStatus {
    ConnectionState state = ConnectionState::Unpaired;
    QString relay; // "relay.example:8480", empty while unpaired
    qint64 since = 0; // ms UTC
    qint64 retryAt = 0; // ms UTC, 0 when no retry is planned
    std::optional<Error> error = std::nullopt; // why it is Offline or Refused

    bool operator==(const ConnectionStatus &) const = default;
};

} // namespace Pagedesk
