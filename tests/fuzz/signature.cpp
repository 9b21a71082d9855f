// SPDX-License-Identifier: GPL-3.0-or-later
// A signature header, then NUL, then a body.
#include "models/messenger/signature.h"
#include "tests/fuzz/fuzz.h"

using namespace Pagedesk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const WebhookSignature Both({Secret("secret-two"), Secret("secret-one")});
    static const WebhookSignature First({Secret("secret-one")});
    static const WebhookSignature None({Secret("")});
    Fuzz::Input input(data, size);
    const std::string_view header = input.part();
    const std::string_view body = input.rest();
    const QByteArray right[] = {First.sign(body), Both.sign(body)};
    QByteArray digits = Fuzz::bytes(header.substr(std::min<std::size_t>(7, header.size())));
    digits = "sha256=" + digits.toLower();
    const bool expected
        = header.starts_with("sha256=") && (digits == right[0] || digits == right[1]);
    PAGEDESK_HOLDS(Both.verify(header, body) == expected);
    PAGEDESK_HOLDS(!None.verify(header, body));
    PAGEDESK_HOLDS(Both.verify(Fuzz::view(right[0]), body));
    PAGEDESK_HOLDS(!First.verify(Fuzz::view(right[1]), body));
    PAGEDESK_HOLDS(!Both.verifyDigest(header, body) || header.size() == 32);
    return 0;
}
