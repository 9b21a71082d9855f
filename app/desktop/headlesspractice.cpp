// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/headlesspractice.h"

#include "models/domain/replywindow.h"

#include <algorithm>
#include <cstdio>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int DeadlineMs = 60'000;

} // namespace

HeadlessPractice::HeadlessPractice(
    Threads &threads, Outbox &outbox, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_threads(threads)
    , m_outbox(outbox)
    , m_clock(clock)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(DeadlineMs);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        Q_EMIT ended(m_received.isEmpty() ? u"no customer has written within a minute"_s
                                          : u"the reply was not read within a minute"_s);
    });
    connect(&m_threads, &Threads::messagesChanged, this, &HeadlessPractice::look);
}

void HeadlessPractice::start()
{
    m_timer.start();
    m_deadline.start();
}

void HeadlessPractice::look(const ConversationId &, const QList<Message> &messages)
{
    if (!m_deadline.isActive())
        return;
    for (const Message &message : messages) {
        const bool answerable = message.direction == Direction::In
            && replyWindow(message.sentAt, m_clock.now(), false).allowsHumanReply();
        if (m_received.isEmpty() && answerable)
            take(message);
        else if (!m_reply.isEmpty() && message.id == m_reply)
            follow(message);
    }
}

void HeadlessPractice::take(const Message &message)
{
    m_received = message.id;
    tell(u"received"_s, u"message %1"_s.arg(message.mid.value));
    // Read back from the replica: what is shown is what is on the disk.
    m_threads.newest(message.conversationId, 50)
        .then(this, [this, message](const Result<Threads::Slice> &slice) {
            const bool stored = slice
                && std::any_of(slice->messages.begin(), slice->messages.end(),
                    [&message](const Message &m) { return m.id == message.id; });
            if (!stored) {
                Q_EMIT ended(u"the message was received and is not in the replica"_s);
                return;
            }
            tell(u"stored"_s, u"conversation %1"_s.arg(message.conversationId.value));
            answer(message);
        });
}

void HeadlessPractice::answer(const Message &message)
{
    m_outbox.send(message.conversationId, u"Thank you for writing. We are looking into it."_s)
        .then(this, [this](const Result<MessageId> &sent) {
            if (sent)
                m_reply = *sent;
            else
                Q_EMIT ended(u"the reply could not be stored: %1"_s.arg(sent.error().detail));
        });
}

void HeadlessPractice::follow(const Message &reply)
{
    if (reply.state == DeliveryState::Failed) {
        Q_EMIT ended(u"the reply failed: %1"_s.arg(failureKindName(reply.failure)));
        return;
    }
    // A later state implies the ones before it: each is told once, in order.
    const std::pair<DeliveryState, QString> steps[] = {{DeliveryState::Sent, u"answered"_s},
        {DeliveryState::Delivered, u"delivered"_s}, {DeliveryState::Read, u"read"_s}};
    for (const auto &[state, word] : steps) {
        const bool reached = reply.state >= state && reply.state <= DeliveryState::Read;
        if (reached && m_told < state) {
            m_told = state;
            tell(word,
                state == DeliveryState::Sent ? u"reply %1"_s.arg(reply.mid.value) : QString());
        }
    }
    if (m_told == DeliveryState::Read) {
        m_deadline.stop();
        Q_EMIT ended({});
    }
}

void HeadlessPractice::tell(const QString &what, const QString &more)
{
    std::printf("%-9s after %6lld ms  %s\n", qUtf8Printable(what),
        static_cast<long long>(m_timer.elapsed()), qUtf8Printable(more));
    std::fflush(stdout);
}

} // namespace Pagedesk
