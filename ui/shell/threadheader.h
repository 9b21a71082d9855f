// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "ui/theme/panel.h"

class QAction;
class QPushButton;

namespace Pagedesk::Ui {

class ContactPicture;
class MediaSource;
class ThemedLabel;

// The head of the open thread: who it is with, on which Page, how long they wait, and what can be
// done with the conversation as a whole.
class ThreadHeader : public Panel {
    Q_OBJECT

public:
    ThreadHeader(const ThemeProvider &theme, MediaSource &media, QWidget *parent = nullptr);

    void setConversation(const Conversation &conversation, const Page &page, qint64 now);
    void setContactShown(bool shown);
    // What the buttons do too, for the keys in their tooltips. They outlive this.
    void setKeys(const QAction &state, const QAction &contact);

Q_SIGNALS:
    void stateRequested(Pagedesk::ConversationState state);
    void contactToggled();

private:
    QWidget *buildWords();
    void buildButtons();
    void applyTheme();

    void showStateTip();

    class Square;
    ContactPicture *m_picture = nullptr;
    ThemedLabel *m_name = nullptr;
    Square *m_square = nullptr;
    ThemedLabel *m_details = nullptr;
    QPushButton *m_state = nullptr;
    const QAction *m_stateAction = nullptr;
    QPushButton *m_contact = nullptr;
    bool m_resolved = false;
};

} // namespace Pagedesk::Ui
