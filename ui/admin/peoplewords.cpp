// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/peoplewords.h"

#include "ui/inbox/timewords.h"
#include "ui/thread/displaytext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PeopleWords)
};

constexpr int LongestName = 40;
constexpr qsizetype MostNames = 3;

QString listOf(QStringList names)
{
    if (names.size() <= MostNames)
        return QLocale().createSeparatedList(names);
    const auto more = static_cast<int>(names.size() - MostNames);
    return Words::tr("%1 and %n more", nullptr, more)
        .arg(names.first(MostNames).join(Words::tr(", ", "between names")));
}

} // namespace

QString roleWord(Role role)
{
    switch (role) {
    case Role::Agent:
        return Words::tr("Agent");
    case Role::Supervisor:
        return Words::tr("Supervisor");
    case Role::Admin:
        return Words::tr("Admin");
    }
    return {};
}

QString roleExplanation(Role role)
{
    switch (role) {
    case Role::Agent:
        return Words::tr("Reads and answers conversations of the Pages below.");
    case Role::Supervisor:
        return Words::tr("As an agent, and takes what is escalated.");
    case Role::Admin:
        return Words::tr("Works on all Pages, connects Pages and looks after people.");
    }
    return {};
}

QString lastSeenWords(const Wire::DeviceEntry &device, qint64 now)
{
    if (device.connected)
        return Words::tr("on line now");
    return device.lastSeenAt > 0 ? Words::tr("last seen %1").arg(momentText(device.lastSeenAt, now))
                                 : Words::tr("not seen yet");
}

QString pagesWords(
    const Wire::PersonEntry &person, const QList<Wire::TeamEntry> &teams, const QList<Page> &pages)
{
    if (person.person.role == Role::Admin || person.grant.all)
        return Words::tr("All Pages");
    QList<PageId> ids = person.grant.pages;
    for (const Wire::TeamEntry &team : teams) {
        if (person.person.teams.contains(team.team.id))
            ids.append(team.pages);
    }
    QStringList names;
    for (const Page &page : pages) {
        if (ids.contains(page.id))
            names.append(displayLine(page.name, LongestName));
    }
    return names.isEmpty() ? Words::tr("No Page yet") : listOf(names);
}

QString personWords(
    const Wire::PersonEntry &person, const Wire::Workforce &all, const QList<Page> &pages)
{
    QStringList parts{roleWord(person.person.role)};
    QStringList teams;
    for (const Wire::TeamEntry &team : all.teams) {
        if (person.person.teams.contains(team.team.id))
            teams.append(displayLine(team.team.name, LongestName));
    }
    if (!teams.isEmpty())
        parts.append(listOf(teams));
    parts.append(pagesWords(person, all.teams, pages));
    const auto devices = static_cast<int>(person.devices.size());
    parts.append(devices > 0 ? Words::tr("%n devices", nullptr, devices)
                             : Words::tr("invited, not here yet"));
    return parts.join(u" · "_s);
}

QString teamWords(const Wire::TeamEntry &team, const Wire::Workforce &all)
{
    const auto members = static_cast<int>(std::count_if(
        all.people.begin(), all.people.end(), [&team](const Wire::PersonEntry &person) {
            return person.person.teams.contains(team.team.id);
        }));
    return Words::tr("Team · %n people", nullptr, members);
}

} // namespace Pagedesk::Ui
