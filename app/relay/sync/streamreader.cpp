// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/streamreader.h"

#include "app/relay/ledger/contacts.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/labels.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/people.h"
#include "app/relay/ledger/teams.h"
#include "models/wire/rowsize.h"

#include <algorithm>
#include <limits>

namespace Pagedesk::Relay {

namespace {

using Wire::Entity;

qint64 seqOf(const Entity &entity)
{
    return std::visit([](const auto &value) { return value.seq; }, entity);
}

template <typename T>
bool append(QList<Entity> &entities, const Result<QList<T>> &rows, Result<> &done)
{
    if (!rows) {
        done = failure(rows.error());
        return false;
    }
    for (const T &row : *rows)
        entities.append(row);
    return true;
}

// Rows of one stream, of every kind it carries, on one side of a number.
struct Side {
    Result<QList<Entity>> rows;
    qint64 reach = 0; // beyond this number there may be rows that were not read
    bool complete = true;
};

// `next` is the last number of a list that hit the limit: the other list may only be used so far.
void limitReach(Side &side, qsizetype count, qint64 last, int limit, bool rising)
{
    if (count < limit)
        return;
    side.complete = false;
    side.reach = rising ? std::min(side.reach, last) : std::max(side.reach, last);
}

template <typename T> void take(Side &side, const Result<QList<T>> &rows, int limit, bool rising)
{
    if (!side.rows)
        return;
    Result<> done;
    if (!append(*side.rows, rows, done)) {
        side.rows = failure(done.error());
        return;
    }
    if (!rows->isEmpty())
        limitReach(side, rows->size(), rows->last().seq, limit, rising);
}

void takePage(Side &side, Connection &connection, const PageId &id, qint64 above, qint64 upTo)
{
    const auto page = pageById(connection, id);
    if (!page)
        side.rows = failure(page.error());
    else if (side.rows && *page && (*page)->seq > above && (*page)->seq <= upTo)
        side.rows->append(**page);
}

// As many rows as fit into one frame; at least one.
template <typename Rows> bool cutToFrame(Rows &rows)
{
    qsizetype room = Wire::RowsRoom;
    const auto beyond = std::find_if(rows.begin(), rows.end(), [&room](const Entity &entity) {
        room -= Wire::mostBytes(entity);
        return room < 0;
    });
    const auto cut = std::max<qsizetype>(beyond - rows.begin(), 1);
    if (cut >= rows.size())
        return false;
    rows.resize(cut);
    return true;
}

void order(Side &side, bool rising)
{
    if (!side.rows)
        return;
    auto &rows = *side.rows;
    rows.removeIf([&side, rising](const Entity &entity) {
        return rising ? seqOf(entity) > side.reach : seqOf(entity) < side.reach;
    });
    std::sort(rows.begin(), rows.end(), [rising](const Entity &a, const Entity &b) {
        return rising ? seqOf(a) < seqOf(b) : seqOf(a) > seqOf(b);
    });
    if (cutToFrame(rows)) {
        side.complete = false;
        side.reach = seqOf(rows.last());
    }
}

bool isWorkspace(const QString &stream)
{
    return stream == QLatin1StringView(WorkspaceStream);
}

Side above(Connection &connection, const QString &stream, qint64 after, qint64 upTo, int limit)
{
    Side side{QList<Entity>(), upTo, true};
    if (isWorkspace(stream)) {
        take(side, operatorsAfter(connection, after, upTo, limit), limit, true);
        take(side, teamsAfter(connection, after, upTo, limit), limit, true);
        take(side, labelsAfter(connection, after, upTo, limit), limit, true);
    } else {
        const PageId page{stream};
        take(side, conversationsAfter(connection, page, after, upTo, limit), limit, true);
        take(side, messagesAfter(connection, page, after, upTo, limit), limit, true);
        take(side, contactsAfter(connection, page, after, upTo, limit), limit, true);
        takePage(side, connection, page, after, upTo);
    }
    order(side, true);
    return side;
}

Side below(Connection &connection, const QString &stream, qint64 before, int limit)
{
    Side side{QList<Entity>(), 0, true};
    if (isWorkspace(stream)) {
        take(side, operatorsBelow(connection, before, limit), limit, false);
        take(side, teamsBelow(connection, before, limit), limit, false);
        take(side, labelsBelow(connection, before, limit), limit, false);
    } else {
        const PageId page{stream};
        take(side, conversationsBelow(connection, page, before, limit), limit, false);
        take(side, messagesBelow(connection, page, before, limit), limit, false);
        take(side, contactsBelow(connection, page, before, limit), limit, false);
        takePage(side, connection, page, -1, before - 1);
    }
    order(side, false);
    return side;
}

// Whoever opens a thread wants to know who it is with.
Result<> appendContact(Connection &connection, const ConversationId &id, Wire::Answer &answer)
{
    const auto conversation = conversationById(connection, id);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation)
        return {};
    const auto card = contactCard(connection, **conversation);
    if (!card)
        return failure(card.error());
    if (card->seq > 0)
        answer.entities.append(*card);
    return {};
}

} // namespace

