// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/rows.h"

// What the team decides about conversations, as lines of their threads.
namespace Pagedesk::Relay {

struct Decision {
    Notice notice = Notice::None;
    QString subject = {}; // whom or what it names
    qint64 until = 0; // ms UTC
    QString reason = {}; // of Notice::TakeOverFailed
};

// Adds a line that only the team sees. `who` is empty for what nobody did; `comment` stands with
// it.
Result<> addDecision(Connection &connection, const Conversation &conversation,
    const Decision &decision, const QString &who, const QString &comment, qint64 now);

} // namespace Pagedesk::Relay
