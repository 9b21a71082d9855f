// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/navbutton.h"

#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

namespace Pagedesk::Ui {

namespace {

constexpr int Padding = 12;
constexpr int Gap = 8;

} // namespace

NavButton::NavButton(const ThemeProvider &theme, Icon icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_icon(icon)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &ThemeProvider::changed, this, &QWidget::updateGeometry);
    connect(&theme, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
    describe();
}

NavButton::NavButton(
    const ThemeProvider &theme, const QColor &square, const QString &text, QWidget *parent)
    : NavButton(theme, Icon::Page, text, parent)
{
    m_square = square;
}

void NavButton::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    describe();
    update();
}

void NavButton::setSquare(const QColor &square)
{
    m_square = square;
    update();
}

void NavButton::setWarning(const QString &reason, QColor Theme::*colour)
{
    m_warning = reason;
    m_warningColour = colour;
    describe();
    update();
}

void NavButton::setDetail(const QString &detail)
{
    m_detail = detail;
    describe();
}

void NavButton::setCompact(bool compact)
{
    m_compact = compact;
    updateGeometry();
    describe();
    update();
}

void NavButton::setKey(const QString &key)
{
    m_key = key;
    describe();
}

QSize NavButton::sizeHint() const
{
    const int height = m_theme.theme().px(Metrics::Control);
    return {m_compact ? height + Gap : Metrics::RailWidth, height};
}

void NavButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_theme.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter);
    const int sign = m_square.isValid() && !m_compact ? Metrics::PageDot : theme.px(Metrics::Icon);
    if (m_compact) {
        paintSign(painter, QRect((width() - sign) / 2, 0, sign, height()));
        return;
    }
    paintSign(painter, mirrored(QRect(Padding, 0, sign, height())));
    const QRect line = rect().adjusted(Padding, 0, -Padding, 0);
    const int end = paintEnd(painter, line);
    const QRect name = line.adjusted(sign + Gap, 0, end > 0 ? -end - Gap : 0, 0);
    painter.setFont(isChecked() ? theme.fonts.bodyStrong : theme.fonts.body);
    painter.setPen(isChecked() || underMouse() ? theme.text : theme.muted);
    const QString shown = painter.fontMetrics().elidedText(text(), Qt::ElideRight, name.width());
    const auto side = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft);
    painter.drawText(
        mirrored(name), static_cast<int>(side | Qt::AlignVCenter | Qt::AlignAbsolute), shown);
}

bool NavButton::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip)
        Q_EMIT detailWanted();
    return QAbstractButton::event(event);
}

void NavButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void NavButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void NavButton::describe()
{
    QString spoken = text();
    if (m_count > 0)
        spoken = tr("%1, %2", "name, number").arg(spoken).arg(m_count);
    if (!m_warning.isEmpty())
        spoken = tr("%1, %2", "name, what is wrong").arg(spoken, m_warning);
    setAccessibleName(spoken);
    QString tip = m_warning.isEmpty() ? text() : spoken;
    if (m_compact)
        tip = spoken;
    if (!m_key.isEmpty())
        tip = tr("%1 (%2)", "name (key)").arg(tip, m_key);
    setToolTip(plainToolTip(m_detail.isEmpty() ? tip : tip + u'\n' + m_detail));
    setAccessibleDescription(m_detail);
}

void NavButton::paintGround(QPainter &painter) const
{
    const Theme &theme = m_theme.theme();
    painter.setPen(hasFocus() ? QPen(theme.accent) : QPen(Qt::NoPen));
    painter.setBrush(isChecked() ? QBrush(theme.selection) : QBrush(Qt::NoBrush));
    const qreal inset = hasFocus() ? 0.5 : 0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset),
        Metrics::NavRadius, Metrics::NavRadius);
}

void NavButton::paintSign(QPainter &painter, const QRect &place) const
{
    const Theme &theme = m_theme.theme();
    if (m_square.isValid()) {
        const int side = Metrics::PageDot;
        const QRect square(place.center().x() - side / 2 + 1, (height() - side) / 2, side, side);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_square);
        painter.drawRoundedRect(square, 3, 3);
    } else {
        const int side = theme.px(Metrics::Icon);
        const QColor colour = isChecked() ? theme.text : theme.muted;
        painter.drawPixmap(place.x(), (height() - side) / 2,
            iconPixmap(m_icon, colour, side, devicePixelRatioF()));
    }
    if (m_compact && (m_count > 0 || !m_warning.isEmpty())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_warning.isEmpty() ? theme.accent : theme.*m_warningColour);
        painter.drawEllipse(QRect(place.right() + 2, height() / 2 - 11, 6, 6));
    }
}

int NavButton::paintEnd(QPainter &painter, const QRect &line) const
{
    const Theme &theme = m_theme.theme();
    if (!m_warning.isEmpty()) {
        const int side = theme.px(Metrics::Icon);
        const QRect place(line.right() + 1 - side, (height() - side) / 2, side, side);
        painter.drawPixmap(mirrored(place).topLeft(),
            iconPixmap(Icon::Warning, theme.*m_warningColour, side, devicePixelRatioF()));
        return side;
    }
    if (m_count <= 0)
        return 0;
    painter.setFont(theme.fonts.meta);
    painter.setPen(isChecked() ? theme.accent : theme.faint);
    const QString number = QLocale().toString(m_count);
    const int width = painter.fontMetrics().horizontalAdvance(number);
    const QRect place(line.right() + 1 - width, 0, width, height());
    painter.drawText(mirrored(place), static_cast<int>(Qt::AlignCenter), number);
    return width;
}

QRect NavButton::mirrored(const QRect &rect) const
{
    return QStyle::visualRect(layoutDirection(), this->rect(), rect);
}

} // namespace Pagedesk::Ui
