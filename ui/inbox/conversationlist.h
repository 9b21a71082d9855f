// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/conversationfilter.h"
#include "ui/inbox/conversationtexts.h"
#include "ui/theme/panel.h"

class QStackedWidget;

namespace Pagedesk::Ui {

class Chip;
class ConversationListView;
class EmptyNote;
class FilterField;
class MediaSource;

// The second column: filter field, chips and the conversations. Says which one was opened.
class ConversationList : public Panel {
    Q_OBJECT

public:
    ConversationList(const ThemeProvider &theme, ConversationListModel &conversations,
        MediaSource &media, const Clock &clock, QWidget *parent = nullptr);

    void showView(ConversationView view);
    void showPage(const PageId &page);
    void setOrder(ConversationFilter::Order order);
    const ConversationFilter::Query &query() const { return m_filter.query(); }

    // Selects a conversation, leaving the current view if it is not in it. False when the replica
    // does not have it.
    bool open(const ConversationId &id);
    // Opens one that need not be in the current view, which stays as it is.
    bool openElsewhere(const ConversationId &id);
    const ConversationId &current() const { return m_current; }
    // To the next (+1) or previous (-1) row.
    void step(int by);
    void focusFilter();
    void setFilterKey(const QString &keys);
    void focusRows();
    // Whether what the relay has is here.
    enum class Filling { Arriving, Cut, Done };
    void setFilling(Filling filling);
    // Whether there are Pages to show conversations of, and who can do something about it.
    enum class Pages { Known, ToConnect, NotAllowed };
    void setPages(Pages pages);

Q_SIGNALS:
    void opened(const Pagedesk::ConversationId &id); // empty: none
    void replyRequested();
    void searchRequested(const QString &text); // in everything, not only in this list
    void queryChanged(const Pagedesk::ConversationFilter::Query &query);
    void firstRowsPainted();
    void connectRequested(); // no Page is connected, and an admin wants one

private:
    QWidget *buildChips();
    QWidget *buildRows(MediaSource &media, const Clock &clock);
    void apply(ConversationFilter::Query query);
    void takeCurrent(const QModelIndex &index);
    void followCurrent();
    void showEmptiness();
    void markChips();

    const ConversationListModel &m_conversations;
    ConversationFilter m_filter;
    ConversationTexts m_texts;
    ConversationId m_current;
    Filling m_filling = Filling::Arriving;
    Pages m_pages = Pages::Known;
    FilterField *m_field = nullptr;
    Chip *m_all = nullptr;
    Chip *m_unread = nullptr;
    Chip *m_order = nullptr;
    QStackedWidget *m_stack = nullptr;
    ConversationListView *m_rows = nullptr;
    EmptyNote *m_empty = nullptr;
};

} // namespace Pagedesk::Ui
