// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Pagedesk::Tests {

// What a process has resident, in MiB; -1 when it is not there.
double residentMiB(qint64 pid);

} // namespace Pagedesk::Tests
