// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay sends to a desktop.
#include "tests/fuzz/frames.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Pagedesk::Fuzz::checkRoundTrip(Pagedesk::Fuzz::bytes(Pagedesk::Fuzz::Input(data, size).rest()),
        &Pagedesk::Wire::decodeServerFrame);
    return 0;
}
