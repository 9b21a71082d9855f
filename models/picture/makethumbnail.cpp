// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/picture/makethumbnail.h"

#include "models/picture/imagedecoder.h"

#include <QBuffer>

#include <algorithm>

namespace Pagedesk {

namespace {

constexpr int JpegQuality = 82;

QByteArray encoded(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (image.hasAlphaChannel())
        image.save(&buffer, "PNG");
    else
        image.save(&buffer, "JPEG", JpegQuality);
    return bytes;
}

} // namespace

Result<Thumbnail> makeThumbnail(const QByteArray &picture)
{
    QBuffer buffer;
    buffer.setData(picture);
    buffer.open(QIODevice::ReadOnly);
    const auto decoded = decodeImage(buffer, {Thumbnail::Side, Thumbnail::Side});
    if (!decoded)
        return failure(decoded.error());
    Thumbnail thumbnail{decoded->shownSize.width(), decoded->shownSize.height(), {}};
    const bool isLarge = std::max(thumbnail.width, thumbnail.height) > Thumbnail::Side;
    if (!isLarge && picture.size() <= Thumbnail::WorthBytes)
        return thumbnail;
    const QImage small = isLarge ? decoded->image.scaled(Thumbnail::Side, Thumbnail::Side,
                             Qt::KeepAspectRatio, Qt::SmoothTransformation)
                                 : decoded->image;
    const QByteArray bytes = encoded(small);
    if (bytes.size() < picture.size())
        thumbnail.picture = bytes;
    return thumbnail;
}

} // namespace Pagedesk
