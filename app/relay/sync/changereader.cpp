// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/changereader.h"

#include "app/relay/sync/streamreader.h"

namespace Pagedesk::Relay {

namespace {

using namespace std::chrono_literals;

constexpr int ChangesPerFrame = 200;
constexpr auto Pace = 8ms; // half of what a screen needs to show something new

Result<ChangeReader::News> newsOf(Connection &connection, const QString &stream, qint64 after)
{
    const auto changes = readChanges(connection, stream, after, ChangesPerFrame);
    if (!changes)
        return failure(changes.error());
    ChangeReader::News news{changes->changes.toSeq, {}, changes->hasMore};
    if (news.toSeq > after)
        news.frame = Wire::encode(Wire::ServerFrame(changes->changes)).toStdString();
    return news;
}

} // namespace

ChangeReader::ChangeReader(Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
{
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, &ChangeReader::readAll);
}

void ChangeReader::read(
    const QString &stream, qint64 after, bool isBehind, QObject *asker, Done done)
{
    const std::chrono::milliseconds gone(
        m_sinceLast.isValid() ? m_sinceLast.elapsed() : Pace.count());
    const auto pause = isBehind ? 0ms : std::max<std::chrono::milliseconds>(0ms, Pace - gone);
    // Not at once: the others who have heard of the same commit are about to ask.
    if (!m_next.isActive() || m_next.remainingTimeAsDuration() > pause)
        m_next.start(pause);
    m_waiting[{stream, after}].push_back({asker, std::move(done)});
}

void ChangeReader::readAll()
{
    m_sinceLast.start();
    const auto waiting = std::exchange(m_waiting, {});
    for (auto it = waiting.cbegin(); it != waiting.cend(); ++it) {
        m_database
            .read<News>([place = it.key()](Connection &connection) {
                return newsOf(connection, place.stream, place.after);
            })
            .then(this, [askers = it.value()](const Result<News> &news) {
                for (const Asker &asker : askers) {
                    if (asker.object)
                        asker.done(news);
                }
            });
    }
}

} // namespace Pagedesk::Relay
