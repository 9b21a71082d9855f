// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace Pagedesk {

// Reads an answer of GET /{page}/subscribed_apps: which of the needed fields are not delivered to
// the app; all of them when it is not there. An empty `appId` takes any app. An app listed without
// its fields is taken to have them. Protocol: no such answer.
Result<QStringList> missingFields(const QByteArray &body, const QString &appId);

} // namespace Pagedesk
