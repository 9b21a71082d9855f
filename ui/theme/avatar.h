// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>

class QPainter;
class QRectF;

namespace Pagedesk::Ui {

// A colour of that hue (degrees, any number) on which white text keeps 4.5:1.
QColor avatarColour(int hue);

// Draws a round picture of a person: `picture` when there is one, else white initials on a steady
// colour. `rect` is square; the font's size follows from it.
void paintAvatar(QPainter &painter, const QRectF &rect, const QString &initials, int hue,
    const QImage &picture = {});

// The same as a pixmap of `size` device-independent pixels.
QPixmap avatarPixmap(
    int size, qreal devicePixelRatio, const QString &initials, int hue, const QImage &picture = {});

} // namespace Pagedesk::Ui
