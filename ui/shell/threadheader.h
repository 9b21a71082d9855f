// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/roster.h"
#include "ui/theme/panel.h"

class QAction;
class QMenu;
class QPushButton;

namespace Pagedesk::Ui {

class ContactPicture;
class LabelStrip;
class MediaSource;
class Tag;
class ThemedLabel;

// The head of the open thread: who it is with, on which Page, how long they wait, and what can be
// done with the conversation as a whole.
class ThreadHeader : public Panel {
    Q_OBJECT

public:
    ThreadHeader(const ThemeProvider &theme, MediaSource &media, QWidget *parent = nullptr);

    void setConversation(const Conversation &conversation, const Page &page, qint64 now);
    // Who has it and whose it is; called before setConversation().
    void setRoster(const Roster &roster);
    // What the buttons open: those of the assignment, of the snooze, and of everything.
    void setMenus(QMenu &assign, QMenu &snooze, QMenu &more);
    void setContactShown(bool shown);
    // Opens a menu beneath the button it belongs to.
    void popup(QMenu &menu);
    // What the buttons do too, for the keys in their tooltips. They outlive this.
    void setKeys(const QAction &state, const QAction &contact);

Q_SIGNALS:
    void stateRequested(Pagedesk::ConversationState state);
    void contactToggled();
    void takeRequested();
    void putBackRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildWords();
    void buildButtons();
    void buildQueueButtons();
    void showHolder(const Conversation &conversation);
    void fold();
    void applyTheme();

    void showStateTip();

    class Square;
    ContactPicture *m_picture = nullptr;
    ThemedLabel *m_name = nullptr;
    Square *m_square = nullptr;
    ThemedLabel *m_details = nullptr;
    Tag *m_priority = nullptr;
    LabelStrip *m_labels = nullptr;
    QPushButton *m_take = nullptr;
    QPushButton *m_holder = nullptr;
    QPushButton *m_snooze = nullptr;
    QPushButton *m_more = nullptr;
    Roster m_roster;
    QPushButton *m_state = nullptr;
    const QAction *m_stateAction = nullptr;
    QPushButton *m_contact = nullptr;
    bool m_resolved = false;
    bool m_mine = false;
    bool m_takable = true; // by this person, or put back by them
};

} // namespace Pagedesk::Ui
