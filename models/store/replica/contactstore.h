// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contactcard.h"
#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// What the replica knows of people beyond name and picture, as the relay said it.
class ContactStore {
public:
    // Nothing when the relay has told of none.
    static Result<std::optional<ContactCard>> find(
        Connection &connection, const ConversationId &id);
    static Result<QList<ContactCard>> ofPerson(Connection &connection, const QString &personId);
    // Whoever shares a suggestion of Meta's with this contact.
    static Result<QList<ContactCard>> suggestedFor(
        Connection &connection, const ConversationId &id);
    // The names of custom fields in use, most used first.
    static Result<QStringList> fieldNames(Connection &connection);

    // Keeps the relay's row if it is newer than what is stored.
    static Result<> apply(ReplicaWriter &writer, const ContactCard &card);
    static Result<> remove(ReplicaWriter &writer, const ConversationId &id);
    static Result<> removePage(ReplicaWriter &writer, const PageId &page);
};

} // namespace Pagedesk
