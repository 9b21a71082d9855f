// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/picture/thumbnail.h"

#include "models/picture/imagelimits.h"

#include <QList>

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestHead = 32;

} // namespace

QByteArray encodeThumbnail(const Thumbnail &thumbnail)
{
    return QByteArray::number(thumbnail.width) + ' ' + QByteArray::number(thumbnail.height) + '\n'
        + thumbnail.picture;
}

Result<Thumbnail> decodeThumbnail(const QByteArray &bytes)
{
    const auto wrong = failure(Error::Kind::Protocol, u"not a thumbnail"_s);
    const qsizetype end = bytes.left(LongestHead).indexOf('\n');
    const QList<QByteArray> numbers = bytes.left(std::max<qsizetype>(end, 0)).split(' ');
    if (numbers.size() != 2)
        return wrong;
    bool wide = false;
    bool high = false;
    const Thumbnail read{
        numbers.first().toInt(&wide), numbers.last().toInt(&high), bytes.sliced(end + 1)};
    const auto isSide = [](int side) { return side > 0 && side <= ImageLimits::Side; };
    if (!wide || !high || !isSide(read.width) || !isSide(read.height))
        return wrong;
    return read;
}

} // namespace Pagedesk
