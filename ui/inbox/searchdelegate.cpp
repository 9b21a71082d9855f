// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/searchdelegate.h"

#include "ui/inbox/conversationwords.h"
#include "ui/inbox/searchhits.h"
#include "ui/inbox/timewords.h"
#include "ui/theme/themeprovider.h"

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

namespace Pagedesk::Ui {

namespace {

constexpr int LineHeight = 20;
constexpr int Lines = 4;
constexpr int TextLines = 2;
constexpr int Padding = 10;

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Theme &theme,
    const QString &pageColour)
{
    const QRect &rect = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter.fillRect(rect, theme.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(rect, theme.background);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    const QColor colour(pageColour);
    const QRect edge(rect.left(), rect.top(), Metrics::PageEdge, rect.height());
    painter.fillRect(
        QStyle::visualRect(option.direction, rect, edge), colour.isValid() ? colour : theme.line);
    if (selected && option.state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -1.5));
    }
}

void paintLine(
    QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QString &text)
{
    const QString line = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect,
        static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft)
            | Qt::AlignAbsolute | Qt::AlignVCenter),
        line);
}

// Two lines; what was found is bold on a ground of its own.
void paintText(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option,
    const Theme &theme, const SearchHit &hit)
{
    QTextLayout layout(hitText(hit), theme.fonts.secondary);
    QTextOption how;
    how.setTextDirection(layout.text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    how.setAlignment(QStyle::visualAlignment(option.direction, Qt::AlignLeft));
    how.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(how);
    QList<QTextLayout::FormatRange> marks;
    for (const TextRange &mark : hit.snippet.marks) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(mark.start);
        range.length = static_cast<int>(mark.length);
        range.format.setFontWeight(QFont::DemiBold);
        range.format.setForeground(theme.text);
        range.format.setBackground(theme.accentSoft);
        marks.append(range);
    }
    layout.setFormats(marks);
    layout.beginLayout();
    qreal top = 0;
    for (int i = 0; i < TextLines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(rect.width());
        line.setPosition({0, top});
        top += line.height();
    }
    layout.endLayout();
    painter.setPen(theme.muted);
    painter.save();
    painter.setClipRect(rect);
    layout.draw(&painter, rect.topLeft());
    painter.restore();
}

} // namespace

SearchDelegate::SearchDelegate(const ThemeProvider &theme, const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_clock(clock)
{
}

void SearchDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = m_theme.theme();
    const auto hit = index.data(SearchHits::HitRole).value<SearchHit>();
    painter->save();
    paintGround(*painter, option, theme, hit.pageColour);
    const int height = theme.px(LineHeight);
    const QRect inner = option.rect.adjusted(Metrics::Gutter, Padding, -Metrics::Gutter, -Padding);
    const QRect first(inner.left(), inner.top(), inner.width(), height);
    const QString time = listTime(hit.at, m_clock.now());
    painter->setFont(theme.fonts.meta);
    const int timeWidth = painter->fontMetrics().horizontalAdvance(time);
    const auto place = [&option, &inner](QRect rect) {
        return QStyle::visualRect(option.direction, inner, rect);
    };
    painter->setPen(theme.faint);
    painter->drawText(place(QRect(first.right() + 1 - timeWidth, first.top(), timeWidth, height)),
        static_cast<int>(Qt::AlignCenter), time);
    painter->setFont(theme.fonts.bodyStrong);
    painter->setPen(hit.contact.name.isEmpty() ? theme.muted : theme.text);
    paintLine(*painter, place(first.adjusted(0, 0, -timeWidth - Metrics::Gutter, 0)), option,
        displayName(hit.contact));
    painter->setFont(theme.fonts.meta);
    painter->setPen(theme.faint);
    paintLine(*painter, first.translated(0, height), option, hitSource(hit));
    const QRect rest(inner.left(), inner.top() + 2 * height, inner.width(), TextLines * height);
    paintText(*painter, rest, option, theme, hit);
    painter->restore();
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, Lines * m_theme.theme().px(LineHeight) + 2 * Padding};
}

} // namespace Pagedesk::Ui
