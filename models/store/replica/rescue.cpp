// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/rescue.h"

#include "models/base/logging.h"
#include "models/store/replica/commandstore.h"
#include "models/store/replica/draftstore.h"
#include "models/store/replica/messagestore.h"

namespace Pagedesk {

namespace {

template <typename T> T readOr(Result<T> read, const char *what)
{
    if (read)
        return std::move(*read);
    qCWarning(logStore) << "could not rescue" << what << kindName(read.error().kind);
    return {};
}

} // namespace

Rescued rescueFrom(const QString &path)
{
    const auto opened = Connection::open(path, Connection::Access::ReadOnly);
    if (!opened)
        return {};
    Connection &connection = **opened;
    return {readOr(DraftStore::all(connection), "drafts"),
        readOr(CommandStore::all(connection), "commands"),
        readOr(MessageStore::onlyHere(connection), "replies")};
}

Result<> restore(ReplicaWriter &writer, const Rescued &rescued)
{
    for (auto it = rescued.drafts.cbegin(); it != rescued.drafts.cend(); ++it) {
        if (const auto set = DraftStore::set(writer, it.key(), it.value()); !set)
            return set;
    }
    QSet<MessageId> onTheirWay;
    for (const StoredCommand &command : rescued.commands) {
        onTheirWay.insert(command.messageId);
        if (const auto added = CommandStore::add(writer, command); !added)
            return added;
    }
    for (Message message : rescued.messages) {
        if (isPending(message) && !onTheirWay.contains(message.id)) {
            message.state = DeliveryState::Failed;
            message.failure = FailureKind::Other;
        }
        if (const auto added = MessageStore::add(writer, message); !added)
            return added;
    }
    return {};
}

} // namespace Pagedesk
