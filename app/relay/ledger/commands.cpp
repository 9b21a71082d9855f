// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/commands.h"

namespace Pagedesk::Relay {

Result<std::optional<Wire::CommandResult>> commandResult(
    Connection &connection, const CommandId &id)
{
    constexpr const char *Sql = "SELECT error, detail FROM command WHERE id = ?";
    return connection.one(Sql, {id.value}, [&id](const Row &row) {
        Wire::CommandResult result{id, std::nullopt};
        if (const auto kind = kindFromName(row.text(0)))
            result.error = Error{*kind, row.text(1)};
        return result;
    });
}

Result<> keepCommandResult(
    Connection &connection, const Wire::CommandResult &result, const DeviceId &device, qint64 now)
{
    constexpr const char *Sql = "INSERT INTO command (id, device_id, done_at, error, detail) "
                                "VALUES (?, ?, ?, ?, ?)";
    const auto done = connection.exec(Sql,
        {result.id.value, device.value, now,
            result.error ? kindName(result.error->kind) : QString(),
            result.error ? result.error->detail : QString()});
    if (!done)
        return failure(done.error());
    return {};
}

} // namespace Pagedesk::Relay
