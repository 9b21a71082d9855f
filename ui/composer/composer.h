// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/replywindow.h"
#include "ui/theme/panel.h"

class QPushButton;
class QStackedWidget;

namespace Pagedesk::Ui {

class ReplyEditor;
class SendButton;
class Tag;
class ThemedLabel;

// Where a reply is written. Shows a text and the window; asks to send. Closed, it says why and
// keeps the text in sight.
class Composer : public Panel {
    Q_OBJECT

public:
    explicit Composer(const ThemeProvider &theme, QWidget *parent = nullptr);

    // Whom the reply is for and whether one may write now.
    void setConversation(
        const Conversation &conversation, const Page &page, const ReplyWindow &window, qint64 now);
    bool isOpen() const { return m_open; }
    // Does not count as typing.
    void setText(const QString &text);
    QString text() const;
    // A sentence in red under the editor; empty takes it away.
    void setProblem(const QString &sentence);
    void focusEditor();

Q_SIGNALS:
    void textEdited(const QString &text);
    // `reply` is not empty and within Meta's limit.
    void sendRequested(const QString &reply);

private:
    QWidget *buildWriting();
    QWidget *buildHead();
    QWidget *buildFoot();
    QWidget *buildClosed();
    void requestSend();
    void showFill();
    void showKeptDraft();

    bool m_open = false;
    bool m_filling = false;
    QStackedWidget *m_stack = nullptr;
    ReplyEditor *m_editor = nullptr;
    ThemedLabel *m_title = nullptr;
    Tag *m_window = nullptr;
    ThemedLabel *m_problem = nullptr;
    ThemedLabel *m_count = nullptr;
    SendButton *m_send = nullptr;
    ThemedLabel *m_reason = nullptr;
    QWidget *m_kept = nullptr;
    ThemedLabel *m_keptText = nullptr;
};

} // namespace Pagedesk::Ui
