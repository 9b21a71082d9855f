// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

// One line of who did what: words and ids, never texts, names or secrets.
struct AuditEntry {
    QString actor; // "operator:ID" or "uid:0", who ran a command on this machine
    QString action; // "page_added", "send_reply"
    QString subject; // id of what it was done to
    QString detail = {};
};

struct AuditRow {
    qint64 id = 0;
    qint64 at = 0; // ms UTC
    AuditEntry entry;
    QByteArray hash;
};

// Whoever runs a maintenance command.
QString commandLineActor();
QString operatorActor(const OperatorId &id);

// Adds to the chain, in the transaction of what was done. Writers wait for each other here.
Result<> appendAudit(Connection &connection, qint64 now, const AuditEntry &entry);

Result<QList<AuditRow>> auditAfter(Connection &connection, qint64 afterId, int limit);

struct AuditCheck {
    qint64 entries = 0; // that are right, from the first
    QByteArray head; // the hash of the last of them
    QString fault; // the first thing that is wrong; empty when nothing is
};
// Computes the whole chain anew. Runs in a transaction, so that the head fits what is read.
Result<AuditCheck> checkAudit(Connection &connection);

} // namespace Pagedesk::Relay
