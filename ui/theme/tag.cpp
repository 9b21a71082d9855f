// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tag.h"

#include "ui/theme/themeprovider.h"

#include <QFontMetrics>
#include <QPainter>

namespace Pagedesk::Ui {

namespace {

constexpr int Height = 18;
constexpr int Padding = 6;
constexpr int LabelDot = 8;
constexpr int LabelGap = 4;

struct Colours {
    QColor ground;
    QColor text;
};

Colours coloursOf(const Theme &theme, TagKind kind)
{
    switch (kind) {
    case TagKind::Warn:
        return {theme.warnSoft, theme.warn};
    case TagKind::Bad:
        return {theme.badSoft, theme.bad};
    case TagKind::Good:
        return {theme.assistant, theme.ok};
    case TagKind::Plain:
        break;
    }
    return {theme.incoming, theme.muted};
}

} // namespace

QSize tagSize(const Theme &theme, const QString &text)
{
    const int width = QFontMetrics(theme.fonts.chip).horizontalAdvance(text);
    return {width + 2 * theme.px(Padding), theme.px(Height)};
}

void paintTag(
    QPainter &painter, const QRect &rect, const Theme &theme, TagKind kind, const QString &text)
{
    const Colours colours = coloursOf(theme, kind);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(rect, Metrics::ChipRadius, Metrics::ChipRadius);
    painter.setFont(theme.fonts.chip);
    painter.setPen(colours.text);
    painter.setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.drawText(rect, static_cast<int>(Qt::AlignCenter), text);
    painter.restore();
}

QSize labelSize(const Theme &theme, const QString &name)
{
    const QSize words = tagSize(theme, name);
    return {words.width() + theme.px(LabelDot + LabelGap), words.height()};
}

void paintLabel(QPainter &painter, const QRect &rect, const Theme &theme, const QColor &colour,
    const QString &name)
{
    const bool mirrored = painter.layoutDirection() == Qt::RightToLeft;
    const int dot = theme.px(LabelDot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(
        QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::ChipRadius, Metrics::ChipRadius);
    QRect place(rect.left() + theme.px(Padding), rect.center().y() - dot / 2 + 1, dot, dot);
    if (mirrored)
        place.moveRight(rect.right() - theme.px(Padding));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour.isValid() ? colour : theme.muted);
    painter.drawEllipse(place);
    const int lead = theme.px(Padding + LabelDot + LabelGap);
    const QRect words = mirrored ? rect.adjusted(0, 0, -lead, 0) : rect.adjusted(lead, 0, 0, 0);
    painter.setFont(theme.fonts.chip);
    painter.setPen(theme.muted);
    painter.setLayoutDirection(name.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    const auto side = mirrored ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(words, static_cast<int>(side | Qt::AlignAbsolute | Qt::AlignVCenter), name);
    painter.restore();
}

Tag::Tag(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &ThemeProvider::changed, this, &QWidget::updateGeometry);
    connect(&theme, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
}

void Tag::setTag(TagKind kind, const QString &text)
{
    if (kind == m_kind && text == m_text)
        return;
    m_kind = kind;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Tag::sizeHint() const
{
    return tagSize(m_theme.theme(), m_text);
}

void Tag::paintEvent(QPaintEvent *)
{
    if (m_text.isEmpty())
        return;
    QPainter painter(this);
    paintTag(painter, rect(), m_theme.theme(), m_kind, m_text);
}

} // namespace Pagedesk::Ui
