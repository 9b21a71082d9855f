// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/panel.h"

#include "ui/theme/themeprovider.h"

#include <QPainter>
#include <QStyle>

namespace Pagedesk::Ui {

Panel::Panel(const ThemeProvider &theme, QColor Theme::*ground, Qt::Edges lines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_ground(ground)
    , m_lines(lines)
{
    connect(&theme, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
    // The hairlines belong to the panel: what is laid out in it stays clear of them.
    setContentsMargins(lines.testFlag(Qt::LeftEdge) ? 1 : 0, lines.testFlag(Qt::TopEdge) ? 1 : 0,
        lines.testFlag(Qt::RightEdge) ? 1 : 0, lines.testFlag(Qt::BottomEdge) ? 1 : 0);
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = m_theme.theme();
    painter.fillRect(rect(), theme.*m_ground);
    const auto line = [this, &painter, &theme](Qt::Edge edge, const QRect &place) {
        if (m_lines.testFlag(edge))
            painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), place), theme.line);
    };
    line(Qt::LeftEdge, QRect(0, 0, 1, height()));
    line(Qt::TopEdge, QRect(0, 0, width(), 1));
    line(Qt::RightEdge, QRect(width() - 1, 0, 1, height()));
    line(Qt::BottomEdge, QRect(0, height() - 1, width(), 1));
}

} // namespace Pagedesk::Ui
