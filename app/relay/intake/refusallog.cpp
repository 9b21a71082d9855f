// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/refusallog.h"

#include "models/base/logging.h"

namespace Pagedesk::Relay {

using namespace std::chrono_literals;

void RefusalLog::note(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    ++m_refused;
    if (!m_silentUntil.hasExpired())
        return;
    qCCritical(logIntake) << "cannot store events:" << error.detail
                          << "- bodies refused:" << m_refused;
    m_refused = 0;
    m_silentUntil.setRemainingTime(1s);
}

} // namespace Pagedesk::Relay
