// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/addressbar.h"
#include "app/browser/glyphs.h"
#include "app/browser/siterules.h"

#include <QPainter>

#include <cmath>

namespace Pagedesk::Browser {

namespace {

constexpr int Padding = 10;
constexpr int Gap = 6;
constexpr int IconSize = 16;
constexpr qreal Radius = 6;

} // namespace

AddressBar::AddressBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus); // a screen reader gets there
    show({}, State::Waiting);
}

void AddressBar::show(const QUrl &url, State state)
{
    m_address = addressText(url);
    m_state = state;
    setAccessibleName(tr("Address: %1").arg(text()));
    setAccessibleDescription(stateWords());
    setToolTip(text());
    update();
}

AddressBar::State AddressBar::stateOf(const QUrl &url)
{
    return url.scheme() == QLatin1String("https") ? State::Encrypted : State::ThisComputer;
}

QString AddressBar::stateWords() const
{
    switch (m_state) {
    case State::Waiting:
        return tr("Connecting");
    case State::Encrypted:
        return tr("Encrypted");
    case State::ThisComputer:
        return tr("Not encrypted (this computer)");
    case State::NotShown:
        return tr("Not shown");
    }
    return {};
}

QString AddressBar::drawnText() const
{
    const int words = fontMetrics().horizontalAdvance(stateWords());
    return fitted(inside().width() - IconSize - words - 4 * Gap).whole();
}

QSize AddressBar::sizeHint() const
{
    return {480, std::max(IconSize, fontMetrics().height()) + 2 * Gap + 2};
}

QSize AddressBar::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

QRect AddressBar::inside() const
{
    return rect().adjusted(Padding, 0, -Padding, 0);
}

QFont AddressBar::strongFont() const
{
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    return strong;
}

AddressText AddressBar::fitted(int width) const
{
    const QFontMetrics strong(strongFont());
    AddressText text = m_address;
    int rest = width - fontMetrics().horizontalAdvance(text.scheme);
    if (strong.horizontalAdvance(text.host) > rest) {
        text.path.clear();
        text.host = strong.elidedText(text.host, Qt::ElideLeft, std::max(rest, 0));
        return text;
    }
    rest -= strong.horizontalAdvance(text.host);
    text.path = fontMetrics().elidedText(text.path, Qt::ElideMiddle, std::max(rest, 0));
    return text;
}

void AddressBar::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        hasFocus() ? palette().color(QPalette::Highlight) : palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);

    QRect area = inside();
    area.setLeft(drawState(painter, area));
    const AddressText text = fitted(area.width());
    QColor muted = palette().color(QPalette::Text);
    muted.setAlphaF(0.7F);
    const auto draw = [&](const QString &part, const QFont &font, const QColor &colour) {
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, part);
        area.setLeft(area.left() + QFontMetrics(font).horizontalAdvance(part));
    };
    draw(text.scheme, font(), muted);
    draw(text.host, strongFont(), palette().color(QPalette::Text));
    draw(text.path, font(), muted);
}

// Returns where the address begins.
int AddressBar::drawState(QPainter &painter, const QRect &area) const
{
    const bool isGood = m_state == State::Encrypted;
    const bool isWaiting = m_state == State::Waiting;
    const QColor colour = isWaiting ? palette().color(QPalette::Text)
        : isGood                    ? goodColour(palette())
                                    : warnColour(palette());
    const Glyph glyph = isGood           ? Glyph::Lock
        : m_state == State::ThisComputer ? Glyph::OpenLock
        : m_state == State::NotShown     ? Glyph::Warning
                                         : Glyph::Reload;
    const QRect icon(area.left(), area.center().y() - IconSize / 2, IconSize, IconSize);
    drawGlyph(painter, glyph, icon, colour);
    painter.setFont(font());
    painter.setPen(colour);
    QRect rest = area;
    rest.setLeft(icon.right() + Gap);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, stateWords());
    const int line = rest.left() + fontMetrics().horizontalAdvance(stateWords()) + Gap + Gap / 2;
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(line, area.top() + Gap, line, area.bottom() - Gap);
    return line + Gap + Gap / 2;
}

} // namespace Pagedesk::Browser
