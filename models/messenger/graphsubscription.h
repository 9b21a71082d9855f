// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace Pagedesk {

// Reads an answer of GET /{page}/subscribed_apps: which fields are delivered to the app; none when
// it is not there. An empty `appId` takes any app. An app listed without its fields is taken to
// have all of them. Protocol: no such answer.
Result<QStringList> orderedFields(const QByteArray &body, const QString &appId);

} // namespace Pagedesk
