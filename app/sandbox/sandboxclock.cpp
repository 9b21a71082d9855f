// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxclock.h"

namespace Pagedesk::Sandbox {

qint64 SandboxClock::now() const
{
    return SystemClock().now() + m_offset;
}

void SandboxClock::advance(qint64 milliseconds)
{
    m_offset += milliseconds;
    Q_EMIT moved(milliseconds);
}

void SandboxClock::setNow(qint64 wanted)
{
    advance(wanted - now());
}

} // namespace Pagedesk::Sandbox
