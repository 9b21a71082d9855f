// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/pageprobe.h"

#include "models/desk/outbox.h"
#include "models/desk/threads.h"

#include <QRandomGenerator>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int WordLetters = 5;

// Easy to type on a phone, and hardly written by anybody else.
QString newWord()
{
    constexpr std::string_view Letters = "abcdefghjkmnpqrstuvwxyz";
    QString word = u"test-"_s;
    for (int i = 0; i < WordLetters; ++i) {
        const auto place = QRandomGenerator::global()->bounded(static_cast<int>(Letters.size()));
        word += QLatin1Char(Letters[static_cast<size_t>(place)]);
    }
    return word;
}

} // namespace

PageProbe::PageProbe(Threads &threads, Outbox &outbox, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_threads(threads)
    , m_outbox(outbox)
    , m_clock(clock)
{
    connect(&threads, &Threads::messagesChanged, this,
        [this](const ConversationId &, const QList<Message> &messages) {
            for (const Message &message : messages)
                look(message);
        });
}

void PageProbe::start(const PageId &page, const QString &answer)
{
    ++m_run;
    m_page = page;
    m_answer = answer;
    m_reply = {};
    m_steps = {};
    m_steps.word = newWord();
    m_steps.startedAt = m_clock.now();
    Q_EMIT changed(m_steps);
}

void PageProbe::stop()
{
    ++m_run;
    m_steps = {};
    m_reply = {};
}

void PageProbe::look(const Message &message)
{
    if (m_steps.word.isEmpty() || message.pageId != m_page)
        return;
    const bool isAwaited = m_steps.shownAt == 0 && message.direction == Direction::In
        && message.text.contains(m_steps.word, Qt::CaseInsensitive);
    if (isAwaited)
        arrived(message);
    else if (!m_reply.isEmpty() && message.id == m_reply)
        follow(message);
}

void PageProbe::arrived(const Message &message)
{
    m_steps.writtenAt = message.sentAt;
    m_steps.shownAt = m_clock.now();
    Q_EMIT changed(m_steps);
    m_threads.inspect(message.id)
        .then(this, [this, run = m_run](const Result<Wire::Inspection> &inspection) {
            if (run != m_run || !inspection)
                return;
            m_steps.storedAt = inspection->storedAt;
            if (!inspection->events.isEmpty())
                m_steps.receivedAt = inspection->events.constFirst().receivedAt;
            Q_EMIT changed(m_steps);
        });
    m_outbox.send(message.conversationId, m_answer)
        .then(this, [this, run = m_run](const Result<MessageId> &sent) {
            if (run != m_run)
                return;
            if (sent) {
                m_reply = *sent;
                m_steps.answeredAt = m_clock.now();
            } else {
                m_steps.error = sent.error();
            }
            Q_EMIT changed(m_steps);
        });
}

void PageProbe::follow(const Message &message)
{
    const auto note = [this](qint64 &step) {
        if (step == 0)
            step = m_clock.now();
    };
    switch (message.state) {
    case DeliveryState::Sent:
        note(m_steps.sentAt);
        break;
    case DeliveryState::Delivered:
    case DeliveryState::Read:
        note(m_steps.sentAt);
        note(m_steps.deliveredAt);
        break;
    case DeliveryState::Failed:
        m_steps.failure = message.failure;
        break;
    default:
        return;
    }
    Q_EMIT changed(m_steps);
}

} // namespace Pagedesk
