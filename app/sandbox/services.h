// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/caller.h"
#include "app/sandbox/messaging.h"

namespace Pagedesk::Sandbox {

// What the Graph API's parts work with.
struct Services {
    World &world;
    const SandboxClock &clock;
    Messaging &messaging;
    const MediaLinks &links;
    const AppIdentity &app;
    Tokens &tokens;
};

// Times of Graph objects: ISO 8601 in UTC, the offset without a colon.
QString graphTime(qint64 milliseconds);

} // namespace Pagedesk::Sandbox
