// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/pagediagnosis.h"
#include "models/store/query.h"

#include <QJsonObject>
#include <QUrl>

namespace Pagedesk::Relay {

// What the ledger knows of a Page that belongs into its diagnosis.
struct LedgerFacts {
    Page page;
    qint64 lastEventAt = 0; // ms UTC; 0: never
    qint64 lag = -1; // ms from Meta to here, the middle of the newest messages; -1: not known
    int heldByOthers = 0; // conversations that another app handles
    QList<Conversation> held = {}; // the newest of them
};
Result<LedgerFacts> ledgerFacts(Connection &connection, const PageId &page);
QList<DiagnosisLine> linesFromLedger(const LedgerFacts &facts, qint64 now);

DiagnosisLine ownerLine(int heldByOthers);
// From the answer of GET /{page}/thread_owner: whether another app than `ownApp` (empty: not known)
// has the conversation of which we think so.
bool isHeldByOther(
    const QJsonObject &answer, const Conversation &conversation, const QString &ownApp);
DiagnosisLine usageLine(int percent); // of what Meta permits the Page
// From the answer of GET /{app}/subscriptions: whether the app's webhooks go to `webhook`.
DiagnosisLine appWebhookLine(const QJsonObject &answer, const QUrl &webhook);

} // namespace Pagedesk::Relay
