// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QLocale>

#include <optional>

namespace Pagedesk::Ui {

// The day somebody means who types "4.11.", "2026-11-04", "4 Nov", "yesterday" or "Monday". One
// without a year is the last one that was not after today.
std::optional<QDate> dateFromWords(const QString &words, const QDate &today, const QLocale &locale);

} // namespace Pagedesk::Ui
