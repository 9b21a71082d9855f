// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/thread/bubblelayout.h"

#include <QMenu>

#include <functional>

namespace Pagedesk::Ui {

// What a context menu of the thread was asked for.
struct ThreadMenuRequest {
    const Message &message;
    RowHit hit;
    QString selectedText; // of this message; empty when nothing is selected
};

struct ThreadMenuActions {
    std::function<void()> open; // what was hit
    std::function<void(int)> save; // an attachment
    std::function<void()> sendAgain;
    std::function<void()> inspect;
};

// A menu that deletes itself when it closes.
QMenu *makeThreadMenu(
    const ThreadMenuRequest &request, const ThreadMenuActions &actions, QWidget *parent);

} // namespace Pagedesk::Ui
