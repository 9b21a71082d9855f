// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/replywindow.h"
#include "ui/composer/composerwords.h"
#include "ui/theme/panel.h"

class QCheckBox;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace Pagedesk::Ui {

class FileTray;
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
    // Whether whoever writes can put a Page right themselves. Before setConversation().
    void setAdmin(bool isAdmin) { m_isAdmin = isAdmin; }
    bool isAdmin() const { return m_isAdmin; }
    bool isOpen() const { return m_open; }
    // Somebody has chosen to answer as a human agent; only where that is needed.
    bool speaksAsHumanAgent() const;
    bool needsHumanAgent() const; // it is needed, and not chosen
    // Does not count as typing.
    void setText(const QString &text);
    QString text() const;
    // The files that go with the text, and how many are still being copied; nothing is sent
    // meanwhile.
    void setFiles(const QList<Attachment> &files, int coming);
    // A sentence in red under the editor; empty takes it away.
    void setProblem(const QString &sentence);
    void focusEditor();
    // Asks which files go with the reply, if files can go with it now.
    void offerFiles();
    void setAttachKey(const QString &key);
    void setTakeOverKey(const QString &key);

Q_SIGNALS:
    void textEdited(const QString &text);
    // `reply` is within Meta's limit, and only empty when there are files.
    void sendRequested(const QString &reply, bool asHumanAgent);
    // The conversation shall be taken from the app that holds it.
    void takeOverRequested();
    void filesOffered(const QStringList &paths);
    void pictureOffered(const QImage &picture);
    void fileRemoved(int number);
    // By an admin, for the Page of the conversation.
    void cureWanted(Pagedesk::Ui::PageCure cure);

private:
    QWidget *buildWriting();
    QWidget *buildHead();
    QWidget *buildFoot();
    QWidget *buildClosed();
    QWidget *buildNote();
    QPushButton *cureButton(const QString &name, QWidget *parent);
    QWidget *buildTakeOver(QWidget *parent);
    void showHumanAgent(const Conversation &conversation, const ReplyWindow &window, qint64 now);
    void showTakeOver(const Conversation &conversation, const Page &page);
    void requestSend();
    bool canSend() const;
    void chooseFiles();
    void showFill();
    void showKeptDraft();

    bool m_open = false;
    bool m_isAdmin = false;
    PageCure m_cure = PageCure::None;
    bool m_late = false; // only a human agent may answer now
    ConversationId m_conversation;
    bool m_filling = false;
    QStackedWidget *m_stack = nullptr;
    ReplyEditor *m_editor = nullptr;
    ThemedLabel *m_title = nullptr;
    QWidget *m_noteLine = nullptr;
    ThemedLabel *m_note = nullptr; // what to know before one writes
    QPushButton *m_noteCure = nullptr;
    Tag *m_window = nullptr;
    FileTray *m_tray = nullptr;
    QToolButton *m_attach = nullptr;
    int m_files = 0;
    int m_coming = 0;
    ThemedLabel *m_problem = nullptr;
    ThemedLabel *m_count = nullptr;
    SendButton *m_send = nullptr;
    QCheckBox *m_agent = nullptr;
    ThemedLabel *m_agentNote = nullptr;
    ThemedLabel *m_reason = nullptr;
    QPushButton *m_reasonCure = nullptr;
    QPushButton *m_takeOver = nullptr;
    QWidget *m_kept = nullptr;
    ThemedLabel *m_keptText = nullptr;
};

} // namespace Pagedesk::Ui
