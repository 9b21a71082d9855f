// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/metrics.h"
#include "app/server/http.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

// Everything the relay counts, in the text format of Prometheus.
QByteArray metricsText(
    const Metrics &metrics, const Server::Statistics &statistics, Connection &connection);

} // namespace Pagedesk::Relay
