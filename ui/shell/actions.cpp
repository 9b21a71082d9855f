// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actions.h"

#include <QActionGroup>
#include <QMenu>
#include <QMetaEnum>
#include <QWidget>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Line {
    ActionId id;
    QString text;
    QList<QKeySequence> keys;
    Needs needs = Needs::Nothing;
};

QKeySequence keys(const QString &text)
{
    return QKeySequence::fromString(text, QKeySequence::PortableText);
}

QList<Line> conversationLines()
{
    return {
        {ActionId::Palette, Actions::tr("Command palette"), {keys(u"Ctrl+Shift+K"_s)}},
        {ActionId::Filter, Actions::tr("Filter conversations"), {keys(u"Ctrl+K"_s), keys(u"/"_s)}},
        {ActionId::Search, Actions::tr("Search everything"), {keys(u"Ctrl+Shift+F"_s)}},
        {ActionId::NextConversation, Actions::tr("Next conversation"), {keys(u"Alt+Down"_s)}},
        {ActionId::PreviousConversation, Actions::tr("Previous conversation"), {keys(u"Alt+Up"_s)}},
        {ActionId::Reply, Actions::tr("Write a reply"), {keys(u"Ctrl+R"_s)}, Needs::Conversation},
        {ActionId::Resolve, Actions::tr("Resolve or reopen"), {keys(u"Ctrl+E"_s)},
            Needs::Conversation},
        {ActionId::AttachFiles, Actions::tr("Attach files"), {keys(u"Ctrl+Shift+A"_s)},
            Needs::Conversation},
        {ActionId::FindInThread, Actions::tr("Find in this conversation"), {keys(u"Ctrl+F"_s)},
            Needs::Conversation},
        {ActionId::FindEarlier, Actions::tr("Earlier match"), {keys(u"F3"_s)}, Needs::Conversation},
        {ActionId::FindLater, Actions::tr("Later match"), {keys(u"Shift+F3"_s)},
            Needs::Conversation},
        {ActionId::JumpToDate, Actions::tr("Jump to a date"), {keys(u"Ctrl+G"_s)},
            Needs::Conversation},
        {ActionId::FirstUnread, Actions::tr("First unread message"), {keys(u"Alt+U"_s)},
            Needs::Conversation},
        {ActionId::FirstToday, Actions::tr("First message of today"), {keys(u"Alt+T"_s)},
            Needs::Conversation},
        {ActionId::NewestMessage, Actions::tr("Newest message"), {keys(u"Alt+End"_s)},
            Needs::Conversation},
        {ActionId::ViewInbox, Actions::tr("Inbox"), {keys(u"Ctrl+1"_s)}},
        {ActionId::ViewUnread, Actions::tr("Unread"), {keys(u"Ctrl+2"_s)}},
        {ActionId::ViewWaiting, Actions::tr("Waiting for us"), {keys(u"Ctrl+3"_s)}},
        {ActionId::ViewClosingSoon, Actions::tr("Closing soon"), {keys(u"Ctrl+4"_s)}},
        {ActionId::ViewMine, Actions::tr("Mine"), {keys(u"Ctrl+5"_s)}},
        {ActionId::ViewUnassigned, Actions::tr("Unassigned"), {keys(u"Ctrl+6"_s)}},
        {ActionId::ViewPending, Actions::tr("Pending"), {keys(u"Ctrl+7"_s)}},
        {ActionId::ViewSnoozed, Actions::tr("Snoozed"), {keys(u"Ctrl+8"_s)}},
        {ActionId::ViewResolved, Actions::tr("Resolved"), {keys(u"Ctrl+9"_s)}},
    };
}

QString pageText(qsizetype number, const QString &name = {})
{
    if (name.isEmpty())
        return Actions::tr("Page %1", "its place in the rail").arg(number + 1);
    QString shown = name;
    return Actions::tr("Page %1: %2", "its place in the rail, its name")
        .arg(number + 1)
        .arg(shown.replace(u'&', u"&&"_s)); // no shortcut of the menu
}

QList<Line> pageLines()
{
    QList<Line> lines{{ActionId::AllPages, Actions::tr("All Pages"), {keys(u"Alt+0"_s)}}};
    for (std::size_t i = 0; i < PageActions.size(); ++i)
        lines.append({PageActions.at(i), pageText(qsizetype(i)), {keys(u"Alt+%1"_s.arg(i + 1))}});
    return lines;
}

