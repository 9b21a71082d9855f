// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace Pagedesk {
class Clock;
}

namespace Pagedesk::Ui {

class MediaSource;
class ThemeProvider;

// Paints a row of the conversation list: 64 px, the Page's colour at its edge, picture, name and
// time, preview and tags. Mirrored in a right-to-left layout.
class ConversationDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    ConversationDelegate(const ThemeProvider &theme, MediaSource &media, const Clock &clock,
        QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Row;
    static Row rowOf(const QModelIndex &index);
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const;
    void paintPicture(QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const;
    void paintFirstLine(
        QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const;
    void paintSecondLine(
        QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const;
    int paintHolder(QPainter &painter, const QRect &line, const QStyleOptionViewItem &option,
        const Row &row) const;
    int paintLabels(QPainter &painter, const QRect &line, const QStyleOptionViewItem &option,
        const Row &row) const;
    int paintTags(QPainter &painter, const QRect &line, const QStyleOptionViewItem &option,
        const Row &row) const;
    int paintUnread(
        QPainter &painter, const QRect &line, const QStyleOptionViewItem &option, int unread) const;
    int paintState(QPainter &painter, const QRect &line, const QStyleOptionViewItem &option,
        const Row &row) const;
    QRect textLine(const QStyleOptionViewItem &option, int number) const;

    const ThemeProvider &m_theme;
    MediaSource &m_media;
    const Clock &m_clock;
};

} // namespace Pagedesk::Ui
