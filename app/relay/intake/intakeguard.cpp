// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/intakeguard.h"

namespace Pagedesk::Relay {

namespace {

constexpr qint64 Minute = 60'000;
constexpr qsizetype MostPeople = 20'000; // beyond it those whose minute is over are forgotten
constexpr qint64 LongestDelay = 60 * Minute;

} // namespace

qint64 IntakeGuard::delayFor(const PageId &page, const Psid &psid, qint64 now)
{
    if (m_perMinute <= 0 || psid.isEmpty())
        return 0;
    if (m_people.size() >= MostPeople) {
        m_people.removeIf([now](auto person) { return now - person.value().minute >= Minute; });
        if (m_people.size() >= MostPeople)
            m_people.clear(); // so many within a minute that counting them has lost its sense
    }
    Person &person = m_people[{page, psid}];
    // A clock that is set back begins a new minute too.
    if (now - person.minute >= Minute || now < person.minute)
        person = {now, 0};
    ++person.events;
    if (person.events <= m_perMinute)
        return 0;
    return qMin(LongestDelay, (person.events - m_perMinute) * Minute / m_perMinute);
}

} // namespace Pagedesk::Relay
