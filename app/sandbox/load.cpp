// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/load.h"

#include "app/sandbox/seed.h"

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int TickMs = 10;
constexpr quint64 FirstPsid = 26'000'000'000'000'001ULL;

} // namespace

Load::Load(World &world, Messaging &messaging)
    : m_world(world)
    , m_messaging(messaging)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(TickMs);
    connect(&m_timer, &QTimer::timeout, this, &Load::writeDue);
}

void Load::begin(const Order &order)
{
    m_order = order;
    m_written = 0;
    m_since.start();
    m_timer.start();
    writeDue();
}

void Load::writeDue()
{
    const double due = double(m_since.elapsed()) / 1000 * m_order.perSecond + 1;
    const int wanted = int(std::min(double(m_order.count), due));
    while (m_written < wanted)
        writeOne();
    if (m_written >= m_order.count)
        m_timer.stop();
}

void Load::writeOne()
{
    const QString psid = QString::number(FirstPsid + quint64(m_written % m_order.customers));
    if (!m_world.customer(psid))
        m_world.addCustomer(newCustomer(psid, {}));
    ++m_written;
    Message message;
    message.text
        = u"Message %1 of %2: is everything still working? Größe M, 你好 👍"_s.arg(m_written).arg(
            m_order.count);
    m_messaging.customerWrites(m_world.openThread(m_order.pageId, psid), std::move(message));
}

} // namespace Pagedesk::Sandbox
