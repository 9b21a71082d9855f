// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/grapherrors.h"
#include "app/server/http.h"

// Answers as Meta's servers write them.
namespace Pagedesk::Sandbox {

struct GraphUsage {
    QString version; // that served the call
    QString pageId; // empty: no Page was concerned
    int calls = 0; // of the Page so far
};

// JSON with escaped slashes and non-ASCII, usage headers, and WWW-Authenticate for an error.
Server::Response graphResponse(const GraphResult &result, const GraphUsage &usage);

// Plain JSON of the control routes.
Server::Response controlResponse(int status, const QJsonObject &body);

} // namespace Pagedesk::Sandbox
