// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"

#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemeProvider;
class ThemedLabel;

// The other Pages a person writes to: shown, merged with, parted from.
class PersonLinks : public QWidget {
    Q_OBJECT

public:
    // A conversation as it is offered or listed here.
    struct Entry {
        Conversation conversation;
        Page page;
    };
    // Whom Meta says this is on another Page.
    struct Suggestion {
        QString id;
        Entry entry;
    };
    // What could be the same person, for what was typed; the likeliest first.
    using Search = std::function<QList<Entry>(const QString &words)>;

    PersonLinks(const ThemeProvider &theme, Search search, QWidget *parent = nullptr);

    void setPerson(
        const Entry &self, const QList<Entry> &others, const QList<Suggestion> &suggestions = {});
    void begin(); // asks who the person is on another Page

Q_SIGNALS:
    void merged(const Pagedesk::ConversationId &other);
    void parted(const Pagedesk::ConversationId &one);
    void openRequested(const Pagedesk::ConversationId &one);
    void declined(const QString &suggestionId);

private:
    QWidget *buildChooser();
    QWidget *linkRow(const Entry &entry);
    QWidget *suggestionRow(const Suggestion &suggestion);
    void propose(const Entry &entry);
    void open(bool choosing);
    void end();
    void find();
    void list(const QList<Entry> &found);
    void preview();

    const ThemeProvider &m_theme;
    const Search m_search;
    Entry m_self;
    QList<Entry> m_others;
    QList<Suggestion> m_suggestions;
    QList<Entry> m_found;
    QVBoxLayout *m_links = nullptr;
    ThemedLabel *m_alone = nullptr;
    QPushButton *m_begin = nullptr;
    QWidget *m_chooser = nullptr;
    QLineEdit *m_words = nullptr;
    QListWidget *m_list = nullptr;
    ThemedLabel *m_preview = nullptr;
    QPushButton *m_merge = nullptr;
};

} // namespace Pagedesk::Ui
