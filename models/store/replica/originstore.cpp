// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/originstore.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *Load = "SELECT relay, operator_id, operator_name FROM origin";
constexpr const char *Save
    = "INSERT INTO origin (one, relay, operator_id, operator_name) VALUES (1, ?, ?, ?) "
      "ON CONFLICT (one) DO UPDATE SET relay = excluded.relay, "
      "operator_id = excluded.operator_id, operator_name = excluded.operator_name";

} // namespace

Result<std::optional<Origin>> OriginStore::load(Connection &connection)
{
    return connection.one(Load, {}, [](const Row &row) {
        return Origin{row.text(0), {row.text(1)}, row.text(2)};
    });
}

Result<> OriginStore::save(Connection &connection, const Origin &origin)
{
    return done(
        connection.exec(Save, {origin.relay, origin.operatorId.value, origin.operatorName}));
}

} // namespace Pagedesk
