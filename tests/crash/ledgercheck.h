// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/world.h"
#include "tests/load/eventmix.h"

namespace Pagedesk::Tests {

// What is wrong with a ledger that must hold all of these events: something missing, something
// twice, a thread out of order, a damaged file. Empty when nothing is. The relay may be serving it.
QByteArray problemOfLedger(World &world, const QList<MixedEvent> &events);

// The same for the file of a relay that has ended, without the commands, whose start costs more
// than the look.
QByteArray problemOfStored(const QString &databasePath, const QList<MixedEvent> &events);

// The same for messages alone: those that must be there, and that none is there twice.
QByteArray problemOfMessages(World &world, const QSet<QString> &mids);

// PRAGMA integrity_check.
QByteArray problemOfFile(const QString &databasePath);

} // namespace Pagedesk::Tests
