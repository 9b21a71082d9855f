// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"
#include "models/domain/searchquery.h"
#include "models/store/query.h"

#include <QHash>

namespace Pagedesk {

// Whose conversations a search is about: its operators, with names looked up.
class SearchScope {
public:
    static Result<SearchScope> load(Connection &connection, const SearchQuery &query, qint64 now);

    // What the index has to hold, and what it must not.
    const QStringList &terms() const { return m_terms; }
    const QStringList &excludedTerms() const { return m_excluded; }
    // Conversations are chosen by what the index does not know.
    bool isNarrow() const { return m_isNarrow; }
    // Nothing can be found.
    bool isImpossible() const { return m_isImpossible; }
    const QList<SearchProblem> &problems() const { return m_problems; }

    struct Known {
        Contact contact;
        qint64 lastMessageAt = 0;
        bool isWanted = false;
    };
    // Nothing when it is not here. Asked once each.
    Result<const Known *> conversation(const ConversationId &id);
    QString pageName(const PageId &id) const { return m_pages.value(id).shownName(); }
    QString pageColour(const PageId &id) const { return m_pages.value(id).colour; }

private:
    struct Person {
        QString id;
        QString name;
    };

    SearchScope(Connection &connection, const SearchQuery &query, qint64 now);
    Result<> resolve();
    Result<> resolveFrom();
    Result<QString> customersTerm(const QString &name);
    void resolvePages();
    void resolveAssignees();
    void resolveHas();
    Result<> resolveLabels();
    void add(const QStringList &any, const QStringList &none, bool isAsked);
    void tell(const QString &name, const QString &value, const QStringList &valid);
    bool isWanted(const Conversation &conversation) const;

    Connection &m_connection;
    const SearchQuery m_query;
    const qint64 m_now;
    QHash<PageId, Page> m_pages;
    QList<Person> m_people; // operators
    Person m_self;
    QList<SearchChoice<PageId>> m_wantedPages;
    QList<SearchChoice<QString>> m_assignees; // ids
    QStringList m_terms;
    QStringList m_excluded;
    QList<SearchProblem> m_problems;
    QHash<ConversationId, std::optional<Known>> m_conversations;
    bool m_isNarrow = false;
    bool m_isImpossible = false;
};

} // namespace Pagedesk
