// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/picture/imagelimits.h"

#include <QIODevice>
#include <QImage>
#include <QSize>

namespace Pagedesk {

// Reads a PNG, JPEG, GIF (its first picture) or WebP by its content, not its name. With `cover` it
// is scaled down to cover that box, never up. Blocks; thread-safe. Storage: cannot be read.
// Rejected: another format. TooLarge: beyond the limits. Damaged: cannot be decoded.
Result<QImage> decodeImage(const QString &path, QSize cover = {});

struct DecodedImage {
    QImage image;
    QSize shownSize; // of the picture before it was scaled, turned as it is to be shown
};
Result<DecodedImage> decodeImage(QIODevice &device, QSize cover);

// How large a picture is shown, by its head; invalid when it cannot be told or is beyond the
// limits.
QSize shownSize(const QString &path);

} // namespace Pagedesk
