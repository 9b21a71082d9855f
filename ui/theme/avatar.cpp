// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/avatar.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <algorithm>

namespace Pagedesk::Ui {

namespace {

constexpr double ReadableContrast = 4.5;

void paintPicture(QPainter &painter, const QRectF &rect, const QImage &picture)
{
    QPainterPath circle;
    circle.addEllipse(rect);
    painter.setClipPath(circle, Qt::IntersectClip);
    const int side = std::min(picture.width(), picture.height());
    const QRectF middle(
        (picture.width() - side) / 2.0, (picture.height() - side) / 2.0, side, side);
    painter.drawImage(rect, picture, middle);
}

void paintInitials(QPainter &painter, const QRectF &rect, const QString &initials, int hue)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(avatarColour(hue));
    painter.drawEllipse(rect);
    QFont font = QGuiApplication::font();
    // 14 px in the list's 40, 20 in the panel's 64; four signs ("··21") stay inside.
    const double share = rect.width() >= 56 ? 0.3125 : 0.35;
    font.setPixelSize(std::max(1, qRound(rect.width() * share)));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(rect, static_cast<int>(Qt::AlignCenter), initials);
}

} // namespace

QColor avatarColour(int hue)
{
    const int steady = ((hue % 360) + 360) % 360;
    QColor colour;
    for (int lightness = 160; lightness > 0; lightness -= 4) {
        colour = QColor::fromHsl(steady, 150, lightness);
        if (contrast(colour, Qt::white) >= ReadableContrast)
            break;
    }
    return colour;
}

void paintAvatar(
    QPainter &painter, const QRectF &rect, const QString &initials, int hue, const QImage &picture)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (picture.isNull())
        paintInitials(painter, rect, initials, hue);
    else
        paintPicture(painter, rect, picture);
    painter.restore();
}

QPixmap avatarPixmap(
    int size, qreal devicePixelRatio, const QString &initials, int hue, const QImage &picture)
{
    const int pixels = std::max(1, qRound(size * devicePixelRatio));
    QPixmap pixmap(pixels, pixels);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintAvatar(painter, QRectF(0, 0, size, size), initials, hue, picture);
    return pixmap;
}

} // namespace Pagedesk::Ui
