// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"
#include "models/store/query.h"

#include <functional>

namespace Pagedesk::Relay {

// Connects a Page, or replaces name and token of one that is; its history stays. Makes the jobs
// that read it and look after its webhooks due: the caller announces that.
Result<> connectPage(Connection &connection, const PageId &id, const QString &name,
    const QByteArray &sealedToken, qint64 now);
// Whose login the Page was connected with; empty: its token was brought by hand.
Result<> noteLoginOf(Connection &connection, const PageId &id, const QString &loginId);
Result<QList<Page>> allPages(Connection &connection);
Result<std::optional<Page>> pageById(Connection &connection, const PageId &id);
Result<QByteArray> sealedTokenOf(Connection &connection, const PageId &id); // NotFound
Result<> replaceSealedToken(Connection &connection, const PageId &id, const QByteArray &sealed);
// Ends the use of a Page: the token is forgotten, the history stays. False when it was not there
// or removed before.
Result<bool> removePage(Connection &connection, const PageId &id);
Result<> setPageState(Connection &connection, const PageId &id, PageState state);
// Changes what people are told about a Page; takes a number of its stream only when something
// is different. Nothing happens for an unknown Page.
Result<> changeHealth(
    Connection &connection, const PageId &id, const std::function<void(PageHealth &)> &change);

// As they are: whoever decides on them has checked them. Takes a number of the Page's stream.
Result<> writeSettings(
    Connection &connection, const PageId &id, const PageSettings &settings, const QString &colour);

} // namespace Pagedesk::Relay
