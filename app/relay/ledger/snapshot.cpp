// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/snapshot.h"

#include "app/relay/ledger/ledger.h"

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

// More than a ledger gives out between two backups, and far below what JSON numbers hold exactly.
constexpr qint64 Leap = 1'000'000'000;

} // namespace

Result<> copyLedger(const QString &folder, const QString &to)
{
    constexpr const char *Sql = "VACUUM INTO ?";
    const auto connection = Connection::open(Ledger::databasePath(folder));
    if (!connection)
        return failure(connection.error());
    if (const auto copied = (*connection)->exec(Sql, {to}); !copied)
        return failure(copied.error());
    return {};
}

Result<> renumberStreams(Connection &connection)
{
    constexpr const char *Sql = "SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c "
                                "WHERE t.type = 'table' AND c.name = 'seq'";
    const auto tables = connection.all(Sql, {}, [](const Row &row) { return row.text(0); });
    if (!tables)
        return failure(tables.error());
    for (const QString &table : *tables) {
        const auto moved
            = connection.run(u"UPDATE \"%1\" SET seq = seq + %2"_s.arg(table).arg(Leap));
        if (!moved)
            return moved;
    }
    return {};
}

} // namespace Pagedesk::Relay
