// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QList>
#include <QSet>

#include <array>

class QMenu;

namespace Pagedesk::Ui {

Q_NAMESPACE

// What can be done from the keyboard. An enumerator in lower case with hyphens (actionName()) is
// the action's name in keys.toml and in what the window remembers: it is not renamed.
enum class ActionId {
    Palette,
    Filter,
    Search,
    NextConversation,
    PreviousConversation,
    Reply,
    Resolve,
    AttachFiles,
    FindInThread,
    FindEarlier,
    FindLater,
    JumpToDate,
    FirstUnread,
    FirstToday,
    NewestMessage,
    ViewInbox,
    ViewUnread,
    ViewWaiting,
    ViewClosingSoon,
    ViewResolved,
    ViewMine,
    ViewUnassigned,
    ViewPending,
    ViewSnoozed,
    AllPages,
    FirstPage, // of the rail, and so on; see pageActions()
    SecondPage,
    ThirdPage,
    FourthPage,
    FifthPage,
    SixthPage,
    SeventhPage,
    EighthPage,
    NinthPage,
    Take,
    PutBack,
    TakeOver,
    Assign,
    Snooze,
    Pending,
    ResolveWithNote,
    SetPriority,
    Labels,
    MarkUnread,
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
    Notifications,
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
Q_ENUM_NS(ActionId)

// "next-conversation".
QString actionName(ActionId id);

// In the order of the Pages in the rail.
inline constexpr std::array PageActions{ActionId::FirstPage, ActionId::SecondPage,
    ActionId::ThirdPage, ActionId::FourthPage, ActionId::FifthPage, ActionId::SixthPage,
    ActionId::SeventhPage, ActionId::EighthPage, ActionId::NinthPage};

enum class Needs { Nothing, Conversation };

// One table of every action with its words and keys; the window connects them.
class Actions : public QObject {
    Q_OBJECT

public:
    explicit Actions(QWidget &window);

    QAction *operator[](ActionId id) const { return m_actions.value(id); }
    void fillMenu(QMenu &menu) const;
    // What the team can decide about the open conversation.
    void fillQueueMenu(QMenu &menu) const;
    // In the order of the table.
    const QList<ActionId> &all() const { return m_order; }
    QList<QKeySequence> defaultKeys(ActionId id) const { return m_defaults.value(id); }
    // What the Pages are called, in the order of the rail. Where there is none its action rests.
    void setPages(const QStringList &names);
    // Whether it is about the open conversation.
    bool needsConversation(ActionId id) const { return m_inConversation.contains(id); }

private:
    void fillConversationMenu(QMenu &menu) const;

    QHash<ActionId, QAction *> m_actions;
    QHash<ActionId, QList<QKeySequence>> m_defaults;
    QSet<ActionId> m_inConversation;
    QList<ActionId> m_order;
};

// "Ctrl+K or /"; empty when it has none.
QString keysOf(const QAction &action);
// What a control does, and by which key: "Resolve (Ctrl+E)".
QString withKeysOf(const QString &words, const QAction &action);

} // namespace Pagedesk::Ui
