// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/searchstore.h"

#include "models/domain/page.h"
#include "models/store/replica/messagerows.h"
#include "models/store/replica/searchscope.h"
#include "models/store/replica/searchterms.h"
#include "models/store/replica/steps.h"

#include <QSet>

#include <sqlite3.h>

#include <algorithm>
#include <limits>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int FewPeople = 5; // above what was said, unless only names are looked for
constexpr int MostPeople = 500;
constexpr int MostNotes = 2000;
constexpr int LookedThrough = 1000; // messages read to spare the index the beginning of a word
constexpr int FirstChunk = 200;
constexpr int ChunkGrowth = 8;
constexpr int OperationsPerLook = 2000; // of SQLite, between two looks whether to go on

constexpr const char *FindMessages
    = "SELECT rowid FROM message_index WHERE message_index MATCH ? AND rowid >= ? AND rowid < ? "
      "ORDER BY rowid DESC LIMIT ?";
constexpr const char *FindContacts
    = "SELECT rowid FROM contact_index WHERE contact_index MATCH ? ORDER BY rowid DESC LIMIT ?";
constexpr const char *ReadMessage
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE row = ?";
constexpr const char *ReadText
    = "SELECT kind, conversation_id, at, author, text FROM contact_text WHERE row = ?";

// Lets a statement be broken off while it runs.
class Watch {
public:
    Watch(Connection &connection, const std::function<bool()> &isCancelled)
        : m_database(connection.sqliteHandle())
        , m_isCancelled(isCancelled)
    {
        if (m_isCancelled) {
            sqlite3_progress_handler(
                m_database, OperationsPerLook,
                [](void *self) { return static_cast<Watch *>(self)->m_isCancelled() ? 1 : 0; },
                this);
        }
    }
    ~Watch() { sqlite3_progress_handler(m_database, 0, nullptr, nullptr); }
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;
    bool isCancelled() const { return m_isCancelled && m_isCancelled(); }

private:
    sqlite3 *m_database;
    const std::function<bool()> &m_isCancelled;
};

// What the index is asked, in its own language. Nothing that somebody wrote gets in but letters and
// digits between quotes.
QString expressionOf(const SearchPhrase &phrase)
{
    return u'"' + phrase.words.join(u' ') + (phrase.isOpen ? u"\"*"_s : u"\""_s);
}

class Search {
public:
    Search(Connection &connection, const SearchAsk &ask, SearchScope &scope, const Watch &watch)
        : m_connection(connection)
        , m_ask(ask)
        , m_scope(scope)
        , m_watch(watch)
    {
    }

    Result<SearchResults> run();

private:
    // A hit and where it stands among the others.
    struct Placed {
        SearchHit hit;
        qint64 place = 0;
    };

    QString expression(bool withOpen) const;
    QString wordsOnly(const QString &kinds) const;
    Result<QList<Placed>> people(int limit);
    Result<QList<Placed>> notes(int limit);
    Result<QList<Placed>> messages(int limit);
    Result<QList<Placed>> lookThrough(const SearchPhrase &open, int limit, bool &isEnough);
    Result<QList<qint64>> places(const QString &expression, qint64 below, int limit);
    Result<std::optional<Placed>> messageAt(qint64 place, const SearchPhrase *open);
    Result<std::optional<SearchHit>> hitFor(const ConversationId &id);
    void merge(SearchResults &results, const QList<Placed> &said, const QList<Placed> &notes) const;
    qint64 lowest() const { return m_ask.query.after > 0 ? firstAfter(m_ask.query.after) : 1; }
    static qint64 firstAfter(qint64 at) { return SearchTerms::firstPlace(at); }
    const SearchPhrase *openPhrase() const
    {
        const auto &wanted = m_ask.query.wanted;
        return !wanted.isEmpty() && wanted.constLast().isOpen ? &wanted.constLast() : nullptr;
    }

    Connection &m_connection;
    const SearchAsk &m_ask;
    SearchScope &m_scope;
    const Watch &m_watch;
};

