// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/changereader.h"

#include "app/relay/sync/streamreader.h"

namespace Pagedesk::Relay {

namespace {

constexpr int ChangesPerFrame = 200;

Result<ChangeReader::News> newsOf(Connection &connection, const QString &stream, qint64 after)
{
    const auto changes = readChanges(connection, stream, after, ChangesPerFrame);
    if (!changes)
        return failure(changes.error());
    ChangeReader::News news{changes->toSeq, {}};
    if (changes->toSeq > after)
        news.frame = Wire::encode(Wire::ServerFrame(*changes)).toStdString();
    return news;
}

} // namespace

ChangeReader::ChangeReader(Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
{
}

void ChangeReader::read(const QString &stream, qint64 after, QObject *asker, Done done)
{
    // Not at once: the others who have heard of the same commit are about to ask.
    if (m_waiting.isEmpty())
        QMetaObject::invokeMethod(this, &ChangeReader::readAll, Qt::QueuedConnection);
    m_waiting[{stream, after}].push_back({asker, std::move(done)});
}

void ChangeReader::readAll()
{
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
