// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/graphrequest.h"
#include "app/sandbox/world.h"

#include <optional>

// When and what a Page may send. Source: Messenger Platform, "Send messages" and "Send API",
// read 2026-09.
namespace Pagedesk::Sandbox {

inline constexpr qint64 StandardWindowMs = 24LL * 3'600'000;
inline constexpr qint64 HumanAgentWindowMs = 7 * StandardWindowMs;

// A send call as it was understood.
struct SendOrder {
    QString recipientId;
    QString senderAction; // empty: a message
    QJsonObject actionPayload; // of react and unreact
    QString messagingType; // RESPONSE when it was left out
    QString tag;
    QJsonObject message;
    QString replyTo; // mid
};

// What is written wrongly in the call itself, in the order in which Meta looks.
tl::expected<SendOrder, GraphError> readSendOrder(const GraphRequest &request);

// Whether the customer's last message allows it now.
bool isStandardWindowOpen(const Thread &thread, qint64 now);
std::optional<GraphError> checkWindow(
    const SendOrder &order, const Page &page, const Thread &thread, qint64 now);

// Text, metadata and quick replies of a message, and that it has exactly one content.
std::optional<GraphError> checkMessage(const QJsonObject &message);

} // namespace Pagedesk::Sandbox
