// SPDX-License-Identifier: GPL-3.0-or-later
// What a desktop sends to the relay, once it has been let in.
#include "tests/fuzz/frames.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Pagedesk::Fuzz::checkRoundTrip(Pagedesk::Fuzz::bytes(Pagedesk::Fuzz::Input(data, size).rest()),
        &Pagedesk::Wire::decodeClientFrame);
    return 0;
}
