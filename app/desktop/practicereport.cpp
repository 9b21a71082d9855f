// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/practicereport.h"

#include <QTextStream>

#include <cstdio>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 60s;
constexpr const char *StepNames[]{"received", "stored", "answered", "delivered", "read"};

} // namespace

PracticeReport::PracticeReport(const QString &profileFolder, QObject *parent)
    : QObject(parent)
    , m_identity(profileFolder)
    , m_world(profileFolder, m_identity)
    , m_desk(profileFolder, DeviceSecrets::Place::File)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        int done = 0;
        while (done < StepCount && m_said[done])
            ++done;
        fail(u"nothing more came within %1 s; still missing: %2"_s.arg(Patience.count())
                 .arg(QLatin1StringView(StepNames[std::min<int>(done, StepCount - 1)])));
    });
    connect(&m_desk.channel, &LiveChannel::frameReceived, this, &PracticeReport::handleFrame);
    connect(&m_desk.threads, &Threads::messagesChanged, this, &PracticeReport::handleStored);
    connect(&m_world, &PracticeWorld::broken, this, &PracticeReport::fail);
}

void PracticeReport::start()
{
    m_elapsed.start();
    m_startedAt = m_desk.clock.now();
    m_deadline.start(Patience);
    if (const auto opened = m_desk.open(); !opened) {
        fail(u"the practice replica cannot be opened: %1"_s.arg(opened.error().detail));
        return;
    }
    m_world.start().then(this, [this](const Result<QString> &link) {
        if (link)
            pairOrConnect(*link);
        else
            fail(u"practice cannot be started: %1"_s.arg(link.error().detail));
    });
}

void PracticeReport::pairOrConnect(const QString &link)
{
    if (link.isEmpty()) {
        m_desk.session.start();
        return;
    }
    const auto invitation = Wire::pairingLinkFrom(link);
    if (!invitation) {
        fail(u"the practice relay gave no pairing link"_s);
        return;
    }
    m_desk.session.pair(*invitation, u"practice"_s).then(this, [this](const Result<> &joined) {
        if (!joined)
            fail(u"pairing with the practice relay failed: %1"_s.arg(joined.error().detail));
    });
}

void PracticeReport::handleFrame(const Wire::ServerFrame &frame)
{
    if (const auto *changes = std::get_if<Wire::Changes>(&frame))
        handleEntities(changes->entities);
    else if (const auto *answer = std::get_if<Wire::Answer>(&frame))
        handleEntities(answer->entities);
}

void PracticeReport::handleEntities(const QList<Wire::Entity> &entities)
{
    for (const Wire::Entity &entity : entities) {
        const auto *message = std::get_if<Message>(&entity);
        // Not the sample history: somebody who writes now.
        if (message == nullptr || !m_question.id.isEmpty() || message->direction != Direction::In
            || message->sentAt < m_startedAt)
            continue;
        m_question = *message;
        say(Received, u"a message of customer %1"_s.arg(message->conversationId.value));
    }
}

void PracticeReport::handleStored(const ConversationId &, const QList<Message> &messages)
{
    for (const Message &message : messages) {
        if (message.id == m_question.id && !m_said[Stored]) {
            say(Stored, u"in ledger and replica"_s);
            answer();
        } else if (!m_reply.isEmpty() && message.id == m_reply) {
            follow(message);
        }
    }
}

void PracticeReport::answer()
{
    m_desk.outbox.send(m_question.conversationId, u"Thank you for your message."_s)
        .then(this, [this](const Result<MessageId> &sent) {
            if (sent)
                m_reply = *sent;
            else
                fail(u"the reply was not taken: %1"_s.arg(sent.error().detail));
        });
}

void PracticeReport::follow(const Message &reply)
{
    switch (reply.state) {
    case DeliveryState::Failed:
        fail(u"the reply failed: %1"_s.arg(failureKindName(reply.failure)));
        return;
    case DeliveryState::Sent:
    case DeliveryState::Delivered:
    case DeliveryState::Read:
        say(Answered, u"sent through the Graph API"_s);
        break;
    default:
        return;
    }
    if (reply.state != DeliveryState::Sent)
        say(Delivered);
    if (reply.state == DeliveryState::Read) {
        say(Read);
        Q_EMIT finished(0);
    }
}

void PracticeReport::say(Step step, const QString &detail)
{
    if (m_said[step])
        return;
    m_said[step] = true;
    const QString line = u"%1 %2 ms %3"_s.arg(QLatin1StringView(StepNames[step]), -9)
                             .arg(m_elapsed.elapsed(), 6)
                             .arg(detail)
                             .trimmed();
    QTextStream(stdout) << line << Qt::endl;
}

void PracticeReport::fail(const QString &sentence)
{
    QTextStream(stderr) << "pagedesk: " << sentence << Qt::endl;
    Q_EMIT finished(1);
}

} // namespace Pagedesk
