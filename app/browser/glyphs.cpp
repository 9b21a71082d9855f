// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/glyphs.h"

#include <QPainter>
#include <QPainterPath>
#include <QPalette>

namespace Pagedesk::Browser {

namespace {

constexpr int IconSize = 16;

// All on a square of 16.
QPainterPath pathOf(Glyph glyph)
{
    QPainterPath path;
    switch (glyph) {
    case Glyph::Back:
        path.moveTo(13, 8);
        path.lineTo(3, 8);
        path.moveTo(7, 4);
        path.lineTo(3, 8);
        path.lineTo(7, 12);
        break;
    case Glyph::Reload:
        path.arcMoveTo(3, 3, 10, 10, 30);
        path.arcTo(3, 3, 10, 10, 30, 290);
        path.moveTo(12.8, 2.2);
        path.lineTo(12.6, 5.8);
        path.lineTo(9, 5.6);
        break;
    case Glyph::Stop:
        path.moveTo(4, 4);
        path.lineTo(12, 12);
        path.moveTo(12, 4);
        path.lineTo(4, 12);
        break;
    case Glyph::Lock:
        path.addRoundedRect(3.5, 7, 9, 6.5, 1.2, 1.2);
        path.moveTo(5.5, 7);
        path.lineTo(5.5, 5);
        path.arcTo(5.5, 2.5, 5, 5, 180, -180);
        path.lineTo(10.5, 7);
        break;
    case Glyph::OpenLock:
        path.addRoundedRect(1.5, 7, 9, 6.5, 1.2, 1.2);
        path.moveTo(8.5, 7);
        path.lineTo(8.5, 4.5);
        path.arcTo(8.5, 2, 5, 5, 180, -180);
        path.lineTo(13.5, 5.5);
        break;
    case Glyph::Check:
        path.moveTo(3, 8.5);
        path.lineTo(6.5, 12);
        path.lineTo(13, 4.5);
        break;
    case Glyph::Warning:
        path.moveTo(8, 2.5);
        path.lineTo(14, 13.5);
        path.lineTo(2, 13.5);
        path.closeSubpath();
        path.moveTo(8, 6.5);
        path.lineTo(8, 9.5);
        path.moveTo(8, 11.4);
        path.lineTo(8, 11.6);
        break;
    }
    return path;
}

QPixmap pixmapOf(Glyph glyph, const QColor &colour, qreal ratio)
{
    QPixmap pixmap(QSize(IconSize, IconSize) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawGlyph(painter, glyph, QRectF(0, 0, IconSize, IconSize), colour);
    return pixmap;
}

} // namespace

void drawGlyph(QPainter &painter, Glyph glyph, const QRectF &square, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / IconSize, square.height() / IconSize);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(pathOf(glyph));
    painter.restore();
}

QIcon glyphIcon(Glyph glyph, const QPalette &palette, qreal devicePixelRatio)
{
    QIcon icon(pixmapOf(glyph, palette.color(QPalette::ButtonText), devicePixelRatio));
    const QColor faint = palette.color(QPalette::Disabled, QPalette::ButtonText);
    icon.addPixmap(pixmapOf(glyph, faint, devicePixelRatio), QIcon::Disabled);
    return icon;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

QColor goodColour(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x7fd6a4) : QColor(0x17693f);
}

QColor warnColour(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xf2bd6b) : QColor(0x8a4b00);
}

QColor linkColour(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x8ab4f8) : QColor(0x1a56b0);
}

} // namespace Pagedesk::Browser
