// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/labels.h"

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/rows.h"

namespace Pagedesk::Relay {

namespace {

#define PAGEDESK_LABEL_COLUMNS "id, name, colour, active, seq"

Label labelFrom(const Row &row)
{
    return {{row.text(0)}, row.text(1), row.text(2), row.flag(3), row.integer(4)};
}

} // namespace

Result<std::optional<Label>> labelById(Connection &connection, const LabelId &id)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_LABEL_COLUMNS " FROM label WHERE id = ?";
    return connection.one(Sql, {id.value}, labelFrom);
}

Result<> saveLabel(Connection &connection, const Label &label)
{
    constexpr const char *Sql
        = "INSERT INTO label (" PAGEDESK_LABEL_COLUMNS ") VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour, "
          "active = excluded.active, seq = excluded.seq";
    const auto seq = takeSeqs(connection, QString::fromLatin1(WorkspaceStream), 1);
    if (!seq)
        return failure(seq.error());
    const auto written
        = connection.exec(Sql, {label.id.value, label.name, label.colour, int(label.active), *seq});
    if (!written)
        return failure(written.error());
    return {};
}

Result<QList<Label>> activeLabels(Connection &connection)
{
    constexpr const char *Sql
        = "SELECT " PAGEDESK_LABEL_COLUMNS " FROM label WHERE active = 1 ORDER BY name, id";
    return connection.all(Sql, {}, labelFrom);
}

Result<QList<Label>> labelsAfter(Connection &connection, qint64 after, qint64 upTo, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_LABEL_COLUMNS " FROM label "
                                "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    return connection.all(Sql, {after, upTo, limit}, labelFrom);
}

Result<QList<Label>> labelsBelow(Connection &connection, qint64 before, int limit)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_LABEL_COLUMNS " FROM label "
                                "WHERE seq < ? ORDER BY seq DESC LIMIT ?";
    return connection.all(Sql, {before, limit}, labelFrom);
}

#undef PAGEDESK_LABEL_COLUMNS

} // namespace Pagedesk::Relay
