// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/applyentity.h"

#include "models/store/replica/contactstore.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/labelstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/operatorstore.h"
#include "models/store/replica/pagestore.h"

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Applier {
    ReplicaWriter &writer;
    const QString &stream;

    Result<> operator()(const Page &page) const { return PageStore::apply(writer, page); }
    Result<> operator()(const Operator &person) const
    {
        writer.changes.roster = true;
        return OperatorStore::apply(writer.connection, person);
    }
    Result<> operator()(const Team &team) const
    {
        writer.changes.roster = true;
        return OperatorStore::apply(writer.connection, team);
    }
    Result<> operator()(const Label &label) const
    {
        writer.changes.roster = true;
        return LabelStore::apply(writer.connection, label);
    }
    Result<> operator()(const Conversation &conversation) const
    {
        return ConversationStore::apply(writer, conversation);
    }
    Result<> operator()(const Message &message) const
    {
        return MessageStore::apply(writer, message);
    }
    Result<> operator()(const ContactCard &card) const { return ContactStore::apply(writer, card); }
    Result<> operator()(const Wire::Tombstone &gone) const
    {
        if (gone.kind == "message"_L1)
            return MessageStore::remove(writer, {gone.id}, stream, gone.seq);
        if (gone.kind == "conversation"_L1)
            return ConversationStore::remove(writer, {gone.id}, stream, gone.seq);
        if (gone.kind == "contact"_L1)
            return ContactStore::remove(writer, {gone.id});
        if (gone.kind == "page"_L1)
            return PageStore::remove(writer, {gone.id});
        writer.changes.roster = true;
        if (gone.kind == "operator"_L1)
            return OperatorStore::remove(writer.connection, OperatorId{gone.id});
        if (gone.kind == "team"_L1)
            return OperatorStore::remove(writer.connection, TeamId{gone.id});
        return LabelStore::remove(writer.connection, {gone.id});
    }
};

} // namespace

Result<> applyEntities(
    ReplicaWriter &writer, const QString &stream, const QList<Wire::Entity> &entities)
{
    const Applier applier{writer, stream};
    for (const Wire::Entity &entity : entities) {
        if (const auto applied = std::visit(applier, entity); !applied)
            return applied;
    }
    return {};
}

} // namespace Pagedesk
