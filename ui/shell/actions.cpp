// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actions.h"

#include <QActionGroup>
#include <QMenu>
#include <QWidget>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Line {
    ActionId id;
    QString text;
    QList<QKeySequence> keys;
};

QKeySequence keys(const QString &text)
{
    return QKeySequence::fromString(text, QKeySequence::PortableText);
}

QList<Line> conversationLines()
{
    return {
        {ActionId::Filter, Actions::tr("Filter conversations"), {keys(u"Ctrl+K"_s), keys(u"/"_s)}},
        {ActionId::Search, Actions::tr("Search everything"), {keys(u"Ctrl+Shift+F"_s)}},
        {ActionId::NextConversation, Actions::tr("Next conversation"), {keys(u"Alt+Down"_s)}},
        {ActionId::PreviousConversation, Actions::tr("Previous conversation"), {keys(u"Alt+Up"_s)}},
        {ActionId::Reply, Actions::tr("Write a reply"), {keys(u"Ctrl+R"_s)}},
        {ActionId::Resolve, Actions::tr("Resolve or reopen"), {keys(u"Ctrl+E"_s)}},
        {ActionId::ViewInbox, Actions::tr("Inbox"), {keys(u"Ctrl+1"_s)}},
        {ActionId::ViewUnread, Actions::tr("Unread"), {keys(u"Ctrl+2"_s)}},
        {ActionId::ViewWaiting, Actions::tr("Waiting for us"), {keys(u"Ctrl+3"_s)}},
        {ActionId::ViewClosingSoon, Actions::tr("Closing soon"), {keys(u"Ctrl+4"_s)}},
        {ActionId::ViewResolved, Actions::tr("Resolved"), {keys(u"Ctrl+5"_s)}},
    };
}

QList<Line> windowLines()
{
    return {
        {ActionId::ToggleContact, Actions::tr("Contact panel"), {keys(u"Ctrl+\\"_s)}},
        {ActionId::EditContact, Actions::tr("Edit contact"), {keys(u"Ctrl+Shift+E"_s)}},
        {ActionId::MergeContact, Actions::tr("Merge with another person…"),
            {keys(u"Ctrl+Shift+M"_s)}},
        {ActionId::RefreshContact, Actions::tr("Refresh from Facebook"), {keys(u"F5"_s)}},
        {ActionId::ToggleList, Actions::tr("Conversation list"), {keys(u"Ctrl+Shift+L"_s)}},
        {ActionId::ToggleRail, Actions::tr("Narrow rail"), {keys(u"Ctrl+B"_s)}},
        {ActionId::RetryConnection, Actions::tr("Connect now"), {keys(u"Ctrl+Shift+R"_s)}},
        {ActionId::ConnectPages, Actions::tr("Connect Pages"), {keys(u"Ctrl+Shift+P"_s)}},
        {ActionId::PageDoctor, Actions::tr("Page doctor"), {keys(u"Ctrl+Shift+D"_s)}},
        {ActionId::PageSettings, Actions::tr("Page settings"), {keys(u"Ctrl+,"_s)}},
        {ActionId::People, Actions::tr("People and devices"), {keys(u"Ctrl+Shift+O"_s)}},
        {ActionId::AppSettings, Actions::tr("This workspace and Facebook"), {}},
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
    const QList<Line> lines = conversationLines() + windowLines();
    for (const Line &line : lines) {
        auto *action = new QAction(line.text, this);
        action->setShortcuts(line.keys);
        action->setShortcutContext(Qt::WindowShortcut);
        window.addAction(action);
        m_actions.insert(line.id, action);
        m_order.append(action);
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
    QMenu *appearance = menu.addMenu(tr("Appearance"));
    add(*appearance,
        {ActionId::AppearanceSystem, ActionId::AppearanceLight, ActionId::AppearanceDark});
    appearance->addSeparator();
    add(*appearance, {ActionId::LargerText, ActionId::SmallerText, ActionId::NormalText});
    QMenu *contact = menu.addMenu(tr("Contact"));
    add(*contact, {ActionId::EditContact, ActionId::MergeContact, ActionId::RefreshContact});
    QMenu *panels = menu.addMenu(tr("Panels"));
    add(*panels, {ActionId::ToggleContact, ActionId::ToggleList, ActionId::ToggleRail});
    menu.addSeparator();
    add(menu, {ActionId::ConnectPages, ActionId::PageSettings, ActionId::PageDoctor});
    add(menu, {ActionId::People, ActionId::AppSettings});
    menu.addSeparator();
    add(menu, {ActionId::Help, ActionId::Shortcuts, ActionId::About});
    menu.addSeparator();
    add(menu, {ActionId::Quit});
}

QList<QAction *> Actions::withKeys() const
{
    QList<QAction *> actions;
    for (QAction *action : m_order) {
        if (!action->shortcuts().isEmpty())
            actions.append(action);
    }
    return actions;
}

QString keysOf(const QAction &action)
{
    QStringList names;
    const QList<QKeySequence> shortcuts = action.shortcuts();
    for (const QKeySequence &shortcut : shortcuts)
        names.append(shortcut.toString(QKeySequence::NativeText));
    return names.join(Actions::tr(" or "));
}

} // namespace Pagedesk::Ui
