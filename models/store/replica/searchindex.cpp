// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/searchindex.h"

#include "models/domain/contactjson.h"
#include "models/store/replica/contactstore.h"
#include "models/store/replica/messagerows.h"
#include "models/store/replica/searchterms.h"
#include "models/store/replica/steps.h"

#include <map>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *MessageIndex = "message_index";
constexpr const char *LoadState = "SELECT version, messages_from, contacts_to FROM index_state";
constexpr const char *SaveState
    = "UPDATE index_state SET version = ?, messages_from = ?, contacts_to = ?";
constexpr const char *AddMessage = "INSERT INTO message_index (rowid, words) VALUES (?, ?)";
constexpr const char *TakeMessage
    = "INSERT INTO message_index (message_index, rowid, words) VALUES ('delete', ?, ?)";
constexpr const char *AddContact = "INSERT INTO contact_index (rowid, words) VALUES (?, ?)";
constexpr const char *TakeContact
    = "INSERT INTO contact_index (contact_index, rowid, words) VALUES ('delete', ?, ?)";
constexpr const char *TextsOf
    = "SELECT row, kind, note_id, at, author, text FROM contact_text WHERE conversation_id = ?";
constexpr const char *AddText = "INSERT INTO contact_text (conversation_id, kind, note_id, at, "
                                "author, text) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char *RemoveText = "DELETE FROM contact_text WHERE row = ?";
constexpr const char *TextsOfPage = "SELECT row, kind, text FROM contact_text "
                                    "WHERE conversation_id >= ? AND conversation_id < ?";
constexpr const char *NameOf = "SELECT name FROM conversation WHERE id = ?";
constexpr const char *NextConversations
    = "SELECT id FROM conversation WHERE id > ? ORDER BY id LIMIT ?";
constexpr const char *RowsBelow
    = "SELECT " PAGEDESK_MESSAGE_COLUMNS " FROM message WHERE row < ? ORDER BY row DESC LIMIT ?";
constexpr const char *NextRow = "SELECT coalesce(max(row), 0) + 1 FROM message";

const QString AllContacts = u"~"_s; // after every id
constexpr int StateVersion = SearchWordsVersion * 1000 + int(QChar::Unicode_14_0);

struct State {
    int version = 0;
    qint64 messagesFrom = 0;
    QString contactsTo;
};

Result<State> loadState(Connection &connection)
{
    const auto state = connection.one(LoadState, {}, [](const Row &row) {
        return State{row.number(0), row.integer(1), row.text(2)};
    });
    if (!state)
        return failure(state.error());
    return state->value_or(State{});
}

Result<> saveState(Connection &connection, const State &state)
{
    return done(connection.exec(SaveState, {StateVersion, state.messagesFrom, state.contactsTo}));
}

// What a transaction takes out of an index and puts into it, by number. The index has to be told
// what it holds of a row to take that out.
class Changes {
public:
    void take(qint64 number, const QString &terms)
    {
        if (number == 0) // it never fitted
            return;
        Change &change = m_changes[number];
        if (!std::exchange(change.added, {}).isEmpty())
            return; // it was never written
        if (change.taken.isEmpty())
            change.taken = terms;
    }
    void add(qint64 number, const QString &terms) { m_changes[number].added = terms; }
    Result<> write(Connection &connection, const char *take, const char *add) const
    {
        for (const auto &[number, change] : m_changes) {
            if (change.taken == change.added)
                continue;
            if (!change.taken.isEmpty()) {
                if (const auto gone = connection.exec(take, {number, change.taken}); !gone)
                    return done(gone);
            }
            if (!change.added.isEmpty()) {
                if (const auto here = connection.exec(add, {number, change.added}); !here)
                    return done(here);
            }
        }
        return {};
    }

private:
    struct Change {
        QString taken;
        QString added;
    };
    std::map<qint64, Change> m_changes; // rising: the index would begin anew at each step back
};

class IndexChanges : public PostponedRows {
public:
    explicit IndexChanges(qint64 from)
        : messagesFrom(from)
    {
    }
    Result<> write(Connection &connection) override
    {
        return inOrder([&] { return messages.write(connection, TakeMessage, AddMessage); },
            [&] { return contacts.write(connection, TakeContact, AddContact); });
    }

    const qint64 messagesFrom; // rows below are not in the index yet
    Changes messages;
    Changes contacts;
};

Result<IndexChanges *> changesOf(Connection &connection)
{
    if (auto *known = dynamic_cast<IndexChanges *>(connection.postponed()))
        return known;
    const auto state = loadState(connection);
    if (!state)
        return failure(state.error());
    auto made = std::make_unique<IndexChanges>(state->messagesFrom);
    IndexChanges *changes = made.get();
    connection.postpone(MessageIndex, std::move(made));
    return changes;
}

