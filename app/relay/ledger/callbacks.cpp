// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/callbacks.h"

namespace Pagedesk::Relay {

namespace {

#define PAGEDESK_CALLBACK_COLUMNS "kind, request_key, page_id, code, state, issued_at, received_at"

MetaCallback callbackFrom(const Row &row)
{
    return {static_cast<CallbackKind>(row.number(0)), row.bytes(1), {row.text(2)}, row.text(3),
        static_cast<CallbackState>(row.number(4)), row.integer(5), row.integer(6)};
}

} // namespace

Result<> keepCallback(Connection &connection, const MetaCallback &callback)
{
    constexpr const char *Sql
        = "INSERT INTO meta_callback (" PAGEDESK_CALLBACK_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?) "
          "ON CONFLICT (kind, request_key) DO NOTHING";
    const auto added = connection.exec(Sql,
        {static_cast<int>(callback.kind), callback.requestKey, callback.pageId.value, callback.code,
            static_cast<int>(callback.state), callback.issuedAt, callback.receivedAt});
    if (!added)
        return failure(added.error());
    if (*added != 1)
        return failure(Error::Kind::Conflict, QStringLiteral("kept by somebody else just now"));
    return {};
}

Result<std::optional<MetaCallback>> callbackByRequest(
    Connection &connection, CallbackKind kind, const QByteArray &requestKey)
{
    constexpr const char *Sql = "SELECT " PAGEDESK_CALLBACK_COLUMNS
                                " FROM meta_callback WHERE kind = ? AND request_key = ?";
    return connection.one(Sql, {static_cast<int>(kind), requestKey}, callbackFrom);
}

Result<std::optional<MetaCallback>> callbackByCode(Connection &connection, const QString &code)
{
    constexpr const char *Sql
        = "SELECT " PAGEDESK_CALLBACK_COLUMNS " FROM meta_callback WHERE code = ? AND code <> ''";
    return connection.one(Sql, {code}, callbackFrom);
}

} // namespace Pagedesk::Relay
