// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/sendbench.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace Pagedesk::Tests {

using namespace Qt::Literals::StringLiterals;

namespace {

// Numbers of states rise in a life, but for these two ways back.
bool goesBack(DeliveryState from, DeliveryState to)
{
    if (from == DeliveryState::Failed)
        return to < DeliveryState::Sent;
    if (to == DeliveryState::Failed)
        return from >= DeliveryState::Sent;
    if (from == DeliveryState::Sending && to == DeliveryState::Queued)
        return false; // an answer that proves that nothing was sent
    return to < from;
}

} // namespace

SendBench::SendBench(const QString &relayName)
    : world(relayName)
{
}

QByteArray SendBench::start(const QStringList &pages, int customers)
{
    if (!world.start())
        return world.why();
    for (const QString &page : pages) {
        if (!world.addPage(page))
            return "a Page cannot be added: " + world.why();
        for (int i = 0; i < customers; ++i) {
            const QString psid = u"24%1%2"_s.arg(page).arg(i, 6, 10, QChar(u'0'));
            const QByteArray body
                = QJsonDocument(QJsonObject{{u"pageId"_s, page}, {u"text"_s, u"Hello"_s}}).toJson();
            http("POST", world.sandboxUrl(u"/_sandbox/customers/%1/messages"_s.arg(psid)), body);
            m_conversations.append(conversationId({page}, {psid}));
        }
    }
    const QByteArray token = world.deviceToken(u"Ada"_s);
    m_client = std::make_unique<WireClient>(world.relayUrl(), token);
    connect(m_client.get(), &WireClient::changed, this, &SendBench::take);
    connect(m_client.get(), &WireClient::answered, this,
        [this](const Wire::CommandResult &result) { m_results.insert(result.id, result); });
    for (const QString &page : pages)
        m_client->want(page);
    m_client->open();
    const auto allAreKnown = [this] { return m_known.size() >= m_conversations.size(); };
    return wait(allAreKnown, 30'000) ? QByteArray() : "the customers' messages do not arrive";
}

MessageId SendBench::send(const Order &order)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const MessageId id{newUuid(now)};
    Message message;
    message.id = id;
    message.conversationId = order.conversation;
    message.text = order.text;
    message.state = DeliveryState::Queued;
    m_messages.insert(id, message);
    Wire::SendReply reply{id, order.conversation, order.text, now, 0};
    reply.holdMs = order.holdMs;
    reply.group = order.group;
    reply.part = order.part;
    m_client->send({{u"send-%1"_s.arg(++m_lastId)}, reply});
    return id;
}

CommandId SendBench::cancel(const MessageId &id)
{
    const CommandId command{u"cancel-%1"_s.arg(++m_lastId)};
    m_client->send({command, Wire::CancelReply{id}});
    return command;
}

bool SendBench::wait(const std::function<bool()> &condition, int deadlineMs) const
{
    return QTest::qWaitFor(condition, deadlineMs);
}

bool SendBench::isSettled(const MessageId &id) const
{
    const DeliveryState state = message(id).state;
    return state >= DeliveryState::Sent;
}

int SendBench::open() const
{
    int count = 0;
    for (const Message &each : m_messages)
        count += each.state < DeliveryState::Sent ? 1 : 0;
    return count;
}

std::optional<Wire::CommandResult> SendBench::result(const CommandId &id) const
{
    const auto found = m_results.constFind(id);
    return found == m_results.cend() ? std::nullopt : std::optional(*found);
}

void SendBench::take(const Wire::Changes &changes)
{
    for (const Wire::Entity &entity : changes.entities) {
        if (const auto *message = std::get_if<Message>(&entity))
            takeMessage(*message);
        else if (const auto *conversation = std::get_if<Conversation>(&entity))
            m_known.insert(conversation->id);
    }
}

void SendBench::takeMessage(const Message &message)
{
    if (message.direction != Direction::Out)
        return;
    const auto known = m_messages.find(message.id);
    if (known == m_messages.end()) {
        m_breaches.append(u"a bubble nobody sent: "_s + message.mid.value);
        return;
    }
    if (goesBack(known->state, message.state)) {
        m_breaches.append(u"%1 went from %2 to %3"_s.arg(
            message.id.value, deliveryStateName(known->state), deliveryStateName(message.state)));
    }
    if (!known->mid.isEmpty() && known->mid != message.mid)
        m_breaches.append(message.id.value + u" has changed its mid"_s);
    *known = message;
}

QHash<MessageId, int> SendBench::copies()
{
    QHash<MessageId, int> copies;
    const QJsonObject state = http("GET", world.sandboxUrl(u"/_sandbox/state"_s)).json();
    const QJsonObject counts = state[u"sends"_s][u"byMetadata"_s].toObject();
    for (auto it = counts.begin(); it != counts.end(); ++it)
        copies.insert({it.key()}, it.value().toInt());
    return copies;
}

QList<std::pair<QString, QString>> SendBench::atCustomer(const ConversationId &conversation)
{
    const QString page = conversation.value.section(u'-', 0, 0);
    QUrl url = world.sandboxUrl(
        u"/_sandbox/customers/%1/messages"_s.arg(conversation.value.section(u'-', 1)));
    url.setQuery(u"pageId="_s + page);
    QList<std::pair<QString, QString>> written;
    for (const QJsonValue &each : http("GET", url).json()[u"messages"_s].toArray()) {
        if (each[u"direction"_s] == u"received"_s)
            written.append({each[u"mid"_s].toString(), each[u"text"_s].toString()});
    }
    return written;
}

} // namespace Pagedesk::Tests
