// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/fieldspec.h"
#include "app/sandbox/services.h"

// The Conversations API. Details are given of the 20 newest messages of a conversation only.
// Source: Messenger Platform, "Conversations", 2026.
namespace Pagedesk::Sandbox {

inline constexpr int DetailedMessages = 20;

// GET /{page}/conversations
GraphResult listConversations(const GraphRequest &request, const QList<FieldSpec> &fields,
    const Page &page, const Services &services);
// GET /{t_id}
GraphResult readConversation(
    const QList<FieldSpec> &fields, Thread &thread, const Services &services);
// GET /{t_id}/messages
GraphResult listMessages(const GraphRequest &request, const QList<FieldSpec> &fields,
    Thread &thread, const Services &services);
// GET /{mid}; error 9000001 for a message older than the 20 newest
GraphResult readMessage(
    const QList<FieldSpec> &fields, const World::Found &found, const Services &services);
// GET /{mid}/attachments
GraphResult listAttachments(const World::Found &found, const Services &services);

} // namespace Pagedesk::Sandbox
