// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Pagedesk {

// Milliseconds since this process was executed, to the 10 ms of the kernel's clock tick; -1 when
// the system does not say.
qint64 millisecondsSinceExec();

// Resident memory in MiB; 0 when the system does not say.
double residentMebibytes();

} // namespace Pagedesk
