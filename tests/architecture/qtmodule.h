// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Pagedesk::Architecture {

// The Qt module a header belongs to ("QtGui" for QImage, qimage.h or QtGui/QImage), as installed on
// this machine; empty when the header is none of Qt's. WebEngine is known although not installed.
QString qtModuleOf(const QString &header);

} // namespace Pagedesk::Architecture
