// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace Pagedesk::Tests {

// When the machine itself did not let a program run: on a shared host the processors are taken away
// for some time, and whatever is measured then is the host's doing. A thread that does nothing but
// sleep for short times notes by how much it came late.
class MachinePauses {
public:
    using Clock = std::chrono::steady_clock;

    MachinePauses();
    ~MachinePauses();
    void stop(); // before anything below is asked

    // Whether there was a pause of more than 10 ms in the second from `begin` on or shortly before.
    bool isDisturbed(Clock::time_point begin) const;
    // How long something that takes no time at all had to wait, begun at any moment: the part
    // `part` (0..1) of all moments waited shorter, ms.
    double waitMs(double part) const;

private:
    struct Pause {
        Clock::time_point begin;
        Clock::duration length{};
    };

    void watch();

    std::atomic<bool> m_stopping = false;
    std::vector<Pause> m_pauses; // in order
    Clock::time_point m_began = Clock::now();
    Clock::time_point m_ended;
    std::thread m_thread; // the last, it uses the others
};

} // namespace Pagedesk::Tests
