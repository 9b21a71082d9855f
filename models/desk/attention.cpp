// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/attention.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Pagedesk {

using namespace std::chrono_literals;

bool AlertSettings::isQuietAt(const QTime &time) const
{
    if (!hasQuietHours || quietFrom == quietTo)
        return false;
    const int minute = time.hour() * 60 + time.minute();
    if (quietFrom < quietTo)
        return minute >= quietFrom && minute < quietTo;
    return minute >= quietFrom || minute < quietTo; // over midnight
}

Attention::Attention(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_gather.setSingleShot(true);
    m_gather.setInterval(300ms);
    connect(&m_gather, &QTimer::timeout, this, &Attention::tell);
    connect(&m_remind, &QTimer::timeout, this, [this] {
        if (!isQuiet())
            Q_EMIT reminded(static_cast<int>(m_told.size()));
    });
}

void Attention::setSettings(const AlertSettings &settings)
{
    m_settings = settings;
    m_remind.stop();
    startReminder();
}

void Attention::setLive(bool live)
{
    m_begun = m_begun || live;
}

void Attention::setLooking(bool isActive, const ConversationId &open)
{
    m_isActive = isActive;
    m_open = open;
    if (isActive)
        settle(open);
}

void Attention::begin(const QList<Conversation> &known)
{
    for (const Conversation &conversation : known) {
        m_known = std::max(m_known, conversation.lastMessageAt);
        if (!m_self.id.isEmpty() && conversation.assignee == m_self.id)
            m_mine.insert(conversation.id);
        if (conversation.state == ConversationState::Snoozed)
            m_snoozed.insert(conversation.id);
    }
}

void Attention::take(const QList<Conversation> &changed)
{
    if (!m_begun) {
        begin(changed);
        return;
    }
    for (const Conversation &conversation : changed)
        look(conversation);
}

void Attention::remove(const QList<ConversationId> &ids)
{
    for (const ConversationId &id : ids) {
        m_seen.remove(id);
        m_mine.remove(id);
        m_snoozed.remove(id);
        settle(id);
    }
}

void Attention::reset()
{
    const QSet<ConversationId> told = m_told;
    for (const ConversationId &id : told)
        settle(id);
    m_begun = false;
    m_known = 0;
    m_seen.clear();
    m_mine.clear();
    m_snoozed.clear();
}

void Attention::look(const Conversation &conversation)
{
    const ConversationId &id = conversation.id;
    const qint64 before = std::max(m_known, m_seen.value(id));
    const bool isNew = conversation.lastMessageAt > before;
    if (isNew)
        m_seen.insert(id, conversation.lastMessageAt);
    const bool isMine = !m_self.id.isEmpty() && conversation.assignee == m_self.id;
    const bool isGiven = isMine && !m_mine.contains(id);
    if (isMine)
        m_mine.insert(id);
    else
        m_mine.remove(id);
    const bool isSnoozed = conversation.state == ConversationState::Snoozed;
    const bool isWoken = m_snoozed.contains(id) && conversation.state == ConversationState::Open;
    if (isSnoozed)
        m_snoozed.insert(id);
    else
        m_snoozed.remove(id);
    const bool isWritten
        = isNew && conversation.lastDirection == Direction::In && conversation.unread > 0;
    if (isWritten)
        note(Alert::Reason::Message, conversation);
    else if (isWoken)
        note(Alert::Reason::Woken, conversation);
    else if (isGiven && !m_isActive) // in the window one sees who did it
        note(Alert::Reason::Given, conversation);
    else if (conversation.unread == 0 && !isSnoozed)
        settle(id);
}

bool Attention::isFor(const Conversation &conversation) const
{
    using About = AlertSettings::About;
    const bool isMine = !m_self.id.isEmpty() && conversation.assignee == m_self.id;
    switch (m_settings.about) {
    case About::Everything:
        return true;
    case About::MineAndUnassigned:
        return isMine
            || (conversation.assignee.isEmpty()
                && (conversation.team.isEmpty() || m_self.teams.contains(conversation.team)));
    case About::Mine:
        return isMine;
    case About::Nothing:
        break;
    }
    return false;
}

void Attention::note(Alert::Reason reason, const Conversation &conversation)
{
    const bool isLookedAt = m_isActive && conversation.id == m_open;
    if (isLookedAt || !isFor(conversation) || isQuiet())
        return;
    m_told.insert(conversation.id);
    m_waiting.removeIf(
        [&conversation](const Alert &other) { return other.conversation.id == conversation.id; });
    m_waiting.append({reason, conversation});
    if (!m_gather.isActive()) // a burst without end is told too
        m_gather.start();
    startReminder();
}

void Attention::settle(const ConversationId &id)
{
    m_waiting.removeIf([&id](const Alert &alert) { return alert.conversation.id == id; });
    if (!m_told.remove(id))
        return;
    if (m_told.isEmpty())
        m_remind.stop();
    Q_EMIT settled(id);
}

void Attention::tell()
{
    const QList<Alert> alerts = std::exchange(m_waiting, {});
    if (!alerts.isEmpty())
        Q_EMIT alerted(alerts);
}

bool Attention::isQuiet() const
{
    return m_settings.isQuietAt(QDateTime::fromMSecsSinceEpoch(m_clock.now()).time());
}

void Attention::startReminder()
{
    if (m_settings.repeatMinutes <= 0 || m_told.isEmpty() || m_remind.isActive())
        return;
    m_remind.start(
        std::chrono::minutes(std::min(m_settings.repeatMinutes, AlertSettings::MostRepeatMinutes)));
}

} // namespace Pagedesk
