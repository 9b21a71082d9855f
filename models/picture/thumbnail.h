// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>

namespace Pagedesk {

// A small picture of a large one, and how large that is.
struct Thumbnail {
    static constexpr int Side = 640; // pixels, the longer one
    // Below it the picture itself is as good.
    static constexpr qsizetype WorthBytes = 100 * 1024;

    int width = 0; // of the original as it is shown, pixels
    int height = 0;
    QByteArray picture; // JPEG, or PNG where one can look through; empty: not worth while
};

// As it goes from one program to another: a line with the size, then the picture.
QByteArray encodeThumbnail(const Thumbnail &thumbnail);
Result<Thumbnail> decodeThumbnail(const QByteArray &bytes);

} // namespace Pagedesk