QString Search::expression(bool withOpen) const
{
    const SearchQuery &query = m_ask.query;
    QStringList all;
    for (const SearchPhrase &phrase : query.wanted) {
        if (withOpen || &phrase != openPhrase())
            all.append(expressionOf(phrase));
    }
    all += m_scope.terms();
    if (!query.looksIn(SearchPlace::Messages))
        all.append(SearchTerms::direction(Direction::Note));
    if (all.isEmpty()) {
        all.append(u"(%1 OR %2 OR %3)"_s.arg(SearchTerms::direction(Direction::In),
            SearchTerms::direction(Direction::Out), SearchTerms::direction(Direction::Note)));
    }
    QString text = all.join(u" AND "_s);
    QStringList none;
    for (const SearchPhrase &phrase : query.unwanted)
        none.append(expressionOf(phrase));
    none += m_scope.excludedTerms();
    if (!none.isEmpty())
        text = u"(%1) NOT (%2)"_s.arg(text, none.join(u" OR "_s));
    return text;
}

QString Search::wordsOnly(const QString &kinds) const
{
    QStringList all{kinds};
    for (const SearchPhrase &phrase : m_ask.query.wanted)
        all.append(expressionOf(phrase));
    QString text = all.join(u" AND "_s);
    QStringList none;
    for (const SearchPhrase &phrase : m_ask.query.unwanted)
        none.append(expressionOf(phrase));
    if (!none.isEmpty())
        text = u"(%1) NOT (%2)"_s.arg(text, none.join(u" OR "_s));
    return text;
}

Result<std::optional<SearchHit>> Search::hitFor(const ConversationId &id)
{
    const auto known = m_scope.conversation(id);
    if (!known)
        return failure(known.error());
    if (*known == nullptr || !(*known)->isWanted)
        return std::optional<SearchHit>();
    SearchHit hit;
    hit.conversation = id;
    hit.contact = (*known)->contact;
    hit.at = (*known)->lastMessageAt;
    hit.pageName = m_scope.pageName(hit.contact.pageId);
    hit.pageColour = m_scope.pageColour(hit.contact.pageId);
    return std::optional(hit);
}

Result<QList<Search::Placed>> Search::people(int limit)
{
    const auto rows = m_connection.all(FindContacts, {wordsOnly(u"(_k1 OR _k3)"_s), MostPeople},
        [](const Row &row) { return row.integer(0); });
    if (!rows)
        return failure(rows.error());
    QList<Placed> found;
    QSet<ConversationId> seen;
    for (const qint64 row : *rows) {
        const auto text = m_connection.one(ReadText, {row},
            [](const Row &one) { return std::pair(ConversationId{one.text(1)}, one.text(4)); });
        if (!text)
            return failure(text.error());
        if (!*text || seen.contains((*text)->first))
            continue;
        auto hit = hitFor((*text)->first);
        if (!hit)
            return failure(hit.error());
        if (!*hit)
            continue;
        seen.insert((*text)->first);
        (*hit)->kind = SearchHit::Kind::Person;
        (*hit)->snippet = snippetOf((*text)->second, m_ask.query.wanted);
        found.append({std::move(**hit), (*hit)->at});
    }
    std::stable_sort(found.begin(), found.end(),
        [](const Placed &a, const Placed &b) { return a.place > b.place; });
    return found.mid(m_ask.from.people, limit);
}

