// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Pagedesk::Thumbnailer {

// From here on this process can compute, use memory and threads within bounds, and read and write
// what is open: no file, no socket, no other program. False when that cannot be had.
bool confine();

} // namespace Pagedesk::Thumbnailer