bool isSame(const Message &a, const Message &b)
{
    const auto names = [](const Attachment &x, const Attachment &y) {
        return x.kind == y.kind && x.name == y.name;
    };
    return a.text == b.text && a.sentAt == b.sentAt && a.conversationId == b.conversationId
        && a.pageId == b.pageId && a.direction == b.direction && a.author == b.author
        && a.authorName == b.authorName && (a.details.unsentAt > 0) == (b.details.unsentAt > 0)
        && std::equal(a.attachments.begin(), a.attachments.end(), b.attachments.begin(),
            b.attachments.end(), names);
}

// A text that stands, or is to stand, in contact_text.
struct ContactText {
    qint64 row = 0;
    int kind = 0;
    QString noteId;
    qint64 at = 0;
    QString author;
    QString text;

    bool isSame(const ContactText &other) const
    {
        return kind == other.kind && noteId == other.noteId && at == other.at
            && author == other.author && text == other.text;
    }
};

QString contactTerms(int kind, const QString &text)
{
    return u"_k%1"_s.arg(kind) + SearchTerms::ofText(text);
}

// Names and fields a line each.
QList<ContactText> textsFor(const QString &name, const ContactCard &card)
{
    QList<ContactText> texts;
    QStringList names;
    for (const QString &one : {name, card.corrections.name, card.profile.name,
             (card.profile.firstName + u' ' + card.profile.lastName).trimmed()}) {
        if (!one.isEmpty() && !names.contains(one))
            names.append(one);
    }
    if (!names.isEmpty())
        texts.append({0, 1, {}, 0, {}, names.join(u'\n')});
    for (const ContactNote &note : card.notes)
        texts.append({0, 2, note.id, note.at, note.authorName, note.text});
    QStringList fields;
    for (const CustomField &field : card.fields)
        fields.append(field.name + u": "_s + field.value);
    if (!fields.isEmpty())
        texts.append({0, 3, {}, 0, {}, fields.join(u'\n')});
    return texts;
}

Result<> removeText(Connection &connection, const ContactText &text)
{
    const auto changes = changesOf(connection);
    if (!changes)
        return done(changes);
    (*changes)->contacts.take(text.row, contactTerms(text.kind, text.text));
    return done(connection.exec(RemoveText, {text.row}));
}

Result<> addText(Connection &connection, const ConversationId &id, const ContactText &text)
{
    const auto changes = changesOf(connection);
    if (!changes)
        return done(changes);
    const auto added = connection.exec(
        AddText, {id.value, text.kind, text.noteId, text.at, text.author, text.text});
    if (added)
        (*changes)->contacts.add(connection.lastInsertId(), contactTerms(text.kind, text.text));
    return done(added);
}

Result<QList<ContactText>> wantedTexts(Connection &connection, const ConversationId &id)
{
    const auto name
        = connection.one(NameOf, {id.value}, [](const Row &row) { return row.text(0); });
    if (!name)
        return failure(name.error());
    if (!*name) // its contact may come first, or stay when it is gone: nothing leads there
        return QList<ContactText>();
    const auto card = ContactStore::find(connection, id);
    if (!card)
        return failure(card.error());
    return textsFor(**name, card->value_or(ContactCard()));
}

Result<> indexMessages(Connection &connection, State &state, int limit, qint64 &count)
{
    const auto rows = MessageRows::readWithRows(connection, RowsBelow, {state.messagesFrom, limit});
    if (!rows)
        return done(rows);
    Changes changes;
    for (const auto &[row, message] : *rows) {
        if (const qint64 place = SearchTerms::place(message.sentAt, row); place > 0)
            changes.add(place, SearchTerms::ofMessage(message));
        state.messagesFrom = row;
    }
    count = rows->size();
    if (count < limit)
        state.messagesFrom = 0;
    return changes.write(connection, TakeMessage, AddMessage);
}

Result<> indexContacts(Connection &connection, State &state, int limit)
{
    const auto ids = connection.all(NextConversations, {state.contactsTo, limit},
        [](const Row &row) { return ConversationId{row.text(0)}; });
    if (!ids)
        return done(ids);
    for (const ConversationId &id : *ids) {
        if (const auto taken = SearchIndex::contactChanged(connection, id); !taken)
            return taken;
    }
    state.contactsTo = ids->size() < limit ? AllContacts : ids->constLast().value;
    return connection.writePostponed();
}

