// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/http.h"

#include <QList>
#include <QString>

#include <utility>

// The login dialog's pages as HTML: one plain form each, no scripts, nothing fetched.
namespace Pagedesk::Sandbox {

struct DialogTick {
    QString name; // of the check box
    QString value;
    QString label;
    QString remark;
    bool isTicked = true;
};

struct DialogPage {
    QString title;
    QString text; // below the title
    QList<std::pair<QString, QString>> people; // id, and what is said of the person: a button each
    QString listTitle; // of the check boxes, or of the plain list
    QList<DialogTick> ticks;
    QStringList list;
    QString forward; // the button that leads on; empty: there is none
    bool hasBack = false;
    QList<std::pair<QString, QString>> hidden; // fields that travel along
};

// Every text is escaped here.
Server::Response dialogPage(const DialogPage &page);
// A page without a form: the app has made a mistake, and the person is not sent back to it.
Server::Response dialogRefusal(const QString &title, const QString &sentence);

} // namespace Pagedesk::Sandbox
