// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/ledger.h"

#include <QDir>

#include <array>

namespace Pagedesk::Relay {

namespace {

constexpr std::array Migrations{
    Migration{1, ":/sql/ledger/sqlite/001_first_ledger.sql"},
    Migration{2, ":/sql/ledger/sqlite/002_message_by_event.sql"},
    Migration{3, ":/sql/ledger/sqlite/003_audit.sql"},
    Migration{4, ":/sql/ledger/sqlite/004_callbacks.sql"},
    Migration{5, ":/sql/ledger/sqlite/005_every_event.sql"},
    Migration{6, ":/sql/ledger/sqlite/006_jobs.sql"},
    Migration{7, ":/sql/ledger/sqlite/007_files.sql"},
    Migration{8, ":/sql/ledger/sqlite/008_logins.sql"},
    Migration{9, ":/sql/ledger/sqlite/009_page_settings.sql"},
    Migration{10, ":/sql/ledger/sqlite/010_people.sql"},
    Migration{11, ":/sql/ledger/sqlite/011_contacts.sql"},
    Migration{12, ":/sql/ledger/sqlite/012_matches.sql"},
    Migration{13, ":/sql/ledger/sqlite/013_queue.sql"},
    Migration{14, ":/sql/ledger/sqlite/014_taking_over.sql"},
};
static_assert(versionsRise(Migrations));

} // namespace

void Ledger::Touched::merge(const Touched &other)
{
    for (const QString &name : other.streams)
        stream(name);
    outbound = outbound || other.outbound;
    jobs = jobs || other.jobs;
    events = events || other.events;
    for (auto it = other.delayed.cbegin(); it != other.delayed.cend(); ++it)
        delayed[it.key()] += it.value();
}

Ledger::Ledger(QObject *parent)
    : QObject(parent)
{
    // Somebody else has written, the command line for instance: anything may have changed.
    connect(&m_database, &Database::changedElsewhere, this, [this] {
        Touched everything;
        everything.stream(QString::fromLatin1(WorkspaceStream));
        everything.outbound = true;
        everything.jobs = true;
        Q_EMIT touched(everything);
    });
}

QString Ledger::databasePath(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral("ledger.db"));
}

Result<> Ledger::open(const QString &folder, bool create)
{
    if (create && !QDir().mkpath(folder))
        return failure(
            Error::Kind::Storage, QStringLiteral("cannot make the folder %1").arg(folder));
    return m_database.open({.path = databasePath(folder),
        .migrations = Migrations,
        .sync = Database::Sync::Full,
        .create = create,
        .groupLimit = 4096});
}

void Ledger::submit(Work work, Database::Committed done)
{
    const auto touchedHere = std::make_shared<Touched>();
    m_database.submit(
        [work = std::move(work), touchedHere](Connection &connection) {
            *touchedHere = {}; // the work may be run a second time
            return work(connection, *touchedHere);
        },
        [this, touchedHere, done = std::move(done)](const Result<> &result) {
            if (result)
                announce(*touchedHere);
            done(result);
        });
}

Task<> Ledger::write(Work work)
{
    const auto touchedHere = std::make_shared<Touched>();
    auto task
        = m_database.write<void>([work = std::move(work), touchedHere](Connection &connection) {
              *touchedHere = {};
              return work(connection, *touchedHere);
          });
    return task.andThen(this, [this, touchedHere] {
        announce(*touchedHere);
        return Task<>::finished({});
    });
}

void Ledger::announce(const Touched &changes)
{
    const std::lock_guard lock(m_mutex);
    m_pending.merge(changes);
    if (m_announced)
        return;
    m_announced = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            Touched changed;
            {
                const std::lock_guard again(m_mutex);
                std::swap(changed, m_pending);
                m_announced = false;
            }
            Q_EMIT touched(changed);
        },
        Qt::QueuedConnection);
}

} // namespace Pagedesk::Relay
