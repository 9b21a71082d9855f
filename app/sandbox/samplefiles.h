// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/entities.h"

// Files for practice customers to send, made when they are needed.
namespace Pagedesk::Sandbox {

MediaFile samplePhoto(const QString &name, quint32 seed);
// One page with one line of Latin text.
MediaFile samplePdf(const QString &name, const QByteArray &line);
// A short sound, as a voice message would be.
MediaFile sampleSound(const QString &name);

} // namespace Pagedesk::Sandbox