Result<> empty(Connection &connection)
{
    const auto run = [&connection](const char *sql) { return done(connection.exec(sql)); };
    return inOrder([&] { return connection.writePostponed(); },
        [&] { return run("INSERT INTO message_index (message_index) VALUES ('delete-all')"); },
        [&] { return run("INSERT INTO contact_index (contact_index) VALUES ('delete-all')"); },
        [&] { return run("DELETE FROM contact_text"); });
}

Result<IndexProgress> progressOf(Connection &connection, const State &state)
{
    const auto next = connection.one(NextRow, {}, [](const Row &row) { return row.integer(0); });
    if (!next)
        return failure(next.error());
    IndexProgress progress;
    progress.all = next->value_or(1) - 1;
    progress.done = std::clamp<qint64>(progress.all - state.messagesFrom + 1, 0, progress.all);
    progress.isComplete = state.messagesFrom == 0 && state.contactsTo == AllContacts;
    return progress;
}

} // namespace

Result<> SearchIndex::replace(
    Connection &connection, qint64 row, const std::optional<Message> &before, const Message &after)
{
    if (before && isSame(*before, after))
        return {};
    const auto changes = changesOf(connection);
    if (!changes)
        return done(changes);
    if (row < (*changes)->messagesFrom)
        return {}; // its turn comes
    if (before) {
        (*changes)->messages.take(
            SearchTerms::place(before->sentAt, row), SearchTerms::ofMessage(*before));
    }
    if (const qint64 place = SearchTerms::place(after.sentAt, row); place > 0)
        (*changes)->messages.add(place, SearchTerms::ofMessage(after));
    return {};
}

Result<> SearchIndex::remove(Connection &connection, qint64 row, const Message &before)
{
    const auto changes = changesOf(connection);
    if (!changes)
        return done(changes);
    if (row >= (*changes)->messagesFrom) {
        (*changes)->messages.take(
            SearchTerms::place(before.sentAt, row), SearchTerms::ofMessage(before));
    }
    return {};
}

Result<> SearchIndex::startOver(Connection &connection)
{
    const auto next = connection.one(NextRow, {}, [](const Row &row) { return row.integer(0); });
    if (!next)
        return done(next);
    return inOrder([&] { return empty(connection); },
        [&] {
            return saveState(connection, {StateVersion, next->value_or(1), {}});
        });
}

Result<> SearchIndex::contactChanged(Connection &connection, const ConversationId &id)
{
    const auto stored = connection.all(TextsOf, {id.value}, [](const Row &row) {
        return ContactText{
            row.integer(0), row.number(1), row.text(2), row.integer(3), row.text(4), row.text(5)};
    });
    if (!stored)
        return done(stored);
    auto wanted = wantedTexts(connection, id);
    if (!wanted)
        return done(wanted);
    for (const ContactText &text : *stored) {
        const auto same = std::find_if(wanted->begin(), wanted->end(),
            [&text](const ContactText &other) { return other.isSame(text); });
        if (same != wanted->end()) {
            wanted->erase(same);
            continue;
        }
        if (const auto removed = removeText(connection, text); !removed)
            return removed;
    }
    for (const ContactText &text : std::as_const(*wanted)) {
        if (const auto added = addText(connection, id, text); !added)
            return added;
    }
    return {};
}

Result<> SearchIndex::removeContacts(Connection &connection, const PageId &page)
{
    // A conversation's id begins with its Page's: see conversationId(). '.' comes after '-'.
    const auto texts
        = connection.all(TextsOfPage, {page.value + u'-', page.value + u'.'}, [](const Row &row) {
              return ContactText{row.integer(0), row.number(1), {}, 0, {}, row.text(2)};
          });
    if (!texts)
        return done(texts);
    for (const ContactText &text : *texts) {
        if (const auto removed = removeText(connection, text); !removed)
            return removed;
    }
    return {};
}

Result<IndexProgress> SearchIndex::step(Connection &connection, int limit)
{
    if (const auto written = connection.writePostponed(); !written)
        return failure(written.error());
    auto state = loadState(connection);
    if (!state)
        return failure(state.error());
    Result<> did;
    if (state->version != StateVersion && state->version != 0) {
        // Another version has cut words in another way.
        did = startOver(connection);
        if (did)
            state = loadState(connection);
    }
    qint64 count = 0;
    if (did && state && state->messagesFrom > 0)
        did = indexMessages(connection, *state, limit, count);
    if (did && state && state->contactsTo != AllContacts && count < limit)
        did = indexContacts(connection, *state, limit);
    if (did && state)
        did = saveState(connection, *state);
    if (!did)
        return failure(did.error());
    if (!state)
        return failure(state.error());
    return progressOf(connection, *state);
}

} // namespace Pagedesk
