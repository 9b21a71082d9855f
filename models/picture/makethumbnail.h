// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/picture/thumbnail.h"

namespace Pagedesk {

// Blocks; thread-safe. Rejected: no picture of a known format. TooLarge: beyond ImageLimits.
// Damaged: cannot be decoded.
Result<Thumbnail> makeThumbnail(const QByteArray &picture);

} // namespace Pagedesk
