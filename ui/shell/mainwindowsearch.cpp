// SPDX-License-Identifier: GPL-3.0-or-later
// Finding in everything: the search stands in the list's place.
#include "ui/inbox/conversationlist.h"
#include "ui/inbox/rail.h"
#include "ui/inbox/searchpanel.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/threadnavigator.h"
#include "ui/shell/threadpane.h"

#include <QStackedWidget>

namespace Pagedesk::Ui {

void MainWindow::connectSearch()
{
    connect(m_list, &ConversationList::searchRequested, this, &MainWindow::beginSearch);
    connect(m_search, &SearchPanel::chosen, this, &MainWindow::openHit);
    connect(m_search, &SearchPanel::left, this, [this] {
        m_side->setCurrentWidget(m_list);
        m_list->focusRows();
    });
    // Whoever asks for a view wants to see it.
    const auto showList = [this] { m_side->setCurrentWidget(m_list); };
    connect(m_rail, &Rail::viewChosen, m_side, showList);
    connect(m_rail, &Rail::pageChosen, m_side, showList);
    connect(m_list, &ConversationList::queryChanged, m_side, showList);
}

void MainWindow::beginSearch(const QString &text)
{
    m_listHidden = false;
    applyLayout();
    m_side->setCurrentWidget(m_search);
    m_search->begin(text);
}

void MainWindow::openHit(const SearchHit &hit)
{
    if (!m_list->openElsewhere(hit.conversation)) {
        showNotice(tr("This conversation is not here."));
        return;
    }
    if (!hit.message.isEmpty())
        m_thread->navigator().showMessage(hit.message, hit.at);
}

} // namespace Pagedesk::Ui
