// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/replywindow.h"

#include "models/domain/windowlengths.h"

#include <algorithm>

namespace Pagedesk {

ReplyWindow replyWindow(qint64 lastCustomerAt, qint64 now, bool humanAgent)
{
    using State = ReplyWindow::State;
    if (lastCustomerAt <= 0)
        return {};
    const qint64 base = std::min(lastCustomerAt, now);
    const qint64 standardEnd = base + StandardWindowMs;
    if (now < standardEnd)
        return {State::Open, standardEnd};
    if (!humanAgent)
        return {State::Closed, standardEnd};
    const qint64 humanAgentEnd = base + HumanAgentWindowMs;
    return {now < humanAgentEnd ? State::HumanAgent : State::Closed, humanAgentEnd};
}

} // namespace Pagedesk
