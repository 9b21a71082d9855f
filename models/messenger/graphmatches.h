// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QList>

// Meta's answer to who a person is on other Pages of the same business. Source: Graph API,
// "User/ids_for_pages", as the SDKs describe it, 2026; no guide of Messenger's speaks of it any
// more.
namespace Pagedesk {

struct MatchedId {
    PageId page;
    Psid psid;

    bool operator==(const MatchedId &) const = default;
};
struct MatchedIds {
    QList<MatchedId> ids;
    QString after; // the cursor of the next part; empty at the end
};
// Protocol when the body is no such answer.
Result<MatchedIds> readMatchedIds(const QByteArray &body);

// What a refusal is about.
enum class MatchRefusal {
    Passing, // worth another try
    Person, // nothing is known of this person
    Everybody, // Meta does not do it for this app, Page or region, or not any more
};
// For an answer with a status of 300 or more, or none.
MatchRefusal matchRefusal(int httpStatus, const QByteArray &body, const QByteArray &usageHeader);

} // namespace Pagedesk
