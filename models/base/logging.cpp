// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/logging.h"

namespace Pagedesk {

Q_LOGGING_CATEGORY(logStore, "pagedesk.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logDesk, "pagedesk.desk", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "pagedesk.ui", QtInfoMsg)
Q_LOGGING_CATEGORY(logDesktop, "pagedesk.desktop", QtInfoMsg)
Q_LOGGING_CATEGORY(logServer, "pagedesk.server", QtInfoMsg)
Q_LOGGING_CATEGORY(logRelay, "pagedesk.relay", QtInfoMsg)
Q_LOGGING_CATEGORY(logLedger, "pagedesk.relay.ledger", QtInfoMsg)
Q_LOGGING_CATEGORY(logIntake, "pagedesk.relay.intake", QtInfoMsg)
Q_LOGGING_CATEGORY(logGraph, "pagedesk.relay.graph", QtInfoMsg)
Q_LOGGING_CATEGORY(logDispatch, "pagedesk.relay.dispatch", QtInfoMsg)
Q_LOGGING_CATEGORY(logSync, "pagedesk.relay.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(logMedia, "pagedesk.relay.media", QtInfoMsg)
Q_LOGGING_CATEGORY(logSandbox, "pagedesk.sandbox", QtInfoMsg)

void installLogFormat()
{
    qSetMessagePattern(QStringLiteral(
        "%{time yyyy-MM-ddTHH:mm:ss.zzz} "
        "%{if-debug}debug%{endif}%{if-info}info%{endif}%{if-warning}warning%{endif}"
        "%{if-critical}critical%{endif}%{if-fatal}fatal%{endif} %{category}: %{message}"));
}

} // namespace Pagedesk
