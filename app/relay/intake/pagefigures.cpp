// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/intake/pagefigures.h"

#include "app/relay/ledger/eventcounts.h"
#include "models/base/logging.h"

namespace Pagedesk::Relay {

namespace {

constexpr int ReleaseMs = 100;
constexpr int RefreshMs = 5'000;
constexpr qint64 Minute = 60'000;

} // namespace

PageFigures::PageFigures(Ledger &ledger, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_clock(clock)
{
    m_release.setSingleShot(true);
    m_release.setInterval(ReleaseMs);
    m_refresh.setSingleShot(true);
    connect(&m_release, &QTimer::timeout, this, &PageFigures::releaseScreens);
    connect(&m_refresh, &QTimer::timeout, this, &PageFigures::refresh);
    connect(&m_ledger, &Ledger::touched, this, &PageFigures::eventsCame);
}

void PageFigures::start()
{
    refresh();
}

void PageFigures::eventsCame(const Ledger::Touched &touched)
{
    for (auto it = touched.delayed.cbegin(); it != touched.delayed.cend(); ++it) {
        m_delayed[it.key()].append({m_clock.now(), it.value()});
        if (!m_held.contains(it.key()))
            m_held.append(it.key());
    }
    if (!m_held.isEmpty() && !m_release.isActive())
        m_release.start();
    if (!touched.events || m_refresh.isActive())
        return;
    // The first event after a quiet time is told at once: somebody may be waiting for it.
    const qint64 since = m_sinceRefresh.isValid() ? m_sinceRefresh.elapsed() : RefreshMs;
    if (since >= RefreshMs)
        refresh();
    else
        m_refresh.start(static_cast<int>(RefreshMs - since));
}

void PageFigures::releaseScreens()
{
    Ledger::Touched touched;
    touched.streams = std::exchange(m_held, {});
    m_ledger.announce(touched);
}

QHash<QString, int> PageFigures::delayedNow()
{
    QHash<QString, int> sums;
    const qint64 since = m_clock.now() - Minute;
    m_delayed.removeIf([&sums, since](auto page) {
        QList<Delayed> &entries = page.value();
        entries.removeIf([since](const Delayed &entry) { return entry.at < since; });
        int sum = 0;
        for (const Delayed &entry : std::as_const(entries))
            sum += entry.events;
        sums.insert(page.key(), sum);
        return entries.isEmpty();
    });
    return sums;
}

void PageFigures::refresh()
{
    if (std::exchange(m_counting, true)) {
        m_countAgain = true;
        return;
    }
    m_sinceRefresh.start();
    const auto base = std::make_shared<qint64>(0);
    m_ledger.database()
        .read<QList<EventCount>>([base](Connection &connection) -> Result<QList<EventCount>> {
            const auto counted = countedEvents(connection);
            if (!counted)
                return failure(counted.error());
            *base = *counted;
            return countEvents(connection, *base);
        })
        .andThen(this,
            [this, base](const QList<EventCount> &counts) {
                return m_ledger.write([counts, base = *base, delayed = delayedNow()](
                                          Connection &connection, Ledger::Touched &touched) {
                    return noteCounts(connection, base, counts, delayed, touched);
                });
            })
        .then(this, [this](const Result<> &done) {
            m_counting = false;
            if (!done)
                qCWarning(logIntake) << "cannot count events:" << done.error().detail;
            // Once more, so that what was delayed is seen to be over.
            const bool again = std::exchange(m_countAgain, false) || !m_delayed.isEmpty();
            if (again && !m_refresh.isActive())
                m_refresh.start(RefreshMs);
        });
}

} // namespace Pagedesk::Relay
