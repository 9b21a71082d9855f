// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/machinepauses.h"

#include <algorithm>

namespace Pagedesk::Tests {

namespace {

using namespace std::chrono_literals;

constexpr auto Nap = 2ms;
constexpr auto Late = 1ms; // what an idle machine's timers may be late
constexpr auto Disturbing = 10ms;
constexpr auto Aftermath = 500ms; // what was held up is worked off

} // namespace

MachinePauses::MachinePauses()
    : m_thread([this] { watch(); })
{
}

MachinePauses::~MachinePauses()
{
    stop();
}

void MachinePauses::stop()
{
    if (!m_thread.joinable())
        return;
    m_stopping = true;
    m_thread.join();
    m_ended = Clock::now();
}

void MachinePauses::watch()
{
    while (!m_stopping) {
        const auto due = Clock::now() + Nap;
        std::this_thread::sleep_until(due);
        if (const auto late = Clock::now() - due; late > Late)
            m_pauses.push_back({due, late});
    }
}

bool MachinePauses::isDisturbed(Clock::time_point begin) const
{
    return std::any_of(m_pauses.begin(), m_pauses.end(), [&](const Pause &pause) {
        return pause.length > Disturbing && pause.begin < begin + 1s
            && pause.begin + pause.length + Aftermath > begin;
    });
}

double MachinePauses::waitMs(double part) const
{
    // A wait longer than `wait` is met in the beginning of each pause that is longer.
    const auto share = [this](Clock::duration wait) {
        Clock::duration sum{};
        for (const Pause &pause : m_pauses)
            sum += std::max(pause.length - wait, Clock::duration(0));
        return std::chrono::duration<double>(sum)
            / std::chrono::duration<double>(m_ended - m_began);
    };
    auto wait = Clock::duration(0);
    while (share(wait) > 1 - part)
        wait += 100us;
    return std::chrono::duration<double, std::milli>(wait).count();
}

} // namespace Pagedesk::Tests
