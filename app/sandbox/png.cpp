// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/png.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace Pagedesk::Sandbox {

namespace {

// CRC-32 of ISO 3309, as PNG chunks carry it.
quint32 crc32(QByteArrayView bytes)
{
    static const auto Table = [] {
        std::array<quint32, 256> table{};
        for (quint32 n = 0; n < table.size(); ++n) {
            quint32 c = n;
            for (int bit = 0; bit < 8; ++bit)
                c = (c & 1U) ? 0xEDB88320U ^ (c >> 1U) : c >> 1U;
            table[n] = c;
        }
        return table;
    }();
    quint32 crc = 0xFFFFFFFFU;
    for (const char byte : bytes)
        crc = Table[(crc ^ quint8(byte)) & 0xFFU] ^ (crc >> 8U);
    return ~crc;
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray &type, const QByteArray &data)
{
    const QByteArray body = type + data;
    return bigEndian(quint32(data.size())) + body + bigEndian(crc32(body));
}

struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;
};

// `turn` 0 to 1 around the colour circle, light and not too loud.
Colour hue(double turn, double lightness)
{
    const auto part = [&](double shift) {
        return lightness * (0.72 + 0.28 * std::cos(6.283185307 * (turn + shift)));
    };
    return {part(0), part(1.0 / 3), part(2.0 / 3)};
}

Colour mix(const Colour &from, const Colour &to, double share)
{
    return {from.red + (to.red - from.red) * share, from.green + (to.green - from.green) * share,
        from.blue + (to.blue - from.blue) * share};
}

// `colourAt` is asked for every pixel: x and y from 0 to 1, and the column.
template <typename ColourAt> Picture paint(int width, int height, ColourAt colourAt)
{
    Picture picture{width, height, QByteArray(qsizetype(width) * height * 3, Qt::Uninitialized)};
    auto *to = reinterpret_cast<quint8 *>(picture.rgb.data());
    const auto byte = [](double part) { return quint8(std::clamp(part, 0.0, 1.0) * 255); };
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const Colour colour = colourAt(double(x) / width, double(y) / height, x);
            *to++ = byte(colour.red);
            *to++ = byte(colour.green);
            *to++ = byte(colour.blue);
        }
    }
    return picture;
}

bool isWithin(double x, double y, double radius)
{
    return x * x + y * y < radius * radius;
}

double turnOf(quint32 seed)
{
    return double(seed * 2654435761U % 1000U) / 1000;
}

} // namespace

QByteArray encodePng(const Picture &picture)
{
    QByteArray header = bigEndian(quint32(picture.width)) + bigEndian(quint32(picture.height));
    header.append(
        "\x08\x02\x00\x00\x00", 5); // 8 bits, RGB, deflate, adaptive filters, not interlaced
    const qsizetype rowBytes = qsizetype(picture.width) * 3;
    QByteArray raw((rowBytes + 1) * picture.height, Qt::Uninitialized);
    auto *to = reinterpret_cast<quint8 *>(raw.data());
    const auto *from = reinterpret_cast<const quint8 *>(picture.rgb.constData());
    for (int y = 0; y < picture.height; ++y, from += rowBytes) {
        *to++ = 1; // filter "Sub": gradients become runs of small numbers
        for (qsizetype i = 0; i < rowBytes; ++i)
            *to++ = quint8(from[i] - (i >= 3 ? from[i - 3] : 0));
    }
    // qCompress puts its own four bytes of length before the zlib stream that PNG wants.
    const QByteArray stream = qCompress(raw, 6).sliced(4);
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", header) + chunk("IDAT", stream)
        + chunk("IEND", {});
}

Picture drawPhoto(int width, int height, quint32 seed)
{
    const double turn = turnOf(seed);
    const Colour sky = hue(turn, 0.95);
    const Colour horizon = hue(turn + 0.12, 1.0);
    const Colour ground = hue(turn + 0.45, 0.55);
    const Colour foreground = hue(turn + 0.4, 0.35);
    const Colour sun{1, 0.97, 0.85};
    const double sunX = 0.2 + 0.6 * turnOf(seed + 7);
    const double ratio = double(height) / width;
    std::vector<double> hills;
    for (int column = 0; column < width; ++column) {
        const double x = double(column) / width;
        hills.push_back(0.62 + 0.08 * std::sin(7 * x + 10 * turn) + 0.03 * std::sin(19 * x));
    }
    return paint(width, height, [&](double x, double y, int column) {
        const double hill = hills[std::size_t(column)];
        if (y > hill)
            return mix(ground, foreground, (y - hill) / (1 - hill));
        return isWithin(x - sunX, (y - 0.3) * ratio, 0.07) ? sun : mix(sky, horizon, y / hill);
    });
}

Picture drawPortrait(int side, quint32 seed)
{
    const double turn = turnOf(seed);
    const Colour ground = hue(turn, 0.9);
    const Colour figure = hue(turn + 0.5, 0.6);
    return paint(side, side, [&](double x, double y, int) {
        const bool isHead = isWithin(x - 0.5, y - 0.38, 0.18);
        const bool isBody = isWithin((x - 0.5) * 0.85, y - 1.02, 0.38);
        return isHead || isBody ? figure : mix(ground, Colour{1, 1, 1}, 0.25 * (1 - y));
    });
}

Picture drawThumb(int side)
{
    const Colour blue{0.1, 0.47, 0.95};
    const Colour white{1, 1, 1};
    return paint(side, side, [&](double x, double y, int) {
        const bool isCuff = x > 0.1 && x < 0.28 && y > 0.45 && y < 0.9;
        const bool isFist = x > 0.32 && x < 0.85 && y > 0.45 && y < 0.9;
        // The thumb leans to the right as it rises.
        const double lean = x + 0.35 * (y - 0.45);
        const bool isThumb = y > 0.12 && y <= 0.45 && lean > 0.38 && lean < 0.56;
        return isCuff || isFist || isThumb ? blue : white;
    });
}

} // namespace Pagedesk::Sandbox
