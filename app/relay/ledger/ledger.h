// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/store/database.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <atomic>
#include <mutex>

namespace Pagedesk::Relay {

inline constexpr const char *WorkspaceStream = "workspace";

// The relay's store: opens the database and tells which streams and which kinds of work have
// changed. Functions that read or write rows stand beside it, one file an aggregate, and take a
// Connection inside a write() or read().
class Ledger : public QObject {
    Q_OBJECT

public:
    // What a write has touched; announced after its commit.
    struct Touched {
        QStringList streams; // each once
        bool outbound = false; // a reply is to be sent or was settled
        bool jobs = false;
        bool events = false; // something was received, be it a repeated one
        // Events of people whose screen updates are spread out, by stream; not in `streams`.
        QHash<QString, int> delayed;

        void delay(const QString &name) { ++delayed[name]; }
        void stream(const QString &name)
        {
            if (!streams.contains(name))
                streams.append(name);
        }
        void merge(const Touched &other);
    };

    explicit Ledger(QObject *parent = nullptr);

    // Opens or creates DIR/ledger.db. `create` false: NotFound when there is none.
    Result<> open(const QString &folder, bool create = true);
    Database &database() { return m_database; }

    using Work = std::function<Result<>(Connection &, Touched &)>;
    // Thread-safe. `done` is called on the database thread after the commit.
    void submit(Work work, Database::Committed done);
    // The task finishes on this object's thread, after the commit.
    Task<> write(Work work);
    // Thread-safe: announce what a commit has touched. Calls are put together.
    void announce(const Touched &touched);

    static QString databasePath(const QString &folder);

Q_SIGNALS:
    void touched(const Pagedesk::Relay::Ledger::Touched &touched);

private:
    std::mutex m_mutex;
    Touched m_pending;
    bool m_announced = false;
    Database m_database; // last: its threads end before what they touch
};

} // namespace Pagedesk::Relay
