// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/threadstore.h"

#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *Find
    = "SELECT floor_at, floor_arrival, complete FROM thread WHERE conversation_id = ?";
constexpr const char *Save
    = "INSERT INTO thread (conversation_id, page_id, floor_at, floor_arrival, complete) "
      "VALUES (?, ?, ?, ?, ?) ON CONFLICT (conversation_id) DO UPDATE SET "
      "floor_at = excluded.floor_at, floor_arrival = excluded.floor_arrival, "
      "complete = excluded.complete";
constexpr const char *RemovePage = "DELETE FROM thread WHERE page_id = ?";

} // namespace

Result<std::optional<ThreadProgress>> ThreadStore::find(
    Connection &connection, const ConversationId &conversation)
{
    return connection.one(Find, {conversation.value}, [](const Row &row) {
        return ThreadProgress{{row.integer(0), row.integer(1)}, row.flag(2)};
    });
}

Result<> ThreadStore::save(Connection &connection, const ConversationId &conversation,
    const PageId &page, const ThreadProgress &progress)
{
    return done(connection.exec(Save,
        {conversation.value, page.value, progress.floor.at, progress.floor.arrival,
            int(progress.complete)}));
}

Result<> ThreadStore::removePage(Connection &connection, const PageId &page)
{
    return done(connection.exec(RemovePage, {page.value}));
}

} // namespace Pagedesk
