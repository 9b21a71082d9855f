// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/pagelistmodel.h"
#include "ui/shell/actions.h"
#include "ui/shell/palettelist.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QLineEdit;
class QListView;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;
class WindowSettings;

// Everything that can be done, and every conversation and Page, found by a few letters of its name.
// Lies over the window until something is chosen.
class CommandPalette : public QWidget {
    Q_OBJECT

public:
    struct Desk {
        const Actions &actions;
        const ConversationListModel &conversations;
        const PageListModel &pages;
        WindowSettings &settings;
    };
    CommandPalette(const ThemeProvider &theme, const Desk &desk, QWidget *window);

    // `hasConversation`: whether one is open.
    void open(bool hasConversation);
    void leave();

Q_SIGNALS:
    void actionChosen(Pagedesk::Ui::ActionId id);
    void conversationChosen(const Pagedesk::ConversationId &id);
    void pageChosen(const Pagedesk::PageId &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void build();
    QList<PaletteSearch::Entry> entries() const;
    PaletteRows::Line lineOf(const PaletteSearch::Hit &hit) const;
    bool lacksConversation(ActionId id) const;
    QString keyOfPage(const PageId &id) const;
    QString reasonAgainst(const QString &id) const;
    void showHits();
    void choose(int row);
    void run(const PaletteSearch::Entry &entry);
    bool handleKey(QKeyEvent &event);
    void setCurrent(int row);
    void moveBy(int rows);
    void tellCurrent();
    void place();
    void applyTheme();
    std::optional<ActionId> actionOf(const QString &id) const;

    const ThemeProvider &m_theme;
    const Desk m_desk;
    PaletteSearch m_search;
    QWidget *m_box = nullptr;
    QLineEdit *m_field = nullptr;
    QListView *m_list = nullptr;
    PaletteRows *m_rows = nullptr;
    ThemedLabel *m_nothing = nullptr;
    QPointer<QWidget> m_before; // had the focus
    bool m_hasConversation = false; // one is open
    bool m_hasMoved = false; // somebody has chosen another row than the first
};

} // namespace Pagedesk::Ui
