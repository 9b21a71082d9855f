// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/reconciler.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr qsizetype ParallelReadings = 8;

} // namespace

Reconciler::Reconciler(Ledger &ledger, GraphClient &graph, const Vault &vault, const Clock &clock,
    Pacing &pacing, SendTimes times, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_vault(vault)
    , m_clock(clock)
    , m_pacing(pacing)
    , m_times(std::move(times))
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Reconciler::look);
    connect(&m_ledger, &Ledger::touched, this, [this](const Ledger::Touched &touched) {
        if (touched.outbound)
            look();
    });
}

void Reconciler::start()
{
    look();
}

void Reconciler::stop()
{
    m_stopped = true;
    m_wake.stop();
}

void Reconciler::look()
{
    if (m_stopped)
        return;
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;
    m_ledger.database()
        .read<Found>([readings = static_cast<int>(m_times.readAfter.size())](
                         Connection &connection) -> Result<Found> {
            const auto unknown = unknownReplies(connection, readings);
            if (!unknown)
                return failure(unknown.error());
            Found found{*unknown, {}};
            if (unknown->isEmpty())
                return found;
            const auto pages = allPages(connection);
            if (!pages)
                return failure(pages.error());
            for (const Page &page : *pages) {
                if (page.state == PageState::Connected)
                    found.readable.insert(page.id);
            }
            return found;
        })
        .then(this, [this](const Result<Found> &found) {
            m_looking = false;
            if (found)
                choose(*found);
            else
                qCWarning(logDispatch) << "cannot read unknown replies:" << found.error().detail;
            if (std::exchange(m_lookAgain, false))
                look();
        });
}

void Reconciler::choose(const Found &found)
{
    const qint64 now = m_clock.now();
    qint64 wakeAt = 0;
    const auto wakeBy = [&wakeAt](qint64 at) { wakeAt = wakeAt == 0 ? at : std::min(wakeAt, at); };
    QSet<PageId> waiting;
    for (const Outbound &outbound : found.unknown) {
        const Message &message = outbound.message;
        const qint64 dueAt = readingDueAt(outbound, m_times);
        if (m_reading.contains(message.conversationId) || waiting.contains(message.pageId))
            continue;
        if (dueAt > now) {
            wakeBy(dueAt);
            continue;
        }
        if (!found.readable.contains(message.pageId)) {
            keep({message.conversationId, now, std::nullopt});
            continue;
        }
        if (m_reading.size() >= ParallelReadings)
            continue; // whichever ends looks again
        if (const qint64 wait = m_pacing.mayCall(message.pageId, Pacing::Call::Conversation);
            wait > 0) {
            waiting.insert(message.pageId);
            wakeBy(now + wait);
            continue;
        }
        read(outbound);
    }
    if (wakeAt > 0)
        m_wake.start(static_cast<int>(std::clamp<qint64>(wakeAt - now, 10, 60'000)));
}

void Reconciler::read(const Outbound &outbound)
{
    const Reading reading{outbound.message.conversationId, m_clock.now(), std::nullopt};
    const PageId page = outbound.message.pageId;
    m_reading.insert(reading.conversation);
    m_ledger.database()
        .read<QByteArray>(
            [page](Connection &connection) { return sealedTokenOf(connection, page); })
        .andThen(this,
            [this, page](const QByteArray &sealed) {
                return Task<Secret>::finished(PageTokens::open(m_vault, page, sealed));
            })
        .andThen(this,
            [this, page, psid = outbound.psid](const Secret &token) {
                return m_graph.recentMessages(page, psid, token, m_times.timeoutMs);
            })
        .then(this, [this, reading](const Result<RecentMessages> &recent) {
            Reading read = reading;
            if (recent)
                read.recent = *recent;
            else
                qCInfo(logDispatch)
                    << "a conversation cannot be read now:" << kindName(recent.error().kind)
                    << recent.error().detail;
            keep(read);
        });
}

void Reconciler::keep(const Reading &reading)
{
    m_reading.insert(reading.conversation);
    m_ledger
        .write([reading, times = m_times](Connection &connection, Ledger::Touched &touched) {
            return resolveUnknown(connection, reading, times, touched);
        })
        .then(this, [this, conversation = reading.conversation](const Result<> &done) {
            if (done) {
                m_reading.remove(conversation);
                look();
                return;
            }
            qCWarning(logDispatch) << "cannot store what was read:" << done.error().detail;
            QTimer::singleShot(1000, this, [this, conversation] {
                m_reading.remove(conversation);
                look();
            });
        });
}

} // namespace Pagedesk::Relay
