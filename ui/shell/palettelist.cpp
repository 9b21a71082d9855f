// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palettelist.h"

#include "ui/theme/keyhint.h"
#include "ui/theme/themeprovider.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>

namespace Pagedesk::Ui {

namespace {

constexpr int RowHeight = 36;
constexpr int Edge = 12;
constexpr int Gap = 12;
constexpr qreal MostOfSide = 0.5;

} // namespace

void PaletteRows::setLines(const QList<Line> &lines)
{
    beginResetModel();
    m_lines = lines;
    endResetModel();
}

int PaletteRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant PaletteRows::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Line &line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return line.entry.title;
    case PlacesRole:
        return QVariant::fromValue(line.places);
    case KeyRole:
        return line.key;
    case DetailRole:
        return line.detail;
    case Qt::AccessibleTextRole: {
        QString text = line.entry.title;
        if (!line.detail.isEmpty())
            text = tr("%1, %2", "what is chosen, what it is").arg(text, line.detail);
        return line.key.isEmpty() ? text : tr("%1, key %2").arg(text, line.key);
    }
    default:
        return {};
    }
}

Qt::ItemFlags PaletteRows::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (!index.isValid() || m_lines.at(index.row()).entry.isAvailable)
        return flags;
    return flags & ~Qt::ItemIsEnabled;
}

PaletteDelegate::PaletteDelegate(const ThemeProvider &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void PaletteDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = m_theme.theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.selection);
        painter->drawRoundedRect(option.rect, Metrics::NavRadius, Metrics::NavRadius);
    }
    const QRect area = option.rect.adjusted(theme.px(Edge), 0, -theme.px(Edge), 0);
    const int side = paintSide(*painter, area, option.direction, index);
    const QRect title = area.adjusted(0, 0, side == 0 ? 0 : -side - theme.px(Gap), 0);
    paintTitle(*painter, QStyle::visualRect(option.direction, area, title),
        option.direction == Qt::RightToLeft, index);
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, m_theme.theme().px(RowHeight)};
}

// Returns its width.
int PaletteDelegate::paintSide(QPainter &painter, const QRect &area, Qt::LayoutDirection direction,
    const QModelIndex &index) const
{
    const Theme &theme = m_theme.theme();
    const bool isEnabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const QString key = index.data(PaletteRows::KeyRole).toString();
    const QString detail = index.data(PaletteRows::DetailRole).toString();
    const auto placeOf = [&area, direction](const QSize &size) {
        const QRect place(area.right() + 1 - size.width(),
            area.top() + (area.height() - size.height()) / 2, size.width(), size.height());
        return QStyle::visualRect(direction, area, place);
    };
    if (detail.isEmpty() && !key.isEmpty()) {
        const QSize size = keyHintSize(theme, key);
        paintKeyHint(painter, placeOf(size), theme, key, theme.muted, theme.line, theme.surface);
        return size.width();
    }
    if (detail.isEmpty())
        return 0;
    const QFontMetrics metrics(theme.fonts.meta);
    const int most = static_cast<int>(area.width() * MostOfSide);
    const QString shown = metrics.elidedText(detail, Qt::ElideRight, most);
    const QSize size(std::min(most, metrics.horizontalAdvance(shown) + 1), area.height());
    painter.setFont(theme.fonts.meta);
    painter.setPen(isEnabled ? theme.muted : theme.faint);
    painter.drawText(placeOf(size), static_cast<int>(Qt::AlignVCenter | Qt::AlignHCenter), shown);
    return size.width();
}

void PaletteDelegate::paintTitle(
    QPainter &painter, const QRect &area, bool mirrored, const QModelIndex &index) const
{
    const Theme &theme = m_theme.theme();
    const bool isEnabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const QString whole = index.data().toString();
    const QFontMetrics metrics(theme.fonts.body);
    QTextLayout layout(
        metrics.elidedText(whole, Qt::ElideRight, area.width() - 2), theme.fonts.body);
    QTextOption option(Qt::AlignAbsolute | (mirrored ? Qt::AlignRight : Qt::AlignLeft));
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> marks;
    for (const int place : index.data(PaletteRows::PlacesRole).value<QList<int>>()) {
        if (place >= layout.text().size() || !isEnabled)
            break;
        QTextLayout::FormatRange mark;
        mark.start = place;
        mark.length = 1;
        mark.format.setForeground(theme.accent);
        mark.format.setFontUnderline(true); // colour alone would not be seen by everybody
        marks.append(mark);
    }
    layout.setFormats(marks);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid())
        line.setLineWidth(area.width());
    layout.endLayout();
    painter.setPen(isEnabled ? theme.text : theme.faint);
    const qreal top = area.top() + (area.height() - (line.isValid() ? line.height() : 0)) / 2;
    painter.setClipRect(area);
    layout.draw(&painter, QPointF(area.left(), top));
    painter.setClipping(false);
}

} // namespace Pagedesk::Ui
