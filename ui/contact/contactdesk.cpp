// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/contactdesk.h"

#include "ui/errortext.h"

#include <algorithm>

namespace Pagedesk::Ui {

namespace {

constexpr qsizetype MostCandidates = 50;

// What a relay or a rule says in words is more than its kind says.
QString problemText(const Error &error)
{
    const bool hasWords
        = error.kind == Error::Kind::Rejected || error.kind == Error::Kind::TooLarge;
    if (!hasWords || error.detail.isEmpty())
        return errorText(error);
    return ContactDesk::tr("Not done: %1.").arg(error.detail);
}

} // namespace

ContactDesk::ContactDesk(Contacts &contacts, InboxFeed &inbox, QObject *parent)
    : QObject(parent)
    , m_contacts(contacts)
    , m_inbox(inbox)
{
    connect(&contacts, &Contacts::changed, this, [this](const QSet<ConversationId> &changed) {
        const bool isShown = changed.contains(m_shown)
            || std::any_of(changed.begin(), changed.end(),
                [this](const ConversationId &id) { return m_group.contains(id); });
        if (isShown)
            load();
    });
    // A person may arrive after what Meta says of them.
    const auto complete = [this] {
        if (m_isPartial)
            load();
    };
    connect(&inbox.conversations(), &QAbstractItemModel::rowsInserted, this, complete);
    connect(&inbox.conversations(), &QAbstractItemModel::modelReset, this, complete);
    connect(
        &contacts, &Contacts::refused, this, [this](const ConversationId &id, const Error &error) {
            if (id == m_shown && m_panel)
                m_panel->showProblem(problemText(error));
        });
}

void ContactDesk::attach(ContactPanel &panel)
{
    m_panel = &panel;
    connect(&panel, &ContactPanel::edited, this, [this](const QList<ContactEdit> &edits) {
        tell(m_contacts.edit(m_shown, edits));
        loadNames();
    });
    connect(&panel, &ContactPanel::noteAdded, this,
        [this](const QString &text) { tell(m_contacts.addNote(m_shown, text)); });
    connect(&panel, &ContactPanel::noteRemoved, this,
        [this](const QString &id) { tell(m_contacts.removeNote(m_shown, id)); });
    connect(&panel, &ContactPanel::refreshRequested, this,
        [this] { tell(m_contacts.refresh(m_shown)); });
    connect(&panel, &ContactPanel::merged, this,
        [this](const ConversationId &other) { tell(m_contacts.merge(m_shown, other)); });
    connect(&panel, &ContactPanel::parted, this,
        [this](const ConversationId &one) { tell(m_contacts.unmerge(one)); });
    connect(&panel, &ContactPanel::declined, this,
        [this](const QString &id) { tell(m_contacts.declineSuggestion(m_shown, id)); });
    connect(&panel, &ContactPanel::openRequested, this, &ContactDesk::openRequested);
    loadNames();
}

void ContactDesk::show(const ContactPanel::Facts &facts)
{
    if (!m_panel)
        return;
    const bool isOther = std::exchange(m_shown, facts.conversation.id) != m_shown;
    if (isOther) {
        m_group.clear();
        m_isPartial = false;
        m_pages = {facts.conversation.contact.pageId};
    }
    m_panel->setFacts(facts);
    if (isOther)
        load();
}

void ContactDesk::load()
{
    m_contacts.load(m_shown).then(this, [this, id = m_shown](const Result<ContactView> &view) {
        if (view && id == m_shown)
            take(*view);
    });
}

void ContactDesk::take(const ContactView &view)
{
    m_group.clear();
    m_pages = {view.card.pageId};
    QList<PersonLinks::Entry> others;
    for (const ContactCard &card : view.others) {
        m_group.insert(card.id);
        m_pages.insert(card.pageId);
        if (const auto entry = entryOf(card.id))
            others.append(*entry);
    }
    m_panel->setView(view, others, suggestionsOf(view));
}

// Only what can be done: the Pages' settings allow it, and the person is not known there already.
QList<PersonLinks::Suggestion> ContactDesk::suggestionsOf(const ContactView &view)
{
    m_isPartial = false;
    QList<PersonLinks::Suggestion> suggestions;
    const auto self = entryOf(view.card.id);
    for (const ContactView::Suggestion &suggestion : view.suggestions) {
        const auto entry = entryOf(suggestion.other.id);
        m_isPartial = m_isPartial || !entry;
        const bool mayAsk = self && entry && self->page.settings.mayAskForMatches()
            && entry->page.settings.mayAskForMatches();
        if (mayAsk && !m_pages.contains(suggestion.other.pageId))
            suggestions.append({suggestion.id, *entry});
    }
    return suggestions;
}

void ContactDesk::loadNames()
{
    m_contacts.fieldNames().then(this, [this](const Result<QStringList> &names) {
        if (names && m_panel)
            m_panel->setFieldNames(*names);
    });
}

void ContactDesk::tell(const Task<> &task)
{
    m_panel->showProblem({});
    Task<> running = task;
    running.then(this, [this, id = m_shown](const Result<> &done) {
        if (!done && id == m_shown)
            m_panel->showProblem(problemText(done.error()));
    });
}

std::optional<PersonLinks::Entry> ContactDesk::entryOf(const ConversationId &id) const
{
    const ConversationListModel &list = m_inbox.conversations();
    const auto *row = list.find(id);
    if (row == nullptr)
        return std::nullopt;
    return PersonLinks::Entry{row->conversation, list.pageOf(row->conversation)};
}

QList<PersonLinks::Entry> ContactDesk::candidates(const QString &words) const
{
    const ConversationListModel &list = m_inbox.conversations();
    QList<PersonLinks::Entry> found;
    for (int i = 0; i < list.rowCount() && found.size() < MostCandidates; ++i) {
        const Conversation &conversation = list.row(i).conversation;
        const Contact &contact = conversation.contact;
        if (m_pages.contains(contact.pageId) || !list.pageOf(conversation).settings.mergePeople)
            continue;
        const bool matches = words.isEmpty() || contact.name.contains(words, Qt::CaseInsensitive)
            || contact.psid.value.endsWith(words);
        if (matches)
            found.append({conversation, list.pageOf(conversation)});
    }
    std::stable_sort(found.begin(), found.end(),
        [&words](const PersonLinks::Entry &a, const PersonLinks::Entry &b) {
            const auto isSame = [&words](const PersonLinks::Entry &entry) {
                return entry.conversation.contact.name.compare(words, Qt::CaseInsensitive) == 0;
            };
            return isSame(a) > isSame(b);
        });
    return found;
}

} // namespace Pagedesk::Ui
