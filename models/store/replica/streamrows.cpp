// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/streamrows.h"

#include "models/store/replica/commandstore.h"
#include "models/store/replica/contactstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/draftstore.h"
#include "models/store/replica/labelstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/operatorstore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamstore.h"
#include "models/store/replica/threadstore.h"
#include "models/store/replica/tombstones.h"

namespace Pagedesk {

namespace {

// Pictures and files that only this Page's rows name.
Result<> noteOrphans(ReplicaWriter &writer, const PageId &page)
{
    constexpr const char *Files
        = "SELECT a.hash FROM attachment a JOIN message m ON m.row = a.message "
          "WHERE m.page_id = ? AND a.hash <> '' AND a.hash NOT IN "
          "(SELECT b.hash FROM attachment b JOIN message n ON n.row = b.message "
          "WHERE n.page_id <> ?)";
    constexpr const char *Thumbnails
        = "SELECT a.thumbnail FROM attachment a JOIN message m ON m.row = a.message "
          "WHERE m.page_id = ? AND a.thumbnail <> '' AND a.thumbnail NOT IN "
          "(SELECT b.thumbnail FROM attachment b JOIN message n ON n.row = b.message "
          "WHERE n.page_id <> ?)";
    constexpr const char *Pictures
        = "SELECT picture_hash FROM conversation WHERE page_id = ? AND picture_hash <> '' "
          "AND picture_hash NOT IN (SELECT picture_hash FROM conversation WHERE page_id <> ?)";
    for (const char *sql : {Files, Thumbnails, Pictures}) {
        const auto found = writer.connection.each(sql, {page.value, page.value},
            [&writer](const Row &row) { writer.changes.orphanedFiles.insert(row.text(0)); });
        if (!found)
            return found;
    }
    return {};
}

Result<> removeRelayRows(ReplicaWriter &writer, const QString &stream)
{
    Connection &connection = writer.connection;
    const auto common = inOrder([&] { return StreamStore::remove(connection, stream); },
        [&] { return Tombstones::removeStream(connection, stream); });
    if (!common)
        return common;
    if (stream == WorkspaceStream) {
        writer.changes.roster = true;
        return inOrder([&] { return OperatorStore::removeAll(connection); },
            [&] { return LabelStore::removeAll(connection); });
    }
    const PageId page{stream};
    return inOrder([&] { return ThreadStore::removePage(connection, page); },
        [&] { return MessageStore::removePage(writer, page, false); },
        [&] { return ContactStore::removePage(writer, page); },
        [&] { return ConversationStore::removePage(writer, page); });
}

} // namespace

Result<> StreamRows::remove(ReplicaWriter &writer, const QString &stream)
{
    const PageId page{stream};
    return inOrder([&] { return noteOrphans(writer, page); },
        [&] { return CommandStore::removePage(writer, page); },
        [&] { return DraftStore::removePage(writer, page); },
        [&] { return MessageStore::removePage(writer, page, true); },
        [&] { return removeRelayRows(writer, stream); },
        [&] { return PageStore::remove(writer, page); });
}

Result<> StreamRows::clear(ReplicaWriter &writer, const QString &stream)
{
    writer.changes.startedOver = true;
    return inOrder([&] { return removeRelayRows(writer, stream); },
        [&] { return MessageStore::doubtConfirmed(writer, {stream}); },
        [&] { return PageStore::remove(writer, {stream}); });
}

} // namespace Pagedesk
