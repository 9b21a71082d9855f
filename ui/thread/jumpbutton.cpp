// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/jumpbutton.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>

namespace Pagedesk::Ui {

namespace {

constexpr int Side = 40;
constexpr int BadgeHeight = 18;
constexpr int BadgeOver = 8; // how far the badge rises above the circle

} // namespace

JumpButton::JumpButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("jumpToNewest"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setUnseen(0);
}

void JumpButton::setUnseen(int count)
{
    m_unseen = count;
    setAccessibleName(count == 0 ? tr("Jump to the newest message")
                                 : tr("Jump to the newest message, %n new", nullptr, count));
    setToolTip(tr("Jump to the newest message"));
    resize(sizeHint());
    update();
}

QSize JumpButton::sizeHint() const
{
    return {m_theme.px(Side), m_theme.px(Side + BadgeOver)};
}

void JumpButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle(1, m_theme.px(BadgeOver) + 1, m_theme.px(Side) - 2, m_theme.px(Side) - 2);
    painter.setPen(QPen(hasFocus() ? m_theme.accent : m_theme.line, hasFocus() ? 2 : 1));
    painter.setBrush(underMouse() || isDown() ? m_theme.background : m_theme.raised);
    painter.drawEllipse(circle);
    const int size = m_theme.px(Metrics::Icon);
    painter.drawPixmap((circle.center() - QPointF(size / 2.0, size / 2.0)).toPoint(),
        iconPixmap(Icon::ChevronDown, m_theme.text, size, devicePixelRatioF()));
    if (m_unseen == 0)
        return;
    const QString text = m_unseen > 99 ? QStringLiteral("99+") : locale().toString(m_unseen);
    const QFontMetrics metrics(m_theme.fonts.chip);
    const int height = m_theme.px(BadgeHeight);
    const int width = std::min(
        std::max(height, metrics.horizontalAdvance(text) + m_theme.px(10)), this->width());
    const QRectF badge((this->width() - width) / 2.0, 0, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.accent);
    painter.drawRoundedRect(badge, height / 2.0, height / 2.0);
    painter.setPen(m_theme.accentText);
    painter.setFont(m_theme.fonts.chip);
    painter.drawText(badge, static_cast<int>(Qt::AlignCenter), text);
}

} // namespace Pagedesk::Ui
