// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contactcard.h"
#include "models/domain/conversation.h"
#include "models/store/query.h"

// What is known of people beyond name and picture.
namespace Pagedesk::Relay {

// An empty card when nothing is known yet.
Result<ContactCard> contactCard(Connection &connection, const Conversation &conversation);
// Keeps it under the next number of its Page's stream.
Result<> saveContact(Connection &connection, const ContactCard &card);
// The name a conversation is listed under.
Result<> setContactName(
    Connection &connection, const Conversation &conversation, const QString &name);

// What Meta has answered; a profile that is not shared any more leaves what it said before. The
// conversation gets the name the team gave, else Meta's, and the picture.
Result<> keepProfile(Connection &connection, const Conversation &conversation,
    const ContactProfile &profile, const QString &pictureHash);

// How a conversation began; the earliest is kept, and nothing when the person had written before.
Result<> noteOrigin(
    Connection &connection, const Conversation &conversation, const ContactOrigin &origin);

Result<QList<ContactCard>> contactsOfPerson(Connection &connection, const QString &personId);

Result<QList<ContactCard>> contactsAfter(
    Connection &connection, const PageId &page, qint64 after, qint64 upTo, int limit);
Result<QList<ContactCard>> contactsBelow(
    Connection &connection, const PageId &page, qint64 before, int limit);

} // namespace Pagedesk::Relay
