// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"
#include "models/wire/people.h"

namespace Pagedesk::Ui {

QString roleWord(Role role);
// What a role may do, in a sentence.
QString roleExplanation(Role role);
// "on line now", "last seen yesterday at 14:05", "not seen yet".
QString lastSeenWords(const Wire::DeviceEntry &device, qint64 now);
// "All Pages", "Bloom Bakery, Harbour Bikes", "No Page yet".
QString pagesWords(
    const Wire::PersonEntry &person, const QList<Wire::TeamEntry> &teams, const QList<Page> &pages);
// One line under a name: role, teams, Pages, devices.
QString personWords(
    const Wire::PersonEntry &person, const Wire::Workforce &all, const QList<Page> &pages);
QString teamWords(const Wire::TeamEntry &team, const Wire::Workforce &all);

} // namespace Pagedesk::Ui
