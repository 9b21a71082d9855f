// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphmatches.h"

#include "models/messenger/grapherror.h"
#include "models/messenger/json.h"

namespace Pagedesk {

namespace {

constexpr qsizetype MaxIdLength = 64;

bool isId(const QString &id)
{
    return !id.isEmpty() && id.size() <= MaxIdLength;
}

} // namespace

Result<MatchedIds> readMatchedIds(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue root = document->root();
    if (!root["data"].isArray())
        return failure(
            Error::Kind::Protocol, QStringLiteral("Meta's answer holds no ids for Pages"));
    MatchedIds matched;
    for (const JsonValue entry : root["data"]) {
        const MatchedId one{{entry["page"]["id"].text()}, {entry["id"].text()}};
        if (isId(one.page.value) && isId(one.psid.value))
            matched.ids.append(one);
    }
    // A cursor comes with the last part too; only `next` says that there is more.
    if (!root["paging"]["next"].text().isEmpty())
        matched.after = root["paging"]["cursors"]["after"].text();
    return matched;
}

MatchRefusal matchRefusal(int httpStatus, const QByteArray &body, const QByteArray &usageHeader)
{
    const SendVerdict verdict = readSendAnswer(httpStatus, body, usageHeader);
    if (verdict.outcome != SendVerdict::Outcome::Failed || httpStatus >= 500)
        return MatchRefusal::Passing;
    const bool isPerson = verdict.code == 803
        || (verdict.code == 100
            && (verdict.subcode == 33 || verdict.subcode == 2018001 || verdict.subcode == 2018218));
    return isPerson ? MatchRefusal::Person : MatchRefusal::Everybody;
}

} // namespace Pagedesk
