// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QStringList>

namespace Pagedesk::Relay {

struct ReplayReport {
    qint64 events = 0; // read again
    qint64 messages = 0; // that came of them
    qint64 ownReplies = 0; // of these, known here as replies of our own
    qint64 withoutEvent = 0; // read from Meta or written here and never echoed
    qint64 differing = 0;
    QStringList differences; // the first of them: message id and field, no text
};

// Projects every event of the ledger in `folder` once more, into a scratch ledger beside it that is
// gone afterwards, and compares each message with the one that is kept. A relay may go on serving;
// what it receives meanwhile is left out. Needs as much room again as events and messages take.
Result<ReplayReport> replayFolder(const QString &folder);

} // namespace Pagedesk::Relay
