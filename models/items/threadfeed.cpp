// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/threadfeed.h"

namespace Pagedesk {

namespace {

constexpr int FirstMessages = 60; // more than any window shows
constexpr int OlderMessages = 200;
constexpr int MessagesAround = 60; // on each side

} // namespace

ThreadFeed::ThreadFeed(Threads &threads, QObject *parent)
    : QObject(parent)
    , m_threads(threads)
{
    connect(&m_model, &ThreadModel::olderRequested, this, &ThreadFeed::loadOlder);
    connect(&m_model, &ThreadModel::newerRequested, this, &ThreadFeed::loadNewer);
    connect(&threads, &Threads::messagesChanged, this,
        [this](const ConversationId &id, const QList<Message> &messages) {
            if (id == m_current)
                change(messages);
        });
    connect(&threads, &Threads::messagesRemoved, this,
        [this](const ConversationId &id, const QList<MessageId> &ids) {
            if (id == m_current)
                remove(ids);
        });
}

void ThreadFeed::open(const ConversationId &id)
{
    if (id == m_current)
        return;
    m_current = id;
    ++m_generation;
    m_model.reset({}, false);
    if (!id.isEmpty())
        reload();
}

void ThreadFeed::reload()
{
    if (m_current.isEmpty())
        return;
    m_loading = true;
    m_whileLoading.clear();
    const quint64 generation = ++m_generation;
    m_threads.newest(m_current, FirstMessages)
        .then(this, [this, generation](const Result<Threads::Slice> &slice) {
            if (generation != m_generation)
                return;
            if (slice) {
                finishLoading(*slice);
                return;
            }
            m_loading = false;
            Q_EMIT failed(slice.error());
        });
}

void ThreadFeed::showAround(const MessagePlace &place)
{
    if (m_current.isEmpty())
        return;
    if (!m_loading && isLoaded(place)) {
        locate(place);
        return;
    }
    m_loading = true;
    m_whileLoading.clear();
    const quint64 generation = ++m_generation;
    m_threads.around(m_current, place, MessagesAround)
        .then(this, [this, generation, place](const Result<Threads::Slice> &slice) {
            if (generation != m_generation)
                return;
            if (slice) {
                take(*slice);
                locate(place);
                return;
            }
            m_isReadingNewer = false;
            finishReading();
            m_model.setMoreBefore(m_model.hasMoreBefore()); // what was asked for is forgotten
            m_model.setMoreAfter(m_model.hasMoreAfter());
            Q_EMIT failed(slice.error());
        });
}

bool ThreadFeed::isLoaded(const MessagePlace &place) const
{
    const int count = m_model.rowCount();
    if (count == 0)
        return false;
    const bool beginsBefore
        = !m_model.hasMoreBefore() || !(place < MessagePlace::of(m_model.at(0)));
    const bool endsAfter
        = !m_model.hasMoreAfter() || !(MessagePlace::of(m_model.at(count - 1)) < place);
    return beginsBefore && endsAfter;
}

void ThreadFeed::locate(const MessagePlace &place)
{
    const int row = m_model.rowFrom(place);
    Q_EMIT located(row < m_model.rowCount() ? m_model.at(row).id : MessageId());
}

qint64 ThreadFeed::newestFromCustomerAt() const
{
    for (int row = m_model.rowCount() - 1; row >= 0; --row) {
        if (m_model.at(row).direction == Direction::In)
            return m_model.at(row).sentAt;
    }
    return 0;
}

qint64 ThreadFeed::beganAt() const
{
    const bool whole = !m_model.hasMoreBefore() && m_model.rowCount() > 0;
    return whole ? m_model.at(0).sentAt : 0;
}

void ThreadFeed::finishLoading(const Threads::Slice &slice)
{
    take(slice);
    Q_EMIT loaded();
}

void ThreadFeed::take(const Threads::Slice &slice)
{
    m_model.reset(slice.messages, slice.moreBefore, slice.moreAfter);
    m_isReadingNewer = false;
    m_missed.clear();
    finishReading();
}

void ThreadFeed::finishReading()
{
    m_loading = false;
    // What was committed while we read may be missing in what was read.
    for (const auto &apply : std::exchange(m_whileLoading, {}))
        apply();
}

void ThreadFeed::loadOlder()
{
    if (m_model.rowCount() == 0)
        return;
    const quint64 generation = m_generation;
    m_threads.before(m_current, m_model.at(0), OlderMessages)
        .then(this, [this, generation](const Result<Threads::Slice> &slice) {
            if (generation != m_generation)
                return;
            if (slice) {
                m_model.upsert(slice->messages);
                m_model.setMoreBefore(slice->moreBefore);
                return;
            }
            m_model.setMoreBefore(true); // asked for again when it is scrolled to again
            Q_EMIT failed(slice.error());
        });
}

void ThreadFeed::loadNewer()
{
    if (m_model.rowCount() == 0)
        return;
    m_isReadingNewer = true;
    const quint64 generation = m_generation;
    m_threads.after(m_current, m_model.at(m_model.rowCount() - 1), OlderMessages)
        .then(this, [this, generation](const Result<Threads::Slice> &slice) {
            if (generation != m_generation)
                return;
            m_isReadingNewer = false;
            if (slice) {
                m_model.upsert(slice->messages);
                m_model.setMoreAfter(slice->moreAfter);
                upsert(std::exchange(m_missed, {}));
                return;
            }
            m_model.setMoreAfter(true);
            Q_EMIT failed(slice.error());
        });
}

void ThreadFeed::change(const QList<Message> &messages)
{
    if (m_loading)
        m_whileLoading.append([this, messages] { upsert(messages); });
    else
        upsert(messages);
}

void ThreadFeed::upsert(const QList<Message> &messages)
{
    // History that arrives in the background stays out until it is scrolled to: between it and
    // what is loaded there may be a gap.
    const bool cut = m_model.hasMoreBefore() && m_model.rowCount() > 0;
    const bool cutAfter = m_model.hasMoreAfter() && m_model.rowCount() > 0;
    const auto isOutside = [this, cut, cutAfter](const Message &message) {
        return (cut && isBefore(message, m_model.at(0)))
            || (cutAfter && isBefore(m_model.at(m_model.rowCount() - 1), message));
    };
    QList<Message> shown;
    for (const Message &message : messages) {
        if (!isOutside(message) || m_model.rowOf(message.id) >= 0)
            shown.append(message);
        else if (m_isReadingNewer)
            m_missed.append(message); // perhaps not in what is being read
    }
    m_model.upsert(shown);
}

void ThreadFeed::remove(const QList<MessageId> &ids)
{
    m_missed.removeIf([&ids](const Message &message) { return ids.contains(message.id); });
    if (m_loading)
        m_whileLoading.append([this, ids] { m_model.remove(ids); });
    else
        m_model.remove(ids);
}

} // namespace Pagedesk
