// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/searchreader.h"

#include <array>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

Result<std::unique_ptr<Connection>> openForSearch(const QString &path)
{
    constexpr std::array Pragmas{
        u"PRAGMA query_only = ON", u"PRAGMA cache_size = -64000", u"PRAGMA temp_store = MEMORY"};
    auto connection = Connection::open(path);
    for (auto pragma = Pragmas.begin(); connection && pragma != Pragmas.end(); ++pragma) {
        if (const auto set = (*connection)->run(QString::fromUtf16(*pragma)); !set)
            return failure(set.error());
    }
    return connection;
}

} // namespace

SearchReader::SearchReader(const QString &path)
    : m_thread([this, path] { serve(path); })
{
}

SearchReader::~SearchReader()
{
    cancel();
    m_queue.stop();
    m_thread.join();
}

Task<SearchResults> SearchReader::find(SearchAsk ask)
{
    const quint64 ticket = ++m_newest;
    ask.isCancelled = [this, ticket] { return m_newest != ticket; };
    Promise<SearchResults> promise;
    auto task = promise.task();
    m_waiting.emplace(ticket, std::move(promise));
    m_queue.push({ticket, std::move(ask)});
    return task;
}

void SearchReader::serve(const QString &path)
{
    std::unique_ptr<Connection> connection; // opened when the first search comes
    for (bool stopped = false; !stopped;) {
        for (const Question &question : m_queue.take(1, 1h, stopped)) {
            const auto answer = [&]() -> Result<SearchResults> {
                if (question.ask.isCancelled())
                    return failure(Error::Kind::Cancelled, u"another search has begun"_s);
                if (!connection) {
                    auto opened = openForSearch(path);
                    if (!opened)
                        return failure(opened.error());
                    connection = std::move(*opened);
                }
                return SearchStore::find(*connection, question.ask);
            };
            const auto results = answer();
            QMetaObject::invokeMethod(
                this, [this, ticket = question.ticket, results] { deliver(ticket, results); },
                Qt::QueuedConnection);
        }
    }
}

void SearchReader::deliver(quint64 ticket, const Result<SearchResults> &results)
{
    const auto found = m_waiting.find(ticket);
    if (found == m_waiting.end())
        return;
    Promise<SearchResults> promise = std::move(found->second);
    m_waiting.erase(found); // first: the listener may ask for more
    promise.finish(results);
}

} // namespace Pagedesk