QList<Line> queueLines()
{
    return {
        {ActionId::Take, Actions::tr("Take the conversation"), {keys(u"Ctrl+Shift+T"_s)},
            Needs::Conversation},
        {ActionId::PutBack, Actions::tr("Put back into the queue"), {keys(u"Ctrl+Shift+B"_s)},
            Needs::Conversation},
        {ActionId::TakeOver, Actions::tr("Take over from the other app"), {keys(u"Ctrl+Shift+H"_s)},
            Needs::Conversation},
        {ActionId::Assign, Actions::tr("Give to somebody…"), {keys(u"Ctrl+Shift+G"_s)},
            Needs::Conversation},
        {ActionId::Snooze, Actions::tr("Snooze…"), {keys(u"Ctrl+Shift+S"_s)}, Needs::Conversation},
        {ActionId::Pending, Actions::tr("Set to pending"), {keys(u"Ctrl+Shift+N"_s)},
            Needs::Conversation},
        {ActionId::ResolveWithNote, Actions::tr("Resolve with a note…"), {keys(u"Ctrl+Alt+E"_s)},
            Needs::Conversation},
        {ActionId::SetPriority, Actions::tr("Priority…"), {keys(u"Ctrl+Shift+I"_s)},
            Needs::Conversation},
        {ActionId::Labels, Actions::tr("Labels…"), {keys(u"Ctrl+L"_s)}, Needs::Conversation},
        {ActionId::MarkUnread, Actions::tr("Mark as unread"), {keys(u"Ctrl+U"_s)},
            Needs::Conversation},
    };
}

QList<Line> windowLines()
{
    return {
        {ActionId::ToggleContact, Actions::tr("Contact panel"), {keys(u"Ctrl+\\"_s)}},
        {ActionId::EditContact, Actions::tr("Edit contact"), {keys(u"Ctrl+Shift+E"_s)},
            Needs::Conversation},
        {ActionId::MergeContact, Actions::tr("Merge with another person…"),
            {keys(u"Ctrl+Shift+M"_s)}, Needs::Conversation},
        {ActionId::RefreshContact, Actions::tr("Refresh from Facebook"), {keys(u"F5"_s)},
            Needs::Conversation},
        {ActionId::ToggleList, Actions::tr("Conversation list"), {keys(u"Ctrl+Shift+L"_s)}},
        {ActionId::ToggleRail, Actions::tr("Narrow rail"), {keys(u"Ctrl+B"_s)}},
        {ActionId::RetryConnection, Actions::tr("Connect now"), {keys(u"Ctrl+Shift+R"_s)}},
        {ActionId::ConnectPages, Actions::tr("Connect Pages"), {keys(u"Ctrl+Shift+P"_s)}},
        {ActionId::PageDoctor, Actions::tr("Page doctor"), {keys(u"Ctrl+Shift+D"_s)}},
        {ActionId::PageSettings, Actions::tr("Page settings"), {keys(u"Ctrl+,"_s)}},
        {ActionId::People, Actions::tr("People and devices"), {keys(u"Ctrl+Shift+O"_s)}},
        {ActionId::AppSettings, Actions::tr("This workspace and Facebook"), {}},
        {ActionId::Notifications, Actions::tr("Notifications"), {keys(u"Ctrl+Alt+N"_s)}},
        {ActionId::Menu, Actions::tr("Menu"), {keys(u"F10"_s)}},
        {ActionId::LargerText, Actions::tr("Larger text"), {keys(u"Ctrl++"_s), keys(u"Ctrl+="_s)}},
        {ActionId::SmallerText, Actions::tr("Smaller text"), {keys(u"Ctrl+-"_s)}},
        {ActionId::NormalText, Actions::tr("Normal text size"), {keys(u"Ctrl+0"_s)}},
        {ActionId::AppearanceSystem, Actions::tr("Like the system"), {}},
        {ActionId::AppearanceLight, Actions::tr("Light"), {}},
        {ActionId::AppearanceDark, Actions::tr("Dark"), {}},
        {ActionId::Help, Actions::tr("Help"), {keys(u"F1"_s)}},
        {ActionId::Shortcuts, Actions::tr("Keyboard shortcuts"), {keys(u"Ctrl+/"_s)}},
        {ActionId::About, Actions::tr("About Pagedesk"), {}},
        {ActionId::Quit, Actions::tr("Quit"), {keys(u"Ctrl+Q"_s)}},
    };
}

} // namespace

