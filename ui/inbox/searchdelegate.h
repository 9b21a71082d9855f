// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QStyledItemDelegate>

namespace Pagedesk::Ui {

class ThemeProvider;

// Paints a hit: the person and when, whose Page, and two lines of the text with what was found
// marked. Mirrored in a right-to-left layout.
class SearchDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    SearchDelegate(const ThemeProvider &theme, const Clock &clock, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const ThemeProvider &m_theme;
    const Clock &m_clock;
};

} // namespace Pagedesk::Ui
