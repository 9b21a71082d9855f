// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/domain/roster.h"
#include "models/items/conversationviews.h"

#include <QAbstractListModel>
#include <QHash>

namespace Pagedesk {

// How many conversations each view of the rail holds.
struct ConversationCounts {
    int inbox = 0;
    int unread = 0;
    int waiting = 0;
    int closingSoon = 0;
    int resolved = 0;
    int mine = 0;
    int unassigned = 0;
    int pending = 0;
    int snoozed = 0;
    QHash<PageId, int> unreadByPage; // conversations with something unread, open ones only

    bool operator==(const ConversationCounts &) const = default;
};

// Every conversation of the replica, in no particular order; sorting and filtering is the proxy's.
// Rows are updated by id. It knows the Page and the draft of each, so that no view looks them up.
class ConversationListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, // ConversationId
        ConversationRole, // Conversation
        PageRole, // Page; without an id while it is not known
        WindowRole, // ReplyWindow of an operator at the last tick
        DraftRole, // QString, empty when there is none
        HolderRole, // QString: who has it, else whose queue it is in; empty when nobody
        LabelsRole, // QList<Label>
    };

    struct Row {
        Conversation conversation;
        ReplyWindow window;
        QString draft;
        QString folded; // what the filter searches
    };

    explicit ConversationListModel(const Clock &clock, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void setPages(const QList<Page> &pages);
    void setRoster(const Roster &roster);
    const Roster &roster() const { return m_roster; }
    void setDrafts(const QHash<ConversationId, QString> &drafts);
    void setDraft(const ConversationId &id, const QString &text);
    void reset(const QList<Conversation> &conversations);
    void upsert(const QList<Conversation> &conversations);
    void remove(const QList<ConversationId> &ids);
    // Time has passed: windows close although nothing was written.
    void tick();

    const Row &row(int index) const { return m_rows.at(index); }
    Page pageOf(const Conversation &conversation) const;
    int indexOf(const ConversationId &id) const { return m_index.value(id, -1); }
    const Row *find(const ConversationId &id) const;
    ConversationCounts counts() const;
    qint64 now() const { return m_clock.now(); }

Q_SIGNALS:
    // Something that counts() rests on has changed.
    void countsChanged();

private:
    Row makeRow(const Conversation &conversation) const;
    void insert(const QList<Conversation> &conversations);
    void update(int index, const Conversation &conversation);
    void reindex(int from);

    const Clock &m_clock;
    QList<Row> m_rows;
    QHash<ConversationId, int> m_index;
    QHash<ConversationId, QString> m_drafts;
    QHash<PageId, Page> m_pages;
    Roster m_roster;
};

} // namespace Pagedesk
