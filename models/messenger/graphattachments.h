// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/attachment.h"
#include "models/messenger/json.h"

#include <QList>

namespace Pagedesk {

// What hangs on a message of the Conversations API: its `attachments`, `shares` and `sticker`.
// A sticker that is told twice is one. Source: Messenger Platform, "Conversations", 2026.
QList<Attachment> readGraphAttachments(const JsonValue &message);

} // namespace Pagedesk
