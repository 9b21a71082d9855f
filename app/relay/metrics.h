// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>

namespace Pagedesk::Relay {

// A number that any thread may add to and any thread may read.
class Counter {
public:
    void add(quint64 n) { m_value.fetch_add(n, std::memory_order_relaxed); }
    quint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<quint64> m_value{0};
};

// What the relay counts since it started; shown by GET /metrics.
struct Metrics {
    Counter events; // new webhook events stored
    Counter duplicates; // repeated webhook events
    Counter rejectedSignatures;
    Counter rejectedCallbacks; // deauthorize and data deletion with a wrong signature
    Counter storageFailures; // webhook bodies answered 503
    Counter repliesSent;
    Counter repliesFailed;
    Counter repliesUnknown; // answers that prove nothing
    Counter framesSent; // to desktops
};

} // namespace Pagedesk::Relay
