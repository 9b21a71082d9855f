// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QPersistentModelIndex>

namespace Pagedesk::Ui {

// The rows of the conversation list. Scrolled down, it stays with the rows it shows when others
// come or move above them.
class ConversationListView : public QListView {
    Q_OBJECT

public:
    explicit ConversationListView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void keyboardSearch(const QString &) override { } // jumping would open conversations

Q_SIGNALS:
    // Enter on a row.
    void replyRequested();
    // Once: the first frame with rows in it has been painted.
    void firstRowsPainted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void letGo(int first, int last);
    void rememberAnchor();
    void restoreAnchor();

    QPersistentModelIndex m_anchor;
    int m_anchorTop = 0;
    bool m_painted = false;
};

} // namespace Pagedesk::Ui
