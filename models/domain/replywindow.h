// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Pagedesk {

// Whether and how the Page may answer a person now. The composer, the outbox, the dispatcher and
// every automatic sender ask this one function.
struct ReplyWindow {
    enum class State {
        Open, // any content (messaging type RESPONSE)
        HumanAgent, // a person's own words only (MESSAGE_TAG + HUMAN_AGENT)
        Closed, // nothing until the customer writes again
        NeverOpened, // the customer has not written yet
    };

    State state = State::NeverOpened;
    qint64 closesAt = 0; // ms UTC when `state` ends; for Closed when it ended; 0 for NeverOpened

    bool allowsHumanReply() const { return state == State::Open || state == State::HumanAgent; }
    bool operator==(const ReplyWindow &) const = default;
};

// `lastCustomerAt`: ms UTC of the customer's last action that opens the window (message, postback,
// reaction, referral), 0 when there is none. `humanAgent`: the Page has Meta's Human Agent feature.
// A customer's time ahead of our clock counts as now.
ReplyWindow replyWindow(qint64 lastCustomerAt, qint64 now, bool humanAgent);

} // namespace Pagedesk