Result<QList<Search::Placed>> Search::notes(int limit)
{
    const SearchQuery &query = m_ask.query;
    const qint64 before = m_ask.from.notesBefore > 0
        ? m_ask.from.notesBefore
        : (query.before > 0 ? query.before : std::numeric_limits<qint64>::max());
    const auto rows = m_connection.all(FindContacts, {wordsOnly(u"_k2"_s), MostNotes},
        [](const Row &row) { return row.integer(0); });
    if (!rows)
        return failure(rows.error());
    QList<Placed> found;
    for (const qint64 row : *rows) {
        std::optional<Placed> placed;
        QString id;
        const auto read = m_connection.each(ReadText, {row}, [&](const Row &one) {
            const qint64 at = one.integer(2);
            if (at >= before || at < query.after)
                return;
            id = one.text(1);
            placed.emplace();
            placed->place = at;
            placed->hit.author = one.text(3);
            placed->hit.snippet.text = one.text(4);
        });
        if (!read)
            return failure(read.error());
        if (!placed)
            continue;
        auto hit = hitFor({id});
        if (!hit)
            return failure(hit.error());
        if (!*hit)
            continue;
        (*hit)->kind = SearchHit::Kind::Note;
        (*hit)->at = placed->place;
        (*hit)->direction = Direction::Note;
        (*hit)->author = placed->hit.author;
        (*hit)->snippet = placed->hit.snippet;
        placed->hit = std::move(**hit);
        found.append(std::move(*placed));
    }
    std::stable_sort(found.begin(), found.end(),
        [](const Placed &a, const Placed &b) { return a.place > b.place; });
    found = found.mid(0, limit);
    for (Placed &one : found)
        one.hit.snippet = snippetOf(one.hit.snippet.text, query.wanted);
    return found;
}

Result<QList<qint64>> Search::places(const QString &expression, qint64 below, int limit)
{
    return m_connection.all(FindMessages, {expression, lowest(), below, limit},
        [](const Row &row) { return row.integer(0); });
}

// Nothing when the message is not what is looked for after all.
Result<std::optional<Search::Placed>> Search::messageAt(qint64 place, const SearchPhrase *open)
{
    const auto rows
        = MessageRows::readWithRows(m_connection, ReadMessage, {SearchTerms::rowOf(place)});
    if (!rows)
        return failure(rows.error());
    if (rows->isEmpty())
        return std::optional<Placed>();
    const Message &message = rows->constFirst().message;
    const SearchQuery &query = m_ask.query;
    const bool isThere = SearchTerms::place(message.sentAt, rows->constFirst().row) == place
        && message.sentAt >= query.after && (query.before == 0 || message.sentAt < query.before);
    const QString text = SearchTerms::searchedText(message);
    if (!isThere
        || (open != nullptr && placesOf(*open, searchWords(composedForSearch(text))).isEmpty()))
        return std::optional<Placed>();
    auto hit = hitFor(message.conversationId);
    if (!hit)
        return failure(hit.error());
    if (!*hit)
        return std::optional<Placed>();
    (*hit)->message = message.id;
    (*hit)->at = message.sentAt;
    (*hit)->direction = message.direction;
    (*hit)->author = message.authorName;
    (*hit)->attachmentCount = static_cast<int>(message.attachments.size());
    if (!message.attachments.isEmpty())
        (*hit)->attachment = message.attachments.constFirst().kind;
    (*hit)->snippet = snippetOf(text, query.wanted);
    return std::optional(Placed{std::move(**hit), place});
}

// The beginning of a word may stand in a third of all messages, and the index would gather all of
// them before it gives the first. Where it is that frequent the newest messages have enough.
Result<QList<Search::Placed>> Search::lookThrough(
    const SearchPhrase &open, int limit, bool &isEnough)
{
    const qint64 below = m_ask.from.messagesBelow > 0 ? m_ask.from.messagesBelow
                                                      : std::numeric_limits<qint64>::max();
    const auto candidates = places(expression(false), below, LookedThrough);
    if (!candidates)
        return failure(candidates.error());
    QList<Placed> found;
    for (const qint64 place : *candidates) {
        if (found.size() == limit || m_watch.isCancelled())
            break;
        auto one = messageAt(place, &open);
        if (!one)
            return failure(one.error());
        if (*one)
            found.append(std::move(**one));
    }
    isEnough = found.size() == limit || candidates->size() < LookedThrough;
    return found;
}

