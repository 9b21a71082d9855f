// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

// Ids that look like Meta's. Never guess from one to another: they are opaque to clients.
namespace Pagedesk::Sandbox {

// A message id nobody has seen before, also not in an earlier run of the sandbox.
QString newMid();
// The same message id whenever it is asked for with the same name.
QString midFor(const QString &name);

// "t_" and digits; the same for the same Page and person.
QString threadIdFor(const QString &pageId, const QString &psid);

QString newTraceId(); // fbtrace_id
QString newNumericId(); // 16 digits: attachments, media

} // namespace Pagedesk::Sandbox
