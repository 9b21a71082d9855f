// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/message.h"
#include "models/domain/page.h"

// Rows for tests, alike but for what matters.
namespace Pagedesk::Testing {

inline constexpr qint64 Noon = 1'760'000'000'000; // some day in October 2025, ms UTC

Page page(const QString &id, qint64 seq, bool humanAgent = false);

// The conversation of `page` with `person`, whose last message came from the customer at `at`.
Conversation conversation(const QString &page, const QString &person, qint64 at, qint64 seq);

// What `person` wrote to `page` at `at`.
Message inbound(
    const QString &page, const QString &person, const QString &id, qint64 at, qint64 seq);

// What an operator answered, as the relay tells it.
Message outbound(const QString &page, const QString &person, const QString &id, qint64 at,
    qint64 seq, DeliveryState state = DeliveryState::Sent);

} // namespace Pagedesk::Testing
