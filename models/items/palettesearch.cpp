// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/palettesearch.h"

#include <algorithm>

namespace Pagedesk {

namespace {

constexpr int RecentBonus = 12;
constexpr int ActionBonus = 6;
constexpr int PageBonus = 3;

int bonusOf(PaletteSearch::Kind kind)
{
    switch (kind) {
    case PaletteSearch::Kind::Action:
    case PaletteSearch::Kind::Verb:
        return ActionBonus;
    case PaletteSearch::Kind::Page:
        return PageBonus;
    case PaletteSearch::Kind::Conversation:
        return 0;
    }
    return 0;
}

bool isBetter(const PaletteSearch::Hit &one, const PaletteSearch::Hit &other)
{
    if (one.entry.isAvailable != other.entry.isAvailable)
        return one.entry.isAvailable;
    if (one.score != other.score)
        return one.score > other.score;
    return one.at > other.at;
}

} // namespace

PaletteSearch::PaletteSearch(
    const ConversationListModel &conversations, NameOf nameOf, QObject *parent)
    : QObject(parent)
    , m_conversations(conversations)
    , m_nameOf(std::move(nameOf))
{
    m_step.setInterval(0);
    connect(&m_step, &QTimer::timeout, this, &PaletteSearch::step);
    // What a candidate is called may have changed too, but not so that somebody would look for it
    // in the same moment.
    const auto again = [this] {
        if (m_isOpen) {
            forgetConversations();
            restart();
        }
    };
    connect(&conversations, &QAbstractItemModel::modelReset, this, again);
    connect(&conversations, &QAbstractItemModel::rowsInserted, this, again);
    connect(&conversations, &QAbstractItemModel::rowsRemoved, this, again);
}

void PaletteSearch::begin(
    const QList<Entry> &entries, const Verbs &verbs, const QStringList &recent)
{
    m_entries = entries;
    m_verbs = verbs;
    m_recent = recent;
    m_isOpen = true;
    m_text.clear();
    forgetConversations();
    restart();
}

void PaletteSearch::end()
{
    m_isOpen = false;
    m_step.stop();
    m_entries.clear();
    m_hits.clear();
    forgetConversations();
}

void PaletteSearch::setText(const QString &text)
{
    if (text == m_text)
        return;
    narrow(text);
    restart();
}

// What fits a longer text fits its beginning too: only that has to be looked at again.
void PaletteSearch::narrow(const QString &text)
{
    const bool isNarrower = isDone() && !m_words.isEmpty() && text.startsWith(m_text);
    m_pool = isNarrower ? std::move(m_fitting) : std::vector<int>();
    m_usesPool = isNarrower;
    m_text = text;
}

void PaletteSearch::restart()
{
    const std::optional<Kind> before = m_only;
    m_words = foldedWords(m_text);
    m_only.reset();
    for (const auto &[kind, verb] :
        {std::pair(Kind::Conversation, m_verbs.conversation), {Kind::Page, m_verbs.page}}) {
        const QString begin = foldedLetters(verb) + u' ';
        if (!verb.isEmpty() && foldedLetters(m_text).startsWith(begin)) {
            m_only = kind;
            m_words = foldedWords(m_text.mid(begin.size()));
            break;
        }
    }
    m_usesPool = m_usesPool && before == m_only;
    m_hits.clear();
    m_fitting.clear();
    m_next = 0;
    m_lastWork = 0;
    if (m_words.isEmpty() && !m_only)
        takeRecent();
    else
        matchEntries();
    const bool wantsConversations = m_only == Kind::Conversation || (!m_only && !m_words.isEmpty());
    m_step.stop();
    if (wantsConversations) {
        m_step.start();
        step();
    } else {
        Q_EMIT changed();
    }
}

// Nothing is typed: what was run last, then everything else in its order.
void PaletteSearch::takeRecent()
{
    QList<Entry> rest = m_entries;
    for (const QString &id : std::as_const(m_recent)) {
        const auto known = std::find_if(
            rest.cbegin(), rest.cend(), [&id](const Entry &entry) { return entry.id == id; });
        if (known != rest.cend()) {
            m_hits.append({*known, {}, 0, 0});
            rest.erase(known);
        } else if (const auto *row = m_conversations.find(ConversationId{id})) {
            m_hits.append(
                {{Kind::Conversation, id, m_nameOf(row->conversation.contact)}, {}, 0, 0});
        }
    }
    for (const Entry &entry : std::as_const(rest)) {
        if (entry.kind != Kind::Page)
            m_hits.append({entry, {}, 0, 0});
    }
}

void PaletteSearch::matchEntries()
{
    for (const Entry &entry : std::as_const(m_entries)) {
        if (m_only && entry.kind != *m_only)
            continue;
        auto match = fuzzyMatch(m_words, foldedLetters(entry.title));
        if (!match)
            continue;
        const int recent = m_recent.contains(entry.id) ? RecentBonus : 0;
        add({entry, match->places, match->score + bonusOf(entry.kind) + recent, 0});
    }
}

void PaletteSearch::step()
{
    const bool isFirst = m_next == 0;
    const bool isNew = scan();
    const auto end = m_usesPool ? m_pool.size() : static_cast<size_t>(m_conversations.rowCount());
    if (static_cast<size_t>(m_next) >= end)
        m_step.stop();
    if (isNew || isFirst)
        Q_EMIT changed();
}

bool PaletteSearch::scan()
{
    const int end = m_usesPool ? static_cast<int>(m_pool.size()) : m_conversations.rowCount();
    const int stop = std::min(end, m_next + StepSize);
    m_lastWork = stop - m_next;
    bool isNew = false;
    for (; m_next < stop; ++m_next) {
        const int number = m_usesPool ? m_pool[static_cast<size_t>(m_next)] : m_next;
        if (static_cast<size_t>(number) == m_candidates.size()) {
            const Conversation &conversation = m_conversations.row(number).conversation;
            const QString name = m_nameOf(conversation.contact);
            m_candidates.push_back(
                {conversation.id, name, foldedLetters(name), conversation.lastMessageAt});
        }
        const Candidate &candidate = m_candidates[static_cast<size_t>(number)];
        auto match = fuzzyMatch(m_words, candidate.folded);
        if (!match)
            continue;
        m_fitting.push_back(number);
        const int recent = m_recent.contains(candidate.id.value) ? RecentBonus : 0;
        isNew |= add({{Kind::Conversation, candidate.id.value, candidate.name}, match->places,
            match->score + recent, candidate.at});
    }
    return isNew;
}

bool PaletteSearch::add(Hit hit)
{
    if (m_hits.size() >= MostHits && !isBetter(hit, m_hits.constLast()))
        return false;
    const auto place = std::upper_bound(m_hits.cbegin(), m_hits.cend(), hit, isBetter);
    m_hits.insert(place, std::move(hit));
    if (m_hits.size() > MostHits)
        m_hits.removeLast();
    return true;
}

void PaletteSearch::forgetConversations()
{
    m_candidates.clear();
    m_fitting.clear();
    m_pool.clear();
    m_usesPool = false;
}

} // namespace Pagedesk
