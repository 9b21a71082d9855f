// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/intake/intakeguard.h"
#include "app/relay/ledger/ledger.h"
#include "models/domain/message.h"
#include "models/messenger/webhook.h"

#include <memory>
#include <vector>

namespace Pagedesk::Relay {

// The events of one webhook body, with all that can be made of them without looking at the ledger.
class Intake {
public:
    // `receivedAt`: ms UTC.
    Intake(QList<WebhookEvent> events, qint64 receivedAt);

    struct Item {
        WebhookEvent event;
        std::unique_ptr<const Message> message; // of a customer's message that was understood
    };
    const std::vector<Item> &items() const { return m_items; }
    qint64 receivedAt() const { return m_receivedAt; }

private:
    std::vector<Item> m_items;
    qint64 m_receivedAt;
};

struct Projection {
    int fresh = 0; // events never seen before
    int duplicates = 0;
};

// What the projection is to know beside the events.
struct IntakeRules {
    QString ownApp = {}; // the id of our own app; empty when it is not known
    IntakeGuard *guard = nullptr; // none: nobody's updates are spread out
};

enum class Care {
    Fast, // one failure fails the whole body
    EachAlone, // an event that cannot be projected is kept raw as unsupported; costs two statements
};

// Keeps the events of one webhook body and turns them into conversations and messages, inside one
// transaction with the work they cause.
Result<Projection> projectEvents(Connection &connection, const Intake &intake, Care care,
    Ledger::Touched &touched, const IntakeRules &rules = {});

} // namespace Pagedesk::Relay
