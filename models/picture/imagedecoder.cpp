// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/picture/imagedecoder.h"

#include <QFile>
#include <QImageReader>

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isTooLarge(QSize size)
{
    return size.width() > ImageLimits::Side || size.height() > ImageLimits::Side
        || qint64(size.width()) * size.height() > ImageLimits::Pixels;
}

// The size at which a picture covers the box; its own when it is smaller.
QSize covering(QSize picture, QSize box)
{
    const QSize scaled = picture.scaled(box, Qt::KeepAspectRatioByExpanding);
    return scaled.width() < picture.width() ? scaled.expandedTo({1, 1}) : picture;
}

} // namespace

Result<QImage> decodeImage(const QString &path, QSize cover)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Storage, u"cannot open a cached picture"_s);
    auto decoded = decodeImage(file, cover);
    if (!decoded)
        return failure(decoded.error());
    return std::move(decoded->image);
}

Result<DecodedImage> decodeImage(QIODevice &device, QSize cover)
{
    QImageReader::setAllocationLimit(ImageLimits::AllocationMiB);
    QImageReader reader(&device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    static const QList<QByteArray> formats{"png", "jpeg", "gif", "webp"};
    if (!formats.contains(reader.format()))
        return failure(Error::Kind::Rejected, u"a picture of another format"_s);
    const QSize size = reader.size();
    if (!size.isValid())
        return failure(Error::Kind::Damaged, u"a picture without a size"_s);
    if (isTooLarge(size))
        return failure(Error::Kind::TooLarge, u"a picture of too many pixels"_s);
    const bool turned = reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    if (!cover.isEmpty())
        reader.setScaledSize(covering(size, turned ? cover.transposed() : cover));
    DecodedImage decoded{reader.read(), turned ? size.transposed() : size};
    if (decoded.image.isNull())
        return failure(Error::Kind::Damaged, u"a picture that cannot be decoded"_s);
    return decoded;
}

QSize shownSize(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QImageReader reader(&file);
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    if (!size.isValid() || isTooLarge(size))
        return {};
    const bool turned = reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    return turned ? size.transposed() : size;
}

} // namespace Pagedesk
