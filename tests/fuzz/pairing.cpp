// SPDX-License-Identifier: GPL-3.0-or-later
// A first byte for the kind: a pairing link that somebody was sent, or either side's JSON.
#include "models/wire/pairing.h"
#include "tests/fuzz/fuzz.h"

using namespace Pagedesk;

namespace {

bool isLoopback(const QString &host)
{
    return host == u"localhost" || host == u"::1" || host.startsWith(u"127.");
}

void checkLink(const QString &text)
{
    const auto link = Wire::pairingLinkFrom(text);
    if (!link)
        return;
    const QUrl &relay = link->relay;
    PAGEDESK_HOLDS(relay.isValid() && !relay.host().isEmpty() && relay.userInfo().isEmpty());
    PAGEDESK_HOLDS(
        relay.scheme() == u"https" || (relay.scheme() == u"http" && isLoopback(relay.host())));
    PAGEDESK_HOLDS(!link->inviteId.isEmpty() && !link->secret.isEmpty());
    const QString written = Wire::toLink(*link);
    const auto again = Wire::pairingLinkFrom(written);
    PAGEDESK_HOLDS(again.has_value() || written.size() > 4096);
    if (!again)
        return;
    PAGEDESK_HOLDS(again->relay == relay && again->inviteId == link->inviteId);
    PAGEDESK_HOLDS(again->secret.reveal() == link->secret.reveal());
}

void checkRequest(const QByteArray &bytes)
{
    const auto request = Wire::decodePairingRequest(bytes);
    if (!request)
        return;
    const auto again = Wire::decodePairingRequest(Wire::encode(*request));
    PAGEDESK_HOLDS(again && again->inviteId == request->inviteId
        && again->secret.reveal() == request->secret.reveal()
        && again->deviceName == request->deviceName);
}

void checkAnswer(const QByteArray &bytes)
{
    const auto answer = Wire::decodePairingAnswer(bytes);
    if (!answer)
        return;
    const auto again = Wire::decodePairingAnswer(Wire::encode(*answer));
    PAGEDESK_HOLDS(again && again->self == answer->self && again->workspace == answer->workspace
        && again->deviceToken.reveal() == answer->deviceToken.reveal());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Fuzz::Input input(data, size);
    switch (input.number(3)) {
    case 0:
        checkLink(Fuzz::text(input.rest()));
        break;
    case 1:
        checkRequest(Fuzz::bytes(input.rest()));
        break;
    default:
        checkAnswer(Fuzz::bytes(input.rest()));
        break;
    }
    return 0;
}
