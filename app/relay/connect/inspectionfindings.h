// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/domain/page.h"
#include "models/messenger/graphlogin.h"

namespace Pagedesk::Relay {

// What a look at a Page has found, to be kept with it.
struct InspectionFindings {
    PageId page;
    QByteArray sealedToken; // that was looked at
    qint64 at = 0; // ms UTC
    bool byHand = false; // somebody has asked
    bool isRenewed = false; // the token is a new one
    TokenProblem problem = TokenProblem::None;
    std::optional<TokenFacts> token;
    QString loginId;
    std::optional<TokenFacts> login;
    std::optional<QStringList> ordered; // webhook fields
    qint64 versionEndsAt = 0; // ms UTC
};

// Marks the Page, or takes it up again when what was wrong is over. Nothing happens when it was
// connected again or removed meanwhile.
Result<> keepFindings(
    Connection &connection, const InspectionFindings &found, Ledger::Touched &touched);

} // namespace Pagedesk::Relay
