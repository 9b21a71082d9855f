// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <atomic>
#include <chrono>
#include <initializer_list>

namespace Pagedesk::Relay {

// A number that any thread may add to and any thread may read.
class Counter {
public:
    void add(quint64 n) { m_value.fetch_add(n, std::memory_order_relaxed); }
    quint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<quint64> m_value{0};
};

// How often a value was below each of some bounds; as Counter.
class Histogram {
public:
    static constexpr size_t MostBounds = 11;

    // Rising.
    Histogram(std::initializer_list<double> bounds)
    {
        for (const double bound : bounds)
            m_bounds[m_size++] = bound;
    }
    void observe(double value)
    {
        size_t place = 0;
        while (place < m_size && value > m_bounds[place])
            ++place;
        m_counts[place].add(1);
        m_millionths.add(static_cast<quint64>(value * 1e6));
    }
    template <typename Rep, typename Period>
    void observe(const std::chrono::duration<Rep, Period> &time)
    {
        observe(std::chrono::duration<double>(time).count());
    }

    size_t size() const { return m_size; }
    double bound(size_t place) const { return m_bounds[place]; }
    // Values up to bound(place) and above the one before; at size(): above all.
    quint64 count(size_t place) const { return m_counts[place].value(); }
    double sum() const { return static_cast<double>(m_millionths.value()) / 1e6; }

private:
    std::array<double, MostBounds> m_bounds{};
    size_t m_size = 0;
    std::array<Counter, MostBounds + 1> m_counts;
    Counter m_millionths;
};

// What the relay counts since it started; shown by GET /metrics.
struct Metrics {
    static constexpr size_t EventKinds = 32;
    static constexpr std::initializer_list<double> Seconds{
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};

    Counter events; // new webhook events stored
    Counter duplicates; // repeated webhook events
    std::array<Counter, EventKinds> eventsByKind; // by number of the kind, repeated ones too
    Counter rejectedSignatures;
    Counter rejectedCallbacks; // deauthorize and data deletion with a wrong signature
    Counter storageFailures; // webhook bodies answered 503
    Counter repliesSent;
    Counter repliesFailed;
    Counter repliesUnknown; // answers that prove nothing
    Counter framesSent; // to desktops

    // Seconds from what Meta says of an event to its arrival here.
    Histogram eventLag{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600};
    Histogram acknowledgement{Seconds}; // from a webhook's last byte to its answer
    Histogram groupSize{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 4000}; // webhooks a transaction
    Histogram commitTime{Seconds}; // from a transaction's last webhook to its being on the disk
};

// Finds out, on the ledger's writing thread, which writes share a transaction: they run one after
// the other, and are told together.
class GroupMeter {
public:
    void ran()
    {
        ++m_size;
        m_ranAt = std::chrono::steady_clock::now();
    }
    void told(Metrics &metrics)
    {
        if (m_size == 0)
            return; // not the first one of its group
        metrics.groupSize.observe(m_size);
        metrics.commitTime.observe(std::chrono::steady_clock::now() - m_ranAt);
        m_size = 0;
    }
    void forget() { m_size = 0; } // it has failed, and runs again in parts

private:
    int m_size = 0;
    std::chrono::steady_clock::time_point m_ranAt;
};

} // namespace Pagedesk::Relay
