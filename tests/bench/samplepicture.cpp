// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/samplepicture.h"

#include <QtEndian>

namespace Pagedesk::Testing {

namespace {

// The checksum of a chunk (PNG specification, annex D).
quint32 crc(const QByteArray &bytes)
{
    quint32 value = 0xffffffff;
    for (const char byte : bytes) {
        value ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1) != 0 ? 0xedb88320 : 0);
    }
    return ~value;
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray &type, const QByteArray &data)
{
    return bigEndian(quint32(data.size())) + type + data + bigEndian(crc(type + data));
}

} // namespace

QByteArray samplePicture(int number, int width, int height)
{
    QByteArray rows;
    rows.reserve(height * (3 * width + 1));
    for (int y = 0; y < height; ++y) {
        rows.append('\0'); // no filter
        for (int x = 0; x < width; ++x) {
            rows.append(static_cast<char>((x + 40 * number) & 0xff));
            rows.append(static_cast<char>((y + 90 * number) & 0xff));
            rows.append(static_cast<char>(((x + y) / 16 + number) % 2 == 0 ? 200 : 60));
        }
    }
    const QByteArray size = bigEndian(quint32(width)) + bigEndian(quint32(height));
    const QByteArray compressed = qCompress(rows).sliced(4); // without Qt's own length
    return QByteArray("\x89PNG\r\n\x1a\n", 8)
        + chunk("IHDR", size + QByteArray("\x08\x02\x00\x00\x00", 5)) // 8 bits, RGB
        + chunk("IDAT", compressed) + chunk("IEND", {});
}

} // namespace Pagedesk::Testing
