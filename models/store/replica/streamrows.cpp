// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/streamrows.h"

#include "models/store/replica/commandstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/draftstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/operatorstore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamstore.h"
#include "models/store/replica/threadstore.h"
#include "models/store/replica/tombstones.h"

namespace Pagedesk {

namespace {

Result<> removeRelayRows(ReplicaWriter &writer, const QString &stream)
{
    Connection &connection = writer.connection;
    const auto common = inOrder([&] { return StreamStore::remove(connection, stream); },
        [&] { return Tombstones::removeStream(connection, stream); });
    if (!common)
        return common;
    if (stream == WorkspaceStream)
        return OperatorStore::removeAll(connection);
    const PageId page{stream};
    return inOrder([&] { return ThreadStore::removePage(connection, page); },
        [&] { return MessageStore::removePage(writer, page, false); },
        [&] { return ConversationStore::removePage(writer, page); });
}

} // namespace

Result<> StreamRows::remove(ReplicaWriter &writer, const QString &stream)
{
    const PageId page{stream};
    return inOrder([&] { return CommandStore::removePage(writer, page); },
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
