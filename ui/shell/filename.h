// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/attachment.h"

namespace Pagedesk::Ui {

// A name for a file dialog made of what a stranger called it: no path, no control or reordering
// characters, no name that a system keeps for a device, never empty, hidden or too long for a disk.
// A safe name stays as it is.
QString safeFileName(const Attachment &attachment);

// Whether Windows would open a device instead of a file with this name: "CON", "nul.txt".
bool isDeviceName(const QString &name);

} // namespace Pagedesk::Ui
