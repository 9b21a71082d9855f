// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/intake/context.h"
#include "models/domain/message.h"
#include "models/messenger/webhook.h"

namespace Pagedesk::Relay {

// A delivery or read event: everything up to its watermark, and the messages it names.
Result<> projectReceipt(IntakeContext &context, const WebhookEvent &event);

// Receipts may be ahead of the message they are for; brings it up to what is known.
Result<> applyReceipts(Connection &connection, Message &message);

} // namespace Pagedesk::Relay
