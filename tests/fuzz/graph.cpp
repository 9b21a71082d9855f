// SPDX-License-Identifier: GPL-3.0-or-later
// An answer of the Graph API: a byte that stands for the status, the usage header, NUL, the body.
#include "app/relay/graph/graphclient.h"
#include "models/messenger/graphlogin.h"
#include "models/messenger/graphmatches.h"
#include "tests/fuzz/fuzz.h"

#include <array>

using namespace Pagedesk;

namespace {

constexpr std::array Statuses{200, 201, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503, 0, 999};

void checkSend(int status, const QByteArray &body, const QByteArray &usage)
{
    using Outcome = SendVerdict::Outcome;
    const SendVerdict verdict = readSendAnswer(status, body, usage);
    const SendVerdict again = readSendAnswer(status, body, usage);
    PAGEDESK_HOLDS(verdict.outcome == again.outcome && verdict.mid == again.mid);
    PAGEDESK_HOLDS((verdict.outcome == Outcome::Sent) == !verdict.mid.isEmpty());
    PAGEDESK_HOLDS((verdict.outcome == Outcome::Failed) == (verdict.failure != FailureKind::None));
    PAGEDESK_HOLDS((verdict.outcome == Outcome::NotSent) == (verdict.retryAfterSeconds > 0));
    PAGEDESK_HOLDS(verdict.retryAfterSeconds <= 24 * 60 * 60);
    PAGEDESK_HOLDS(verdict.code >= 0 && verdict.subcode >= 0);
    // What may have been done must never be done again.
    const bool succeeded = status >= 200 && status <= 299;
    PAGEDESK_HOLDS(
        !succeeded || verdict.outcome == Outcome::Sent || verdict.outcome == Outcome::Unknown);
    PAGEDESK_HOLDS(succeeded || verdict.outcome != Outcome::Sent);
}

void checkProfile(int status, const QByteArray &body)
{
    const auto profile = Relay::readProfileAnswer(status, body);
    PAGEDESK_HOLDS(!profile || status < 400);
    PAGEDESK_HOLDS(!profile || profile->person.name.size() <= 200);
    PAGEDESK_HOLDS(profile || profile.error().detail.size() < 100);
}

// What a login reads.
void checkLogin(const QByteArray &body)
{
    const auto granted = readGrantedToken(body);
    PAGEDESK_HOLDS(!granted || (!granted->token.isEmpty() && granted->seconds >= 0));
    const auto facts = readTokenFacts(body);
    PAGEDESK_HOLDS(!facts || (facts->expiresAt >= 0 && facts->dataAccessExpiresAt >= 0));
    const auto seen = readSeenPages(body);
    for (const SeenPage &page : seen ? seen->pages : QList<SeenPage>())
        PAGEDESK_HOLDS(!page.id.isEmpty() && page.name.size() <= 200);
    const auto node = readNamedNode(body);
    PAGEDESK_HOLDS(!node || !node->id.isEmpty());
    (void)readDeclined(body);
    (void)readRefusal(body);
}

void checkMatches(int status, const QByteArray &body, const QByteArray &usage)
{
    const auto matched = readMatchedIds(body);
    for (const MatchedId &one : matched ? matched->ids : QList<MatchedId>()) {
        PAGEDESK_HOLDS(!one.page.isEmpty() && one.page.value.size() <= 64);
        PAGEDESK_HOLDS(!one.psid.isEmpty() && one.psid.value.size() <= 64);
    }
    PAGEDESK_HOLDS(status < 500 || matchRefusal(status, body, usage) == MatchRefusal::Passing);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Fuzz::Input input(data, size);
    const int status
        = Statuses.at(static_cast<std::size_t>(input.number(static_cast<int>(Statuses.size()))));
    const QByteArray usage = Fuzz::bytes(input.part());
    const QByteArray body = Fuzz::bytes(input.rest());
    checkSend(status, body, usage);
    checkProfile(status, body);
    checkLogin(body);
    checkMatches(status, body, usage);
    return 0;
}
