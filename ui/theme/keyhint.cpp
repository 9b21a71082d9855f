// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/keyhint.h"

#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace Pagedesk::Ui {

namespace {

constexpr int Height = 18;
constexpr int Padding = 6;

QFont keyFont(const Theme &theme)
{
    QFont font = theme.fonts.chip;
    font.setWeight(QFont::Normal);
    return font;
}

} // namespace

QSize keyHintSize(const Theme &theme, const QString &key)
{
    return {QFontMetrics(keyFont(theme)).horizontalAdvance(key) + 2 * theme.px(Padding),
        theme.px(Height)};
}

void paintKeyHint(QPainter &painter, const QRect &rect, const Theme &theme, const QString &key,
    const QColor &text, const QColor &frame, const QColor &ground)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(frame);
    painter.setBrush(ground);
    painter.drawRoundedRect(
        QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::ChipRadius, Metrics::ChipRadius);
    painter.setFont(keyFont(theme));
    painter.setPen(text);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.drawText(rect, static_cast<int>(Qt::AlignCenter), key);
    painter.restore();
}

} // namespace Pagedesk::Ui
