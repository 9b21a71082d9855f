// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWebEngineView>

namespace Pagedesk::Browser {

// The view of the page: files cannot be dropped on it, and its menu edits text and does nothing
// else.
class DialogView : public QWebEngineView {
    Q_OBJECT

public:
    explicit DialogView(QWidget *parent = nullptr);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace Pagedesk::Browser
