// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/graph/httpclient.h"
#include "models/base/ids.h"

#include <QStringList>

namespace Pagedesk::Relay {

// What Meta's answers about a Page say is wrong, each a sentence for whoever runs the relay; empty
// when nothing is.

// GET /{page}?fields=id,name
QStringList faultsOfPage(const PageId &page, const Result<HttpAnswer> &answer);
// GET /{page}/subscribed_apps. `appId`: whose subscription it has to be; empty: any.
QStringList faultsOfSubscription(const Result<HttpAnswer> &answer, const QString &appId);

// Why a token is not accepted, by the subcode of Meta's code 190; the end of a sentence.
QString whyTokenIsDead(int subcode);

} // namespace Pagedesk::Relay
