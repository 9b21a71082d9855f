// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/pasthistory.h"

#include "app/sandbox/idmaker.h"
#include "app/sandbox/seed.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint64 FirstPsid = 27'000'000'000'000'001ULL;
constexpr qint64 ApartMs = 60'000;

} // namespace

int writePast(World &world, const PastOrder &order)
{
    int written = 0;
    for (int i = 0; i < order.conversations; ++i) {
        const QString psid = QString::number(FirstPsid + quint64(i));
        if (!world.customer(psid))
            world.addCustomer(newCustomer(psid, {}));
        Thread &thread = world.openThread(order.pageId, psid);
        if (!thread.messages.empty())
            continue;
        const qint64 lastAt = order.untilAt - (i + 1) * ApartMs;
        for (int j = 0; j < order.messages; ++j) {
            Message message;
            message.mid = midFor(u"past %1 %2 %3"_s.arg(order.pageId, psid).arg(j));
            message.isFromCustomer = j % 2 == 0;
            message.text = u"Past %1.%2"_s.arg(i).arg(j);
            message.at = lastAt - (order.messages - 1 - j) * ApartMs;
            message.isDelivered = true;
            message.isRead = true;
            if (message.isFromCustomer)
                thread.lastCustomerAt = message.at;
            world.append(thread, std::move(message));
            ++written;
        }
    }
    return written;
}

} // namespace Pagedesk::Sandbox
