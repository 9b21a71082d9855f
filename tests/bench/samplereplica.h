// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <QStringList>

namespace Pagedesk::Testing {

struct SampleSize {
    int messages = 1000;
    int conversations = 50;
};

// Fills a new replica with conversations as a support desk has them: a few long ones and many short
// ones, in several languages and scripts, with attachments and every state of a reply, the newest a
// minute before `nowMs`. The same arguments give the same rows. `pictures` are hashes of images for
// attachments and contacts. Blocks.
Result<> makeSampleReplica(
    const QString &path, const SampleSize &size, const QStringList &pictures, qint64 nowMs);

} // namespace Pagedesk::Testing
