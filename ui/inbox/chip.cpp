// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/chip.h"

#include "ui/theme/themeprovider.h"

#include <QPainter>

namespace Pagedesk::Ui {

namespace {

constexpr int Height = 26;
constexpr int Padding = 9;

} // namespace

Chip::Chip(const ThemeProvider &theme, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setText(text);
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    connect(&theme, &ThemeProvider::changed, this, &QWidget::updateGeometry);
    connect(&theme, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
}

QSize Chip::sizeHint() const
{
    const Theme &theme = m_theme.theme();
    // As wide as the strong text, so that nothing moves when it is chosen.
    const int text = QFontMetrics(theme.fonts.metaStrong).horizontalAdvance(this->text());
    return {text + 2 * theme.px(Padding), theme.px(Height)};
}

void Chip::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_theme.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor frame = isChecked() ? theme.accentSoft : theme.line;
    if (hasFocus())
        frame = theme.accent;
    painter.setPen(frame);
    painter.setBrush(isChecked()          ? theme.accentSoft
            : underMouse() && isEnabled() ? theme.background
                                          : theme.surface);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::NavRadius, Metrics::NavRadius);
    painter.setFont(isChecked() ? theme.fonts.metaStrong : theme.fonts.meta);
    painter.setPen(isChecked() ? theme.accent : theme.muted);
    painter.setLayoutDirection(text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.drawText(rect(), static_cast<int>(Qt::AlignCenter), text());
}

void Chip::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void Chip::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace Pagedesk::Ui
