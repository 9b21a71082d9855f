// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"
#include "tests/fuzz/fuzz.h"

namespace Pagedesk::Fuzz {

// What could be read is written and read again as the same, in the same bytes.
template <typename Frame>
void checkRoundTrip(const QByteArray &bytes, Result<Frame> (*decode)(const QByteArray &))
{
    const Result<Frame> frame = decode(bytes);
    if (!frame) {
        PAGEDESK_HOLDS(frame.error().kind == Error::Kind::Protocol);
        PAGEDESK_HOLDS(frame.error().detail.size() < 400);
        return;
    }
    const QByteArray written = Wire::encode(*frame);
    const Result<Frame> again = decode(written);
    PAGEDESK_HOLDS(again.has_value());
    PAGEDESK_HOLDS(*again == *frame);
    PAGEDESK_HOLDS(Wire::encode(*again) == written);
}

} // namespace Pagedesk::Fuzz
