// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Pagedesk::Ui {

// Times as people say them. All arguments are ms UTC; words follow the local time zone and the
// default locale.

// For a list: "14:05", "Yesterday", "Thu" within a week, "3 Nov", "3 Nov 2024" in another year.
QString listTime(qint64 at, qint64 now);
// To the minute with its day: "14:05", "yesterday at 14:05", "3 Nov at 14:05".
QString momentText(qint64 at, qint64 now);
// For a tooltip: the whole date and time.
QString exactTime(qint64 at);
// A length of time for a chip ("1 h 40", "35 min") and in a sentence ("1 h 40 min", "3 days").
QString shortSpan(qint64 milliseconds);
QString longSpan(qint64 milliseconds);

} // namespace Pagedesk::Ui
