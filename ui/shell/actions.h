// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QList>

class QMenu;

namespace Pagedesk::Ui {

// What can be done from the keyboard.
enum class ActionId {
    Filter,
    Search,
    NextConversation,
    PreviousConversation,
    Reply,
    Resolve,
    ViewInbox,
    ViewUnread,
    ViewWaiting,
    ViewClosingSoon,
    ViewResolved,
    ToggleContact,
    EditContact,
    MergeContact,
    RefreshContact,
    ToggleList,
    ToggleRail,
    RetryConnection,
    ConnectPages,
    PageDoctor,
    PageSettings,
    People,
    AppSettings,
    Menu,
    LargerText,
    SmallerText,
    NormalText,
    AppearanceSystem,
    AppearanceLight,
    AppearanceDark,
    Help,
    Shortcuts,
    About,
    Quit,
};

// One table of every action with its words and keys; the window connects them.
class Actions : public QObject {
    Q_OBJECT

public:
    explicit Actions(QWidget &window);

    QAction *operator[](ActionId id) const { return m_actions.value(id); }
    void fillMenu(QMenu &menu) const;
    // What has a key, in the order of the table.
    QList<QAction *> withKeys() const;

private:
    QHash<ActionId, QAction *> m_actions;
    QList<QAction *> m_order;
};

// "Ctrl+K or /".
QString keysOf(const QAction &action);

} // namespace Pagedesk::Ui
