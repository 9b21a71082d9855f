// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/store/migrations.h"
#include "models/store/query.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <unordered_map>

namespace Pagedesk {

// A change that waits for its turn on the writing thread, and what is to follow it.
class Write {
public:
    virtual ~Write() = default;
    // Reads and changes, inside a transaction. It may be run a second time when a neighbour in its
    // group failed, so it must not keep anything from the first run.
    virtual Result<> run(Connection &connection) = 0;
    // Called once, on the writing thread, after commit or rollback; must be quick and not throw.
    virtual void finish(const Result<> &done) = 0;
};

// An SQLite database with one thread that writes and one that reads. Writes that wait are put
// into one transaction together (group commit), so that the cost of a full sync is shared; each
// is told its result only after the commit.
class Database : public QObject {
    Q_OBJECT

public:
    enum class Sync {
        Normal, // may forget the last commits at a power cut
        Full, // a commit is on the disk when it is reported
    };

    struct Options {
        QString path;
        std::span<const Migration> migrations;
        Sync sync = Sync::Full;
        bool create = true; // else a missing file is NotFound
        int groupLimit = 512; // how many writes share a transaction at most
    };

    explicit Database(QObject *parent = nullptr);
    ~Database() override; // as close(); open tasks end as Cancelled

    // Opens, checks and migrates; blocks. Storage, NewerVersion, Damaged or NotFound.
    Result<> open(const Options &options);

    // Writes what was submitted and stops both threads. What is submitted later ends as Cancelled.
    void close();

    // Thread-safe.
    void submit(std::unique_ptr<Write> write);
    // The same with functions for Write::run() and Write::finish().
    using Work = std::function<Result<>(Connection &)>;
    using Committed = std::function<void(const Result<> &)>;
    void submit(Work work, Committed committed);

    // Writes in a transaction; the task finishes on this object's thread.
    template <typename T = void> Task<T> write(std::function<Result<T>(Connection &)> work)
    {
        Promise<T> promise;
        auto task = promise.task();
        const quint64 ticket = keep(std::move(promise));
        auto value = std::make_shared<std::optional<Result<T>>>();
        submit(
            [value, work = std::move(work)](Connection &connection) -> Result<> {
                value->emplace(work(connection));
                if (!**value)
                    return failure((**value).error());
                return {};
            },
            [this, value, ticket](const Result<> &done) {
                deliver(ticket,
                    std::make_shared<Result<T>>(
                        done ? std::move(**value) : Result<T>(failure(done.error()))));
            });
        return task;
    }

    // Reads on the reading thread; the task finishes on this object's thread.
    template <typename T> Task<T> read(std::function<Result<T>(Connection &)> work)
    {
        Promise<T> promise;
        auto task = promise.task();
        const quint64 ticket = keep(std::move(promise));
        submitRead([this, ticket, work = std::move(work)](Connection &connection) {
            deliver(ticket, std::make_shared<Result<T>>(work(connection)));
        });
        return task;
    }

    // Thread-safe; runs on the reading thread, not at all once closed.
    void submitRead(std::function<void(Connection &)> work);

    // Waits until everything submitted so far has been written.
    void flush();

Q_SIGNALS:
    // Another process has committed to this database (noticed within a second or so).
    void changedElsewhere();

private:
    // A promise waits here, on its own thread; the other threads carry only its number.
    template <typename T> quint64 keep(Promise<T> promise)
    {
        auto waiting = std::make_shared<Promise<T>>(std::move(promise));
        m_waiting.emplace(++m_lastTicket, [waiting](const void *result) {
            waiting->finish(*static_cast<const Result<T> *>(result));
        });
        return m_lastTicket;
    }
    void deliver(quint64 ticket, std::shared_ptr<const void> result);

    class Writer;
    class Reader;
    std::unordered_map<quint64, std::function<void(const void *)>> m_waiting;
    quint64 m_lastTicket = 0;
    // A failed sync may have lost what was copied from the log: it is not deleted.
    const std::shared_ptr<std::atomic<bool>> m_keepsLog
        = std::make_shared<std::atomic<bool>>(false);
    std::unique_ptr<Writer> m_writer;
    std::unique_ptr<Reader> m_reader;
};

} // namespace Pagedesk
