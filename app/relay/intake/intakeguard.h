// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QHash>

namespace Pagedesk::Relay {

// Counts the events of each person. Everything is stored at once whatever they send; above the
// limit their screen updates and the automatic work they cause are spread out, at the pace of the
// limit. For the database thread alone.
class IntakeGuard {
public:
    // `perMinute`: events of one person and Page within a minute; 0 lets everything through.
    explicit IntakeGuard(int perMinute)
        : m_perMinute(perMinute)
    {
    }

    // How long the work of this event is to wait, in ms; 0 for a person within the limit. `now`: ms
    // UTC.
    qint64 delayFor(const PageId &page, const Psid &psid, qint64 now);

private:
    struct Person {
        qint64 minute = 0; // when their minute began, ms UTC
        int events = 0;
    };

    int m_perMinute;
    QHash<std::pair<PageId, Psid>, Person> m_people;
};

} // namespace Pagedesk::Relay
