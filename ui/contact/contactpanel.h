// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/contacts.h"
#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/replywindow.h"
#include "ui/contact/personlinks.h"
#include "ui/theme/panel.h"

class QGridLayout;
class QPushButton;
class QScrollArea;

namespace Pagedesk::Ui {

class ContactEditor;
class ContactFields;
class ContactNotes;
class ContactPicture;
class MediaSource;
class ThemedLabel;

// The right edge of the window: who the open conversation is with, and what the team knows.
class ContactPanel : public Panel {
    Q_OBJECT

public:
    ContactPanel(const ThemeProvider &theme, MediaSource &media, PersonLinks::Search search,
        QWidget *parent = nullptr);

    struct Facts {
        Conversation conversation;
        Page page;
        ReplyWindow window;
        qint64 beganAt = 0; // ms UTC of the first message; 0 while it is not known
        qint64 now = 0;
    };
    void setFacts(const Facts &facts);
    void setView(const ContactView &view, const QList<PersonLinks::Entry> &others,
        const QList<PersonLinks::Suggestion> &suggestions);
    void setFieldNames(const QStringList &names);
    // What did not work; gone with the next thing that is done or another conversation.
    void showProblem(const QString &sentence);
    // Each moves the focus to where it goes on.
    void beginEdit();
    void beginMerge();
    void refresh();

Q_SIGNALS:
    void edited(const QList<Pagedesk::ContactEdit> &edits);
    void noteAdded(const QString &text);
    void noteRemoved(const QString &noteId);
    void refreshRequested();
    void merged(const Pagedesk::ConversationId &other);
    void parted(const Pagedesk::ConversationId &one);
    void declined(const QString &suggestionId);
    void openRequested(const Pagedesk::ConversationId &one);

private:
    enum Line {
        PsidLine,
        TimeLine,
        LanguageLine,
        GenderLine,
        OriginLine,
        FirstLine,
        LastLine,
        WindowLine,
        LineCount
    };

    QWidget *buildHead(MediaSource &media);
    QWidget *buildButtons();
    QWidget *buildFacts();
    void buildSections(PersonLinks::Search search);
    void addSection(const QString &title, QWidget *content);
    void fitWidth();
    void showLines();
    void setEditing(bool editing);
    void scrollToFocus();
    void setLine(Line line, const QString &value, const QString &tip = {});

    ContactPicture *m_picture = nullptr;
    ThemedLabel *m_name = nullptr;
    ThemedLabel *m_page = nullptr;
    ThemedLabel *m_gap = nullptr;
    ThemedLabel *m_problem = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_refresh = nullptr;
    QWidget *m_factsBox = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_content = nullptr;
    QGridLayout *m_grid = nullptr;
    ThemedLabel *m_keys[LineCount] = {};
    ThemedLabel *m_values[LineCount] = {};
    ContactEditor *m_editor = nullptr;
    ContactFields *m_fields = nullptr;
    ContactNotes *m_notes = nullptr;
    PersonLinks *m_links = nullptr;
    Facts m_facts;
    ContactView m_view;
};

} // namespace Pagedesk::Ui
