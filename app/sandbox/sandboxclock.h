// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QObject>

namespace Pagedesk::Sandbox {

// The simulated Meta's time: the system's, moved by as much as the control route asked for.
class SandboxClock final : public QObject, public Clock {
    Q_OBJECT
public:
    qint64 now() const override;
    void advance(qint64 milliseconds); // negative moves it back
    void setNow(qint64 now);

Q_SIGNALS:
    void moved(qint64 byMilliseconds);

private:
    qint64 m_offset = 0;
};

} // namespace Pagedesk::Sandbox
