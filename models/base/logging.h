// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

// One category a folder, default level info. A line says what happened to which id and with what
// result kind; never message texts, names, addresses or secrets.
namespace Pagedesk {

Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logDesk)
Q_DECLARE_LOGGING_CATEGORY(logUi)
Q_DECLARE_LOGGING_CATEGORY(logDesktop)
Q_DECLARE_LOGGING_CATEGORY(logServer)
Q_DECLARE_LOGGING_CATEGORY(logRelay)
Q_DECLARE_LOGGING_CATEGORY(logLedger)
Q_DECLARE_LOGGING_CATEGORY(logIntake)
Q_DECLARE_LOGGING_CATEGORY(logGraph)
Q_DECLARE_LOGGING_CATEGORY(logDispatch)
Q_DECLARE_LOGGING_CATEGORY(logSync)
Q_DECLARE_LOGGING_CATEGORY(logMedia)
Q_DECLARE_LOGGING_CATEGORY(logSandbox)

// Sends log lines to stderr as "time level category: text", one line each. Call once from main().
void installLogFormat();

} // namespace Pagedesk
