// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/threadmodel.h"

#include "models/items/roles.h"

#include <QDateTime>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Pagedesk {

namespace {

QDateTime timeOf(qint64 ms)
{
    return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC) : QDateTime();
}

// What differs between two versions of a message, as roles. A change of something without a role
// (an attachment that was captured, say) counts for all: an empty list, as dataChanged() has it.
QList<int> changedRoles(const Message &before, const Message &after)
{
    QList<int> roles;
    const auto note = [&roles](bool same, std::initializer_list<int> changed) {
        if (!same)
            roles.append(QList<int>(changed));
    };
    note(before.mid == after.mid, {MidRole});
    note(before.text == after.text, {TextRole, Qt::DisplayRole});
    note(before.sentAt == after.sentAt, {SentAtRole});
    note(before.state == after.state, {StateRole});
    note(before.deliveredAt == after.deliveredAt, {DeliveredAtRole});
    note(before.readAt == after.readAt, {ReadAtRole});
    note(before.failure == after.failure, {FailureRole});
    const bool rest = before.attachments == after.attachments && before.author == after.author
        && before.authorName == after.authorName && before.direction == after.direction
        && before.replyTo == after.replyTo;
    return rest ? roles : QList<int>();
}

} // namespace

ThreadModel::ThreadModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

ThreadModel::~ThreadModel() = default;

void ThreadModel::reset(const QList<Message> &messages, bool moreBefore, bool moreAfter)
{
    beginResetModel();
    m_rows.clear();
    m_places.clear();
    m_byMid.clear();
    m_midsKnown = false;
    m_moreBefore = moreBefore;
    m_requested = false;
    m_moreAfter = moreAfter;
    m_newerRequested = false;
    m_rows.reserve(static_cast<size_t>(messages.size()));
    m_places.reserve(messages.size());
    for (auto message = messages.crbegin(); message != messages.crend(); ++message) {
        const qsizetype known = m_places.size();
        Place &place = m_places[message->id];
        if (m_places.size() == known) // of equal ids the last one counts
            continue;
        place = placeOf(*message);
        m_rows.push_back(std::make_unique<Message>(*message));
    }
    std::reverse(m_rows.begin(), m_rows.end());
    const auto before = [](const Row &a, const Row &b) { return isBefore(*a, *b); };
    if (!std::is_sorted(m_rows.begin(), m_rows.end(), before))
        std::sort(m_rows.begin(), m_rows.end(), before);
    endResetModel();
}

void ThreadModel::upsert(const QList<Message> &messages)
{
    QHash<MessageId, const Message *> last;
    for (const Message &message : messages)
        last.insert(message.id, &message);
    QList<Message> known;
    std::vector<Row> fresh;
    for (const Message *message : std::as_const(last)) {
        if (m_places.contains(message->id))
            known.append(*message);
        else
            fresh.push_back(std::make_unique<Message>(*message));
    }
    change(known);
    insert(std::move(fresh));
}

void ThreadModel::remove(const QList<MessageId> &ids)
{
    std::vector<int> rows;
    for (const MessageId &id : ids) {
        if (const int row = rowOf(id); row >= 0)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), std::greater<>());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (size_t i = 0; i < rows.size();) {
        const int end = rows[i];
        int begin = end;
        while (++i < rows.size() && rows[i] == begin - 1)
            --begin;
        beginRemoveRows({}, begin, end);
        for (int row = begin; row <= end; ++row)
            forget(at(row));
        m_rows.erase(m_rows.begin() + begin, m_rows.begin() + end + 1);
        endRemoveRows();
    }
}

void ThreadModel::setMoreBefore(bool moreBefore)
{
    m_requested = false;
    if (m_moreBefore == moreBefore)
        return;
    m_moreBefore = moreBefore;
    Q_EMIT moreBeforeChanged();
}

void ThreadModel::requestOlder()
{
    if (!m_moreBefore || m_requested)
        return;
    m_requested = true;
    Q_EMIT olderRequested();
}

void ThreadModel::setMoreAfter(bool moreAfter)
{
    m_newerRequested = false;
    if (m_moreAfter == moreAfter)
        return;
    m_moreAfter = moreAfter;
    Q_EMIT moreBeforeChanged();
}

void ThreadModel::requestNewer()
{
    if (!m_moreAfter || m_newerRequested)
        return;
    m_newerRequested = true;
    Q_EMIT newerRequested();
}

int ThreadModel::rowFrom(const MessagePlace &place) const
{
    const auto row = std::partition_point(m_rows.begin(), m_rows.end(),
        [&place](const Row &one) { return !isPending(*one) && MessagePlace::of(*one) < place; });
    return static_cast<int>(row - m_rows.begin());
}

int ThreadModel::rowOf(const MessageId &id) const
{
    const auto place = m_places.constFind(id);
    if (place == m_places.cend())
        return -1;
    Message probe;
    probe.id = id;
    probe.direction = Direction::Out;
    probe.state = place->pending ? DeliveryState::Queued : DeliveryState::Sent;
    probe.sentAt = place->sentAt;
    probe.arrival = place->arrival;
    return lowerBound(probe);
}

int ThreadModel::rowOf(const Mid &mid) const
{
    if (mid.isEmpty())
        return -1;
    learnMids();
    const auto id = m_byMid.constFind(mid);
    return id == m_byMid.cend() ? -1 : rowOf(*id);
}

int ThreadModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ThreadModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Message &message = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return message.text;
    case MessageIdRole:
        return message.id.value;
    case MidRole:
        return message.mid.value;
    case DirectionRole:
        return QVariant::fromValue(message.direction);
    case AuthorRole:
        return QVariant::fromValue(message.author);
    case AuthorNameRole:
        return message.authorName;
    case SentAtRole:
        return timeOf(message.sentAt);
    case StateRole:
        return QVariant::fromValue(message.state);
    case DeliveredAtRole:
        return timeOf(message.deliveredAt);
    case ReadAtRole:
        return timeOf(message.readAt);
    case FailureRole:
        return QVariant::fromValue(message.failure);
    case AttachmentCountRole:
        return static_cast<int>(message.attachments.size());
    case ReplyToRole:
        return message.replyTo.value;
    default:
        return {};
    }
}

QHash<int, QByteArray> ThreadModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{MessageIdRole, "messageId"}, {MidRole, "mid"}, {TextRole, "text"},
        {DirectionRole, "direction"}, {AuthorRole, "author"}, {AuthorNameRole, "authorName"},
        {SentAtRole, "sentAt"}, {StateRole, "state"}, {DeliveredAtRole, "deliveredAt"},
        {ReadAtRole, "readAt"}, {FailureRole, "failure"}, {AttachmentCountRole, "attachmentCount"},
        {ReplyToRole, "replyTo"}});
    return names;
}

bool ThreadModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_moreBefore && !m_requested;
}

void ThreadModel::fetchMore(const QModelIndex &parent)
{
    if (!parent.isValid())
        requestOlder();
}

ThreadModel::Place ThreadModel::placeOf(const Message &message)
{
    return {isPending(message), message.sentAt, message.arrival};
}

int ThreadModel::lowerBound(const Message &message) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), message,
        [](const Row &row, const Message &m) { return isBefore(*row, m); });
    return static_cast<int>(std::distance(m_rows.begin(), found));
}

void ThreadModel::remember(const Message &message)
{
    m_places.insert(message.id, placeOf(message));
    if (m_midsKnown && !message.mid.isEmpty())
        m_byMid.insert(message.mid, message.id);
}

void ThreadModel::learnMids() const
{
    if (std::exchange(m_midsKnown, true))
        return;
    m_byMid.reserve(m_places.size());
    for (const Row &row : m_rows) {
        if (!row->mid.isEmpty())
            m_byMid.insert(row->mid, row->id);
    }
}

void ThreadModel::forget(const Message &message)
{
    m_places.remove(message.id);
    if (m_byMid.value(message.mid) == message.id)
        m_byMid.remove(message.mid);
}

void ThreadModel::replace(int row, const Message &message)
{
    Message &kept = *m_rows[static_cast<size_t>(row)];
    if (kept.mid != message.mid)
        forget(kept);
    kept = message;
    remember(message);
}

// The message at `from` gets a new value that may sort elsewhere.
void ThreadModel::move(int from, const Message &message)
{
    // Where the new value belongs among the others; the old one still counts before it.
    int to = lowerBound(message);
    if (to > from)
        --to;
    if (to != from) {
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
        const auto begin = m_rows.begin();
        if (to > from)
            std::rotate(begin + from, begin + from + 1, begin + to + 1);
        else
            std::rotate(begin + to, begin + from, begin + from + 1);
        replace(to, message);
        endMoveRows();
    } else {
        replace(to, message);
    }
    Q_EMIT dataChanged(index(to), index(to));
}

void ThreadModel::change(const QList<Message> &known)
{
    struct Update {
        int row;
        const Message *message;
        QList<int> roles;
    };
    std::vector<Update> inPlace;
    for (const Message &message : known) {
        if (m_places.value(message.id) != placeOf(message))
            move(rowOf(message.id), message);
    }
    for (const Message &message : known) {
        const int row = rowOf(message.id);
        if (at(row) != message)
            inPlace.push_back({row, &message, changedRoles(at(row), message)});
    }
    std::sort(inPlace.begin(), inPlace.end(),
        [](const Update &a, const Update &b) { return a.row < b.row; });
    for (size_t i = 0; i < inPlace.size();) {
        const int first = inPlace[i].row;
        const QList<int> roles = inPlace[i].roles;
        int last = first - 1;
        for (; i < inPlace.size() && inPlace[i].row == last + 1 && inPlace[i].roles == roles; ++i)
            replace(++last, *inPlace[i].message);
        Q_EMIT dataChanged(index(first), index(last), roles);
    }
}

void ThreadModel::insert(std::vector<Row> fresh)
{
    std::sort(
        fresh.begin(), fresh.end(), [](const Row &a, const Row &b) { return isBefore(*a, *b); });
    for (size_t i = 0; i < fresh.size();) {
        const int row = lowerBound(*fresh[i]);
        size_t end = i + 1;
        while (end < fresh.size() && (row == rowCount() || isBefore(*fresh[end], at(row))))
            ++end;
        const auto first = fresh.begin() + static_cast<std::ptrdiff_t>(i);
        const auto last = fresh.begin() + static_cast<std::ptrdiff_t>(end);
        beginInsertRows({}, row, row + static_cast<int>(end - i) - 1);
        std::for_each(first, last, [this](const Row &m) { remember(*m); });
        m_rows.insert(
            m_rows.begin() + row, std::make_move_iterator(first), std::make_move_iterator(last));
        endInsertRows();
        i = end;
    }
}

} // namespace Pagedesk
