// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QImage>
#include <QSize>

namespace Pagedesk::Ui {

// What a stranger's picture may cost us. Checked before anything is decoded.
struct ImageLimits {
    static constexpr int Side = 16384; // pixels
    static constexpr qint64 Pixels = 40'000'000;
    static constexpr int AllocationMiB = 160;
};

// Reads a PNG, JPEG, GIF (its first picture) or WebP by its content, not its name. With `cover` it
// is scaled down to cover that box, never up. Blocks; thread-safe. Storage: cannot be read.
// Rejected: another format. TooLarge: beyond the limits. Damaged: cannot be decoded.
Result<QImage> decodeImage(const QString &path, QSize cover = {});

} // namespace Pagedesk::Ui
