// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Pagedesk {

// Where the time comes from, so that tests can set it.
class Clock {
public:
    virtual ~Clock() = default;
    // Milliseconds since 1970 UTC.
    virtual qint64 now() const = 0;
};

class SystemClock final : public Clock {
public:
    qint64 now() const override;
};

class ManualClock final : public Clock {
public:
    explicit ManualClock(qint64 now)
        : m_now(now)
    {
    }
    qint64 now() const override { return m_now; }
    void set(qint64 now) { m_now = now; }
    void advance(qint64 milliseconds) { m_now += milliseconds; }

private:
    qint64 m_now;
};

} // namespace Pagedesk
