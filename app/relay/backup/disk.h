// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QByteArray>
#include <QString>

// What must really be on the disk, and what to say when it cannot be.
namespace Pagedesk::Relay::Disk {

bool writeAll(int file, const QByteArray &bytes);
// A new name or a rename is on the disk only once its folder is.
bool syncFolder(const QString &folder);
bool syncFolderOf(const QString &path);
bool syncFile(const QString &path);
// Storage, with what errno says.
Error cannotWrite(const QString &path);

} // namespace Pagedesk::Relay::Disk
