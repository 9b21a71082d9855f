// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/searchscope.h"

#include "models/domain/windowlengths.h"
#include "models/store/replica/conversationrows.h"
#include "models/store/replica/operatorstore.h"
#include "models/store/replica/originstore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/searchterms.h"
#include "models/store/replica/steps.h"

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int MostCustomers = 500; // of one name
constexpr qint64 ClosingMs = qint64(4) * 60 * 60 * 1000; // as the view "Closing soon"

constexpr const char *FindContacts = "SELECT DISTINCT t.conversation_id FROM contact_index i JOIN "
                                     "contact_text t ON t.row = i.rowid "
                                     "WHERE contact_index MATCH ? LIMIT ?";
constexpr const char *FindConversation
    = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation WHERE id = ?";
constexpr const char *Labelled
    = "SELECT DISTINCT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation WHERE labels <> '[]'";

// Whether people mean `name` when they write `value`: a part of it from the beginning of a word.
bool isMeant(const QString &value, const QString &name)
{
    const SearchPhrase phrase = searchPhrase(value, true);
    return !phrase.words.isEmpty()
        && !placesOf(phrase, searchWords(composedForSearch(name))).isEmpty();
}

QString anyOf(const QStringList &terms)
{
    return terms.size() == 1 ? terms.constFirst() : u'(' + terms.join(u" OR "_s) + u')';
}

// Whether a value is among what is asked for: one of the wanted, if there are any, and none of the
// excluded.
template <typename T, typename Is> bool fits(const QList<SearchChoice<T>> &choices, Is is)
{
    bool asked = false;
    bool found = false;
    for (const SearchChoice<T> &choice : choices) {
        if (choice.isExcluded && is(choice.value))
            return false;
        asked = asked || !choice.isExcluded;
        found = found || (!choice.isExcluded && is(choice.value));
    }
    return found || !asked;
}

bool isInWindow(SearchWindow window, qint64 endsAt, qint64 now)
{
    switch (window) {
    case SearchWindow::Open:
        return endsAt > now;
    case SearchWindow::Closing:
        return endsAt > now && endsAt - now <= ClosingMs;
    case SearchWindow::Closed:
        return endsAt <= now;
    }
    return false;
}

} // namespace

SearchScope::SearchScope(Connection &connection, const SearchQuery &query, qint64 now)
    : m_connection(connection)
    , m_query(query)
    , m_now(now)
    , m_isNarrow(!query.states.isEmpty() || !query.assignees.isEmpty() || !query.labels.isEmpty()
          || !query.windows.isEmpty())
{
}

Result<SearchScope> SearchScope::load(Connection &connection, const SearchQuery &query, qint64 now)
{
    SearchScope scope(connection, query, now);
    if (const auto resolved = scope.resolve(); !resolved)
        return failure(resolved.error());
    return scope;
}

Result<> SearchScope::resolve()
{
    const auto pages = PageStore::all(m_connection);
    if (!pages)
        return done(pages);
    for (const Page &page : *pages)
        m_pages.insert(page.id, page);
    if (!m_query.from.isEmpty() || !m_query.assignees.isEmpty()) {
        const auto people = OperatorStore::all(m_connection);
        const auto origin = OriginStore::load(m_connection);
        if (!people || !origin)
            return people ? done(origin) : done(people);
        for (const Operator &person : *people)
            m_people.append({person.id.value, person.name});
        if (*origin)
            m_self = {(*origin)->operatorId.value, (*origin)->operatorName};
        // Their own name as the team has it now may be another than when this device joined.
        for (const Person &person : std::as_const(m_people)) {
            if (person.id == m_self.id)
                m_self.name = person.name;
        }
    }
    resolvePages();
    resolveAssignees();
    resolveHas();
    return inOrder([&] { return resolveFrom(); }, [&] { return resolveLabels(); });
}

void SearchScope::add(const QStringList &any, const QStringList &none, bool isAsked)
{
    if (!any.isEmpty())
        m_terms.append(anyOf(any));
    else if (isAsked)
        m_isImpossible = true;
    m_excluded += none;
}

void SearchScope::tell(const QString &name, const QString &value, const QStringList &valid)
{
    m_problems.append({SearchProblem::Kind::BadValue, name, value, valid});
}

Result<QString> SearchScope::customersTerm(const QString &name)
{
    const SearchPhrase phrase = searchPhrase(name, true);
    if (phrase.words.isEmpty())
        return QString();
    const QString expression
        = u"_k1 AND \"%1\"%2"_s.arg(phrase.words.join(u' '), phrase.isOpen ? u"*"_s : QString());
    const auto found = m_connection.all(FindContacts, {expression, MostCustomers},
        [](const Row &row) { return SearchTerms::conversation({row.text(0)}); });
    if (!found)
        return failure(found.error());
    if (found->isEmpty())
        return QString();
    return u"(%1 AND %2)"_s.arg(SearchTerms::direction(Direction::In), anyOf(QStringList(*found)));
}

