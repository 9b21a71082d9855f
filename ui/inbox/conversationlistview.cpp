// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/conversationlistview.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QTimer>

namespace Pagedesk::Ui {

ConversationListView::ConversationListView(QWidget *parent)
    : QListView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setDragEnabled(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
}

void ConversationListView::setModel(QAbstractItemModel *model)
{
    // Before the view itself hears of it, while its rows still are where they were painted.
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this,
        &ConversationListView::rememberAnchor);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
        [this](const QModelIndex &, int first, int last) {
            letGo(first, last);
            rememberAnchor();
        });
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this,
        &ConversationListView::rememberAnchor);
    QListView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ConversationListView::restoreAnchor);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ConversationListView::restoreAnchor);
    connect(model, &QAbstractItemModel::layoutChanged, this, &ConversationListView::restoreAnchor);
}

void ConversationListView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && currentIndex().isValid()) {
        Q_EMIT replyRequested();
        return;
    }
    QListView::keyPressEvent(event);
}

void ConversationListView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_painted || model() == nullptr || model()->rowCount() == 0)
        return;
    m_painted = true;
    // After the frame has gone out, not in the middle of painting it.
    QTimer::singleShot(0, this, &ConversationListView::firstRowsPainted);
}

void ConversationListView::letGo(int first, int last)
{
    // Qt would choose a neighbour, and choosing opens.
    const int row = currentIndex().row();
    if (row >= first && row <= last)
        selectionModel()->clear();
}

void ConversationListView::rememberAnchor()
{
    m_anchor = verticalScrollBar()->value() > 0 ? indexAt(QPoint(0, 0)) : QModelIndex();
    if (m_anchor.isValid())
        m_anchorTop = visualRect(m_anchor).top();
}

void ConversationListView::restoreAnchor()
{
    if (!m_anchor.isValid())
        return;
    executeDelayedItemsLayout();
    const int moved = visualRect(m_anchor).top() - m_anchorTop;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
    m_anchor = QModelIndex();
}

} // namespace Pagedesk::Ui