Actions::Actions(QWidget &window)
    : QObject(&window)
{
    const QList<Line> lines = conversationLines() + pageLines() + queueLines() + windowLines();
    for (const Line &line : lines) {
        auto *action = new QAction(line.text, this);
        action->setObjectName(actionName(line.id));
        action->setShortcuts(line.keys);
        action->setShortcutContext(Qt::WindowShortcut);
        window.addAction(action);
        m_actions.insert(line.id, action);
        m_order.append(line.id);
        m_defaults.insert(line.id, line.keys);
        if (line.needs == Needs::Conversation)
            m_inConversation.insert(line.id);
    }
    auto *appearance = new QActionGroup(this);
    for (const ActionId id :
        {ActionId::AppearanceSystem, ActionId::AppearanceLight, ActionId::AppearanceDark}) {
        m_actions.value(id)->setCheckable(true);
        appearance->addAction(m_actions.value(id));
    }
}

void Actions::fillMenu(QMenu &menu) const
{
    const auto add = [this](QMenu &to, std::initializer_list<ActionId> ids) {
        for (const ActionId id : ids)
            to.addAction(m_actions.value(id));
    };
    add(menu, {ActionId::Palette});
    fillQueueMenu(*menu.addMenu(tr("Conversation")));
    fillConversationMenu(*menu.addMenu(tr("Find and go to")));
    QMenu *pages = menu.addMenu(tr("Pages"));
    add(*pages, {ActionId::AllPages});
    for (const ActionId id : PageActions)
        add(*pages, {id});
    add(*menu.addMenu(tr("Contact")),
        {ActionId::EditContact, ActionId::MergeContact, ActionId::RefreshContact});
    QMenu *appearance = menu.addMenu(tr("Appearance"));
    add(*appearance,
        {ActionId::AppearanceSystem, ActionId::AppearanceLight, ActionId::AppearanceDark});
    appearance->addSeparator();
    add(*appearance, {ActionId::LargerText, ActionId::SmallerText, ActionId::NormalText});
    QMenu *panels = menu.addMenu(tr("Panels"));
    add(*panels, {ActionId::ToggleContact, ActionId::ToggleList, ActionId::ToggleRail});
    menu.addSeparator();
    add(menu, {ActionId::ConnectPages, ActionId::PageSettings, ActionId::PageDoctor});
    add(menu, {ActionId::People, ActionId::AppSettings, ActionId::Notifications});
    add(menu, {ActionId::RetryConnection});
    menu.addSeparator();
    add(menu, {ActionId::Help, ActionId::Shortcuts, ActionId::About});
    menu.addSeparator();
    add(menu, {ActionId::Quit});
}

void Actions::setPages(const QStringList &names)
{
    for (std::size_t i = 0; i < PageActions.size(); ++i) {
        QAction *action = m_actions.value(PageActions.at(i));
        const bool isThere = qsizetype(i) < names.size();
        action->setText(pageText(qsizetype(i), names.value(qsizetype(i))));
        action->setEnabled(isThere);
        action->setVisible(isThere);
    }
}

void Actions::fillQueueMenu(QMenu &menu) const
{
    menu.addAction(m_actions.value(ActionId::Resolve));
    const QList<Line> lines = queueLines();
    for (const Line &line : lines)
        menu.addAction(m_actions.value(line.id));
}

// Ways to and through conversations.
void Actions::fillConversationMenu(QMenu &menu) const
{
    const QList<Line> lines = conversationLines();
    for (const Line &line : lines) {
        if (line.id == ActionId::FindInThread || line.id == ActionId::ViewInbox)
            menu.addSeparator();
        if (line.id != ActionId::Palette && line.id != ActionId::Resolve)
            menu.addAction(m_actions.value(line.id));
    }
}

QString actionName(ActionId id)
{
    const auto enumerator = QMetaEnum::fromType<ActionId>();
    QString name;
    for (const char *c = enumerator.valueToKey(static_cast<int>(id)); *c != 0; ++c) {
        const QChar letter = QLatin1Char(*c);
        if (letter.isUpper() && !name.isEmpty())
            name += u'-';
        name += letter.toLower();
    }
    return name;
}

QString keysOf(const QAction &action)
{
    QStringList names;
    const QList<QKeySequence> shortcuts = action.shortcuts();
    for (const QKeySequence &shortcut : shortcuts)
        names.append(shortcut.toString(QKeySequence::NativeText));
    return names.join(Actions::tr(" or "));
}

QString withKeysOf(const QString &words, const QAction &action)
{
    const QString keys = keysOf(action);
    return keys.isEmpty() ? words
                          : Actions::tr("%1 (%2)", "what it does, its key").arg(words, keys);
}

} // namespace Pagedesk::Ui