Result<> SearchScope::resolveFrom()
{
    QStringList any;
    QStringList none;
    bool isAsked = false;
    for (const auto &[value, isExcluded] : m_query.from) {
        QStringList terms;
        const QString word = value.toLower();
        if (word == u"us") {
            terms.append(SearchTerms::direction(Direction::Out));
        } else if (word == u"me") {
            terms.append(SearchTerms::author(m_self.name));
        } else {
            const auto customers = customersTerm(value);
            if (!customers)
                return done(customers);
            if (!customers->isEmpty())
                terms.append(*customers);
            for (const Person &person : std::as_const(m_people)) {
                if (isMeant(value, person.name))
                    terms.append(SearchTerms::author(person.name));
            }
        }
        if (terms.isEmpty())
            tell(u"from"_s, value, searchValues(SearchOperator::From));
        isAsked = isAsked || !isExcluded;
        (isExcluded ? none : any) += terms;
    }
    add(any, none, isAsked);
    return {};
}

void SearchScope::resolvePages()
{
    QStringList any;
    QStringList none;
    bool isAsked = false;
    for (const auto &[value, isExcluded] : m_query.pages) {
        bool found = false;
        QStringList names;
        for (const Page &page : std::as_const(m_pages)) {
            names.append(page.shownName());
            if (!isMeant(value, page.name) && !isMeant(value, page.shownName()))
                continue;
            found = true;
            m_wantedPages.append({page.id, isExcluded});
            (isExcluded ? none : any).append(SearchTerms::page(page.id));
        }
        names.sort();
        if (!found)
            tell(u"page"_s, value, names);
        isAsked = isAsked || !isExcluded;
    }
    add(any, none, isAsked);
}

void SearchScope::resolveAssignees()
{
    for (const auto &[value, isExcluded] : m_query.assignees) {
        const QString word = value.toLower();
        if (word == u"none" || word == u"me") {
            m_assignees.append({word == u"me" ? m_self.id : QString(), isExcluded});
            continue;
        }
        bool found = false;
        QStringList names;
        for (const Person &person : std::as_const(m_people)) {
            names.append(person.name);
            if (!isMeant(value, person.name))
                continue;
            found = true;
            m_assignees.append({person.id, isExcluded});
        }
        names.sort();
        if (!found) {
            tell(u"assignee"_s, value, searchValues(SearchOperator::Assignee) + names);
            m_isImpossible = m_isImpossible || !isExcluded;
        }
    }
}

void SearchScope::resolveHas()
{
    for (const auto &[matter, isExcluded] : m_query.has)
        (isExcluded ? m_excluded : m_terms).append(SearchTerms::matter(matter));
}

Result<> SearchScope::resolveLabels()
{
    if (m_query.labels.isEmpty())
        return {};
    QStringList known;
    const auto read = m_connection.each(Labelled, {}, [&known](const Row &row) {
        const QStringList labels = ConversationRows::from(row).labels;
        for (const QString &label : labels) {
            if (!known.contains(label))
                known.append(label);
        }
    });
    known.sort();
    for (const auto &[value, isExcluded] : m_query.labels) {
        const bool isKnown = std::any_of(known.begin(), known.end(),
            [&value = value](const QString &label) { return isMeant(value, label); });
        if (!isKnown)
            tell(u"label"_s, value, known);
        m_isImpossible = m_isImpossible || (!isKnown && !isExcluded);
    }
    return read;
}

Result<const SearchScope::Known *> SearchScope::conversation(const ConversationId &id)
{
    auto at = m_conversations.find(id);
    if (at == m_conversations.end()) {
        const auto row = m_connection.one(FindConversation, {id.value}, ConversationRows::from);
        if (!row)
            return failure(row.error());
        std::optional<Known> known;
        if (*row) {
            known = Known{(*row)->contact, (*row)->lastMessageAt, false};
            known->isWanted = isWanted(**row);
        }
        at = m_conversations.insert(id, known);
    }
    return at->has_value() ? &**at : nullptr;
}

bool SearchScope::isWanted(const Conversation &conversation) const
{
    const Page page = m_pages.value(conversation.contact.pageId);
    const qint64 length = page.humanAgent ? HumanAgentWindowMs : StandardWindowMs;
    const qint64 endsAt
        = conversation.lastCustomerAt > 0 ? conversation.lastCustomerAt + length : 0;
    return fits(m_wantedPages, [&](const PageId &id) { return id == page.id; })
        && fits(
            m_query.states, [&](ConversationState state) { return state == conversation.state; })
        && fits(m_assignees, [&](const QString &id) { return id == conversation.assignee.value; })
        && fits(m_query.labels,
            [&](const QString &value) {
                return std::any_of(conversation.labels.begin(), conversation.labels.end(),
                    [&value](const QString &label) { return isMeant(value, label); });
            })
        && fits(m_query.windows,
            [&](SearchWindow window) { return isInWindow(window, endsAt, m_now); });
}

} // namespace Pagedesk
