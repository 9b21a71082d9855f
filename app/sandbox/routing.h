// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/graphrequest.h"
#include "app/sandbox/services.h"

// Conversation routing: which app controls a conversation. Source: Messenger Platform,
// "Conversation Routing", 2025-09.
namespace Pagedesk::Sandbox {

// Control ends by itself when the customer has been silent for a day.
bool isHeldByOther(const Thread &thread, qint64 now);

// POST /{page}/take_thread_control, pass_thread_control, release_thread_control and
// GET /{page}/thread_owner.
bool isRoutingEdge(const QString &edge);
GraphResult routeThread(const GraphRequest &request, const Page &page, const Services &services);

} // namespace Pagedesk::Sandbox
