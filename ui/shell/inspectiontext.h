// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"

#include <QLocale>

namespace Pagedesk::Ui {

// Everything about a message as plain text, in the order in which it happened: ids, the hops with
// their times, every call of the Send API, every text it had, and each event's JSON as Meta
// delivered it. Made to be read and to be sent to whoever looks for a fault.
QString inspectionText(const Wire::Inspection &inspection, const QLocale &locale);

} // namespace Pagedesk::Ui
