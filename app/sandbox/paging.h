// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/graphrequest.h"

namespace Pagedesk::Sandbox {

// What a list edge was asked for.
struct PageOfList {
    int limit = 25;
    QString after; // cursors as given out before; at most one of them
    QString before;
};

// `count` items, newest first, of which `keyAt(i)` is a key that rises with i; gives the range to
// answer with. A cursor names a key, so a list that has grown in front does not repeat items.
struct ListRange {
    int begin = 0;
    int end = 0;
};
ListRange rangeOf(const PageOfList &asked, const QStringList &keys);

PageOfList readPaging(const GraphRequest &request);

// {"data":…,"paging":{"cursors":…,"next":…,"previous":…}}; the links repeat the call, token
// included, as Meta's do. Without a request (nested lists) there are only cursors.
QJsonObject listAnswer(const QJsonArray &data, const ListRange &range, const QStringList &keys,
    const GraphRequest *request);

} // namespace Pagedesk::Sandbox
