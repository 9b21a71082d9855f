// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"

#include <QString>

namespace Pagedesk::Ui {

// A Page in words. Some of them are Meta's own: show them as plain text.

// What somebody has to do something about; empty while all is well.
QString pageWarning(const Page &page);

// Whether all of its messages are here, a line for each thing to say: since when, when that was
// compared, what is missing, how far the older conversations are read. `now`: ms UTC.
QString pageDetail(const Page &page, qint64 now);

} // namespace Pagedesk::Ui
