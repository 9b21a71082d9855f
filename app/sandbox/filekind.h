// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

// What kind of file some bytes are.
namespace Pagedesk::Sandbox {

// MIME type by the first bytes, for the common kinds; empty when they say nothing.
QString sniffedMimeType(const QByteArray &bytes);
// MIME type by the ending of a file name; application/octet-stream when unknown.
QString mimeTypeOfName(const QString &name);
// Whether a file of that MIME type may be sent as that attachment type (image, audio, video, file).
bool suitsAttachmentType(const QString &mimeType, const QString &attachmentType);
// Width and height of a PNG, GIF or JPEG, in pixels; 0 by 0 when they cannot be told.
struct PixelSize {
    int width = 0;
    int height = 0;
};
PixelSize pixelSize(const QByteArray &bytes);

} // namespace Pagedesk::Sandbox