Result<StreamPart> readChanges(
    Connection &connection, const QString &stream, qint64 after, int limit)
{
    const auto head = streamHead(connection, stream);
    if (!head)
        return failure(head.error());
    Side side = above(connection, stream, after, *head, limit);
    if (!side.rows)
        return failure(side.rows.error());
    return StreamPart{{stream, after, side.reach, *side.rows}, !side.complete};
}

Result<Wire::Answer> readHistory(Connection &connection, const Wire::HistoryRequest &request)
{
    Side side = below(connection, request.stream, request.beforeSeq, request.limit);
    if (!side.rows)
        return failure(side.rows.error());
    return Wire::Answer{request.id, *side.rows, side.reach, !side.complete};
}

Result<Wire::Answer> readConversations(
    Connection &connection, const Wire::ConversationsRequest &request)
{
    const auto rows = conversationsByActivity(
        connection, {request.stream}, request.beforeAt, request.beforeId, request.limit);
    if (!rows)
        return failure(rows.error());
    Wire::Answer answer{request.id, {}, 0, rows->size() == request.limit};
    if (request.beforeAt == 0) {
        const auto page = pageById(connection, {request.stream});
        if (!page)
            return failure(page.error());
        if (*page)
            answer.entities.append(**page);
    }
    for (const Conversation &row : *rows)
        answer.entities.append(row);
    answer.more = cutToFrame(answer.entities) || answer.more;
    return answer;
}

Result<Wire::Answer> readThread(Connection &connection, const Wire::ThreadRequest &request)
{
    const auto rows = threadBefore(
        connection, request.conversationId, request.beforeAt, request.beforeArrival, request.limit);
    if (!rows)
        return failure(rows.error());
    Wire::Answer answer{request.id, {}, 0, rows->size() == request.limit};
    if (request.beforeAt == 0) {
        if (auto added = appendContact(connection, request.conversationId, answer); !added)
            return failure(added.error());
    }
    for (const Message &row : *rows)
        answer.entities.append(row);
    answer.more = cutToFrame(answer.entities) || answer.more;
    return answer;
}

Result<QList<Wire::StreamInfo>> readStreams(Connection &connection, const PageScope &scope)
{
    const auto pages = allPages(connection);
    if (!pages)
        return failure(pages.error());
    QStringList names{QString::fromLatin1(WorkspaceStream)};
    for (const Page &page : *pages) {
        if (page.state != PageState::Removed && scope.allows(page.id))
            names.append(page.id.value);
    }
    QList<Wire::StreamInfo> streams;
    for (const QString &name : std::as_const(names)) {
        const auto head = streamHead(connection, name);
        if (!head)
            return failure(head.error());
        streams.append({name, *head, false});
    }
    return streams;
}

} // namespace Pagedesk::Relay
