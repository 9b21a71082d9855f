// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QDeadlineTimer>

#include <mutex>

namespace Pagedesk::Relay {

// Says in the log that events cannot be stored, once a second at most: a full disk refuses
// thousands, and a log that nobody reads fast enough must not hold up the database thread.
class RefusalLog {
public:
    void note(const Error &error); // thread-safe

private:
    std::mutex m_mutex;
    QDeadlineTimer m_silentUntil;
    quint64 m_refused = 0; // since it was last said
};

} // namespace Pagedesk::Relay
