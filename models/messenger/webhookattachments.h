// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/attachment.h"
#include "models/messenger/json.h"

#include <QList>

namespace Pagedesk {

// Reads message.attachments. A type we do not know becomes an Unknown attachment. A sticker that
// comes twice, as "sticker" and as "image" (the change of 2026-06-01 to 2026-08-30), is one.
QList<Attachment> readAttachments(const JsonValue &list);

} // namespace Pagedesk
