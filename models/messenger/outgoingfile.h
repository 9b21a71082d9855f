// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/attachment.h"

namespace Pagedesk {

// As what kind of attachment Meta takes a file of this MIME type: pictures it shows (PNG, JPEG,
// GIF), video, audio; everything else goes as a file.
// Source: Messenger Platform, "Saved assets", 2026-04.
AttachmentKind outgoingKind(const QString &mimeType);

// Whether a file of this many bytes can be sent. Rejected: it is empty. TooLarge: over
// Limits::OutgoingFileBytes.
Result<> checkOutgoingSize(qint64 bytes);

// A name as it may be given to others: the last part of a path, without control and direction
// characters, at most 200 characters; "file" when nothing is left.
QString outgoingName(const QString &name);

} // namespace Pagedesk
