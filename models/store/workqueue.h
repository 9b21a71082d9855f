// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace Pagedesk {

// What a thread works off until it is told to stop.
template <typename Item> class WorkQueue {
public:
    void push(Item item)
    {
        bool enough = false;
        {
            const std::lock_guard lock(m_mutex);
            m_items.push_back(std::move(item));
            enough = m_items.size() >= m_wanted;
        }
        if (enough)
            m_ready.notify_one();
    }
    void stop()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_ready.notify_all();
    }
    // Waits at most `patience` until there are `count` items.
    void waitFor(size_t count, std::chrono::steady_clock::duration patience)
    {
        std::unique_lock lock(m_mutex);
        m_wanted = count;
        m_ready.wait_for(lock, patience, [&] { return m_stopping || m_items.size() >= count; });
        m_wanted = 1;
    }
    // Up to `limit` items; waits at most `patience` for the first. `stopped` once there is
    // nothing left and stop() was called.
    std::vector<Item> take(size_t limit, std::chrono::milliseconds patience, bool &stopped)
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait_for(lock, patience, [this] { return m_stopping || !m_items.empty(); });
        stopped = m_stopping && m_items.empty();
        std::vector<Item> taken;
        taken.reserve(std::min(limit, m_items.size()));
        while (taken.size() < limit && !m_items.empty()) {
            taken.push_back(std::move(m_items.front()));
            m_items.pop_front();
        }
        return taken;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<Item> m_items;
    size_t m_wanted = 1; // how many are worth waking the thread for
    bool m_stopping = false;
};

// A larger group is cheaper for each of its writes: fewer pages and fewer syncs. Where several
// writes come at once, groups are begun a few milliseconds apart; a write that comes alone does not
// wait, and under a flood groups grow by themselves.
class GroupPace {
public:
    template <typename Item> void waitForMore(WorkQueue<Item> &queue) const
    {
        if (m_size > 1 && m_size < Flood)
            queue.waitFor(Flood, m_began + Apart - Clock::now());
    }
    void begin(size_t size)
    {
        m_size = size;
        m_began = Clock::now();
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr size_t Flood = 100;
    static constexpr std::chrono::milliseconds Apart{5};

    size_t m_size = 0;
    Clock::time_point m_began;
};

} // namespace Pagedesk
