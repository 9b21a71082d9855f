// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/commandline.h"
#include "app/relay/ledger/ledger.h"

// What the maintenance commands have in common.
namespace Pagedesk::Relay::Maintenance {

void print(const QString &line); // on stdout

// Runs `work` in one transaction of the ledger in --data and waits for the commit.
Result<> inLedger(const CommandLine &line, bool create, const Database::Work &work);

// Runs `work` on a reading connection of the ledger in --data: a relay that serves goes on storing
// meanwhile.
Result<> readLedger(const CommandLine &line, const Database::Work &work);

// The lock that a serving relay holds on its data folder.
class FolderLock {
public:
    FolderLock() = default;
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;
    ~FolderLock();
    // Conflict when somebody else holds it.
    Result<> take(const QString &folder);

private:
    int m_file = -1;
};

} // namespace Pagedesk::Relay::Maintenance
