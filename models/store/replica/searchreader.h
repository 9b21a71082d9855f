// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/store/replica/searchstore.h"
#include "models/store/workqueue.h"

#include <QObject>

#include <atomic>
#include <thread>
#include <unordered_map>

namespace Pagedesk {

// Searches a replica on a thread of its own, so that no conversation that is opened waits for it.
// The newest search wins: one that is under way is broken off and ends as Cancelled.
class SearchReader : public QObject {
    Q_OBJECT

public:
    explicit SearchReader(const QString &path);
    ~SearchReader() override; // what is under way never finishes

    Task<SearchResults> find(SearchAsk ask);
    // Breaks off what is under way.
    void cancel() { ++m_newest; }

private:
    void serve(const QString &path);
    void deliver(quint64 ticket, const Result<SearchResults> &results);

    struct Question {
        quint64 ticket = 0;
        SearchAsk ask;
    };
    std::atomic<quint64> m_newest = 0;
    std::unordered_map<quint64, Promise<SearchResults>> m_waiting;
    WorkQueue<Question> m_queue;
    std::thread m_thread;
};

} // namespace Pagedesk
