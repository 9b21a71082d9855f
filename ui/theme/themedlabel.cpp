// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/themedlabel.h"

#include "ui/theme/themeprovider.h"

#include <QEvent>
#include <QPainter>
#include <QTextDocument>

namespace Pagedesk::Ui {

QString plainToolTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? text.toHtmlEscaped() : text;
}

ThemedLabel::ThemedLabel(
    const ThemeProvider &theme, QFont Fonts::*font, QColor Theme::*colour, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_font(font)
    , m_colour(colour)
{
    setTextFormat(Qt::PlainText);
    connect(&theme, &ThemeProvider::changed, this, &ThemedLabel::apply);
    apply();
}

void ThemedLabel::setColour(QColor Theme::*colour)
{
    if (colour == m_colour)
        return;
    m_colour = colour;
    apply();
}

void ThemedLabel::setElided(bool elided)
{
    m_elided = elided;
    updateGeometry();
    update();
}

QSize ThemedLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return m_elided ? QSize(0, hint.height()) : hint;
}

bool ThemedLabel::event(QEvent *event)
{
    const bool handled = QLabel::event(event);
    // An application's style sheet gives a widget back the font it had when it was made.
    if (event->type() == QEvent::Polish)
        apply();
    if (event->type() == QEvent::Polish || event->type() == QEvent::LayoutDirectionChange)
        alignToLayout();
    return handled;
}

void ThemedLabel::paintEvent(QPaintEvent *event)
{
    if (!m_elided) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const QRect area = contentsRect();
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, area.width());
    const QString whole = shown == text() ? QString() : plainToolTip(text());
    if (toolTip() != whole)
        setToolTip(whole);
    painter.setPen(palette().color(foregroundRole()));
    painter.setLayoutDirection(shown.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.drawText(area, static_cast<int>(alignment()), shown);
}

// QLabel follows the direction of its text; a column of labels must follow the window.
void ThemedLabel::alignToLayout()
{
    if (alignment().testFlag(Qt::AlignHCenter))
        return;
    const auto side = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    setAlignment((alignment() & Qt::AlignVertical_Mask) | side | Qt::AlignAbsolute);
}

void ThemedLabel::apply()
{
    setFont(m_theme.theme().fonts.*m_font);
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, m_theme.theme().*m_colour);
    setPalette(colours);
}

} // namespace Pagedesk::Ui
