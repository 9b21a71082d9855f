// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/dialogview.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace Pagedesk::Browser {

DialogView::DialogView(QWidget *parent)
    : QWebEngineView(parent)
{
    setAcceptDrops(false);
}

void DialogView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto action : {QWebEnginePage::Cut, QWebEnginePage::Copy, QWebEnginePage::Paste,
             QWebEnginePage::SelectAll})
        menu->addAction(pageAction(action));
    menu->popup(event->globalPos());
}

} // namespace Pagedesk::Browser