Result<QList<Search::Placed>> Search::messages(int limit)
{
    if (const SearchPhrase *open = openPhrase()) {
        bool isEnough = false;
        auto found = lookThrough(*open, limit, isEnough);
        if (!found || isEnough)
            return found;
    }
    const QString all = expression(true);
    qint64 below = m_ask.from.messagesBelow > 0 ? m_ask.from.messagesBelow
                                                : std::numeric_limits<qint64>::max();
    if (m_ask.query.before > 0)
        below = std::min(below, SearchTerms::firstPlace(m_ask.query.before + 1000));
    QList<Placed> found;
    // Where conversations are chosen by what they are now, many messages may be of others.
    for (int chunk = m_scope.isNarrow() ? FirstChunk : limit; found.size() < limit;
         chunk = std::min(chunk * ChunkGrowth, 1'000'000)) {
        const auto next = places(all, below, chunk);
        if (!next)
            return failure(next.error());
        for (const qint64 place : *next) {
            if (m_watch.isCancelled())
                return failure(Error::Kind::Cancelled, u"another search has begun"_s);
            auto one = messageAt(place, nullptr);
            if (!one)
                return failure(one.error());
            if (*one)
                found.append(std::move(**one));
            if (found.size() == limit)
                break;
        }
        if (next->size() < chunk)
            break;
        below = next->constLast();
    }
    return found;
}

void Search::merge(
    SearchResults &results, const QList<Placed> &said, const QList<Placed> &notes) const
{
    SearchCursor next = m_ask.from;
    next.people += static_cast<int>(results.hits.size());
    auto message = said.cbegin();
    auto note = notes.cbegin();
    while (results.hits.size() < m_ask.limit && (message != said.cend() || note != notes.cend())) {
        const bool takeNote
            = message == said.cend() || (note != notes.cend() && note->hit.at > message->hit.at);
        if (takeNote) {
            next.notesBefore = note->hit.at;
            results.hits.append((note++)->hit);
        } else {
            next.messagesBelow = message->place;
            results.hits.append((message++)->hit);
        }
    }
    if (message != said.cend() || note != notes.cend())
        results.next = next;
}

Result<SearchResults> Search::run()
{
    const SearchQuery &query = m_ask.query;
    SearchResults results;
    if (m_scope.isImpossible())
        return results;
    const bool hasWords = !query.wanted.isEmpty();
    const bool ofMessages = !query.from.isEmpty() || !query.has.isEmpty();
    const bool namesOnly = query.in == QList{SearchPlace::Names};
    const bool hasDates = query.after > 0 || query.before > 0;
    const auto ofNotesOnly = std::all_of(query.has.begin(), query.has.end(),
        [](const auto &one) { return one.value == SearchMatter::Note && !one.isExcluded; });
    if (hasWords && query.looksIn(SearchPlace::Names) && !ofMessages && !hasDates
        && (namesOnly || m_ask.from.people == 0)) {
        const auto found = people(namesOnly ? m_ask.limit + 1 : FewPeople);
        if (!found)
            return failure(found.error());
        for (const Placed &one : found->first(std::min<qsizetype>(found->size(), m_ask.limit)))
            results.hits.append(one.hit);
        if (namesOnly && found->size() > m_ask.limit)
            results.next = SearchCursor{0, 0, m_ask.from.people + m_ask.limit};
    }
    if (namesOnly)
        return results;
    QList<Placed> noted;
    if (query.looksIn(SearchPlace::Notes) && query.from.isEmpty() && ofNotesOnly) {
        auto found = notes(m_ask.limit + 1);
        if (!found)
            return failure(found.error());
        noted = std::move(*found);
    }
    auto said = messages(m_ask.limit + 1);
    if (!said)
        return failure(said.error());
    merge(results, *said, noted);
    return results;
}

} // namespace

Result<SearchResults> SearchStore::find(Connection &connection, const SearchAsk &ask)
{
    const Watch watch(connection, ask.isCancelled);
    auto scope = SearchScope::load(connection, ask.query, ask.now);
    if (!scope)
        return failure(scope.error());
    auto results = Search(connection, ask, *scope, watch).run();
    if (watch.isCancelled())
        return failure(Error::Kind::Cancelled, u"another search has begun"_s);
    if (results)
        results->problems = scope->problems();
    return results;
}

} // namespace Pagedesk
