// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/conversationlistmodel.h"
#include "models/items/fuzzymatch.h"

#include <QTimer>

#include <functional>
#include <vector>

namespace Pagedesk {

// Finds what somebody who types a few letters means: an action, a Page or one of any number of
// conversations. Conversations are compared some at a time, so that a key press never waits for all
// of them; what has been found so far is there at once and gets better.
class PaletteSearch : public QObject {
    Q_OBJECT

public:
    // What is looked at in one go, at most, besides the entries.
    static constexpr int StepSize = 1000;
    static constexpr int MostHits = 50;

    enum class Kind { Action, Verb, Page, Conversation };
    struct Entry {
        Kind kind = Kind::Action;
        QString id;
        QString title;
        bool isAvailable = true; // others come after those that are
    };
    struct Hit {
        Entry entry;
        QList<int> places; // of the letters that fit, in the title
        int score = 0;
        qint64 at = 0; // of a conversation's last message
    };
    // What is said before the name of a conversation or a Page: "Go to", "Show".
    struct Verbs {
        QString conversation;
        QString page;
    };
    using NameOf = std::function<QString(const Contact &)>;

    PaletteSearch(
        const ConversationListModel &conversations, NameOf nameOf, QObject *parent = nullptr);

    // What can be found besides conversations, in the order it has while nothing is typed.
    // `recent`: the ids of what was run last, the last one first; conversations among them too.
    void begin(const QList<Entry> &entries, const Verbs &verbs, const QStringList &recent);
    void end();
    void setText(const QString &text);

    const QList<Hit> &hits() const { return m_hits; } // best first
    bool isDone() const { return !m_step.isActive(); }
    // How many conversations the last go has looked at, for tests.
    int lastWork() const { return m_lastWork; }

Q_SIGNALS:
    void changed();

private:
    struct Candidate {
        ConversationId id;
        QString name;
        QString folded;
        qint64 at = 0;
    };

    void restart();
    void takeRecent();
    void matchEntries();
    void step();
    bool scan();
    bool add(Hit hit);
    void narrow(const QString &text);
    void forgetConversations();

    const ConversationListModel &m_conversations;
    NameOf m_nameOf;
    QList<Entry> m_entries;
    Verbs m_verbs;
    QStringList m_recent;
    QString m_text;
    std::optional<Kind> m_only; // a verb was typed
    QStringList m_words;
    QList<Hit> m_hits;
    std::vector<Candidate> m_candidates; // of the first rows of the model, made when needed
    std::vector<int> m_fitting; // candidates the words so far fit
    std::vector<int> m_pool; // when the words only got narrower: the only ones to look at
    bool m_usesPool = false;
    int m_next = 0;
    int m_lastWork = 0;
    bool m_isOpen = false;
    QTimer m_step;
};

} // namespace Pagedesk
