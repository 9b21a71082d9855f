// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/wireclient.h"
#include "tests/e2e/world.h"

#include "models/domain/message.h"

#include <QHash>
#include <QMap>
#include <QSet>

namespace Pagedesk::Tests {

// A world with many Pages and customers, and one desktop that keeps nothing but what becomes of
// the replies it sends.
class SendBench : public QObject {
    Q_OBJECT

public:
    explicit SendBench(const QString &relayName = QStringLiteral("pagedesk-relay"));

    // Customers have written to each of the Pages, the desktop is live. Empty when all went well.
    QByteArray start(const QStringList &pages, int customers);

    struct Order {
        ConversationId conversation;
        QString text;
        int holdMs = 0;
        QString group = {};
        int part = 0;
    };
    MessageId send(const Order &order);
    CommandId cancel(const MessageId &id);
    bool wait(const std::function<bool()> &condition, int deadlineMs) const;

    const QList<ConversationId> &conversations() const { return m_conversations; }
    // What the desktop was told last.
    Message message(const MessageId &id) const { return m_messages.value(id); }
    bool isSettled(const MessageId &id) const;
    int open() const; // replies that are not settled
    std::optional<Wire::CommandResult> result(const CommandId &id) const;
    // Breaches seen on the way: a state that went back, a bubble nobody sent.
    QStringList breaches() const { return m_breaches; }

    // How often each reply has reached a customer, by its id.
    QHash<MessageId, int> copies();
    // What the Page has written to a customer, oldest first: {mid, text}.
    QList<std::pair<QString, QString>> atCustomer(const ConversationId &conversation);

    World world;

private:
    void take(const Wire::Changes &changes);
    void takeMessage(const Message &message);

    std::unique_ptr<WireClient> m_client;
    QList<ConversationId> m_conversations;
    QSet<ConversationId> m_known;
    QHash<MessageId, Message> m_messages;
    QHash<CommandId, Wire::CommandResult> m_results;
    QStringList m_breaches;
    qint64 m_lastId = 0;
};

} // namespace Pagedesk::Tests
