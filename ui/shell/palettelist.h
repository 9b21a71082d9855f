// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/palettesearch.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace Pagedesk::Ui {

class ThemeProvider;

// What the command palette has found, row by row.
class PaletteRows : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        PlacesRole = Qt::UserRole + 1, // QList<int> of the letters that fit
        KeyRole, // QString; empty: none
        DetailRole, // QString: what it is, or why it cannot be done now
    };

    struct Line {
        PaletteSearch::Entry entry;
        QList<int> places;
        QString key;
        QString detail;
    };

    using QAbstractListModel::QAbstractListModel;

    void setLines(const QList<Line> &lines);
    const Line &at(int row) const { return m_lines.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QList<Line> m_lines;
};

// The title with the letters that fit, and at the other side the key or what it is.
class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    PaletteDelegate(const ThemeProvider &theme, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int paintSide(QPainter &painter, const QRect &area, Qt::LayoutDirection direction,
        const QModelIndex &index) const;
    void paintTitle(
        QPainter &painter, const QRect &area, bool mirrored, const QModelIndex &index) const;

    const ThemeProvider &m_theme;
};

} // namespace Pagedesk::Ui
