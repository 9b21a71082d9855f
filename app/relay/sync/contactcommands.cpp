// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/contactcommands.h"

#include "app/relay/ledger/contacts.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/matches.h"
#include "app/relay/ledger/pages.h"

#include <algorithm>
#include <functional>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

Result<> save(CommandContext &context, const ContactCard &card)
{
    context.touched.stream(card.pageId.value);
    return saveContact(context.connection, card);
}

// Changes the card of a conversation; a refused change leaves it as it was.
Result<> change(CommandContext &context, const ConversationId &id,
    const std::function<Result<>(ContactCard &)> &edit)
{
    const auto conversation = existingConversation(context, id);
    if (!conversation)
        return failure(conversation.error());
    auto card = contactCard(context.connection, *conversation);
    if (!card)
        return failure(card.error());
    const ContactCard before = *card;
    if (auto edited = edit(*card); !edited)
        return edited;
    if (*card == before)
        return {};
    if (auto saved = save(context, *card); !saved)
        return saved;
    if (shownName(*card) == shownName(before))
        return {};
    return setContactName(context.connection, *conversation, shownName(*card));
}

// The person of a contact, made when there is none yet.
Result<QString> personOf(CommandContext &context, ContactCard &card)
{
    if (!card.personId.isEmpty())
        return card.personId;
    card.personId = newUuid(context.now);
    if (auto saved = save(context, card); !saved)
        return failure(saved.error());
    return card.personId;
}

bool shareAPage(const QList<ContactCard> &some, const QList<ContactCard> &others)
{
    return std::any_of(some.begin(), some.end(), [&others](const ContactCard &card) {
        return std::any_of(others.begin(), others.end(),
            [&card](const ContactCard &other) { return other.pageId == card.pageId; });
    });
}

// A contact with those it was merged with.
Result<QList<ContactCard>> groupOf(CommandContext &context, const ContactCard &card)
{
    if (card.personId.isEmpty())
        return QList<ContactCard>{card};
    return contactsOfPerson(context.connection, card.personId);
}

// What admins have decided about the Pages.
Result<> permitsMerging(CommandContext &context, const QList<ContactCard> &cards)
{
    for (const ContactCard &card : cards) {
        const auto page = pageById(context.connection, card.pageId);
        if (!page)
            return failure(page.error());
        if (*page && !(*page)->settings.mergePeople) {
            return failure(Error::Kind::Rejected,
                u"the settings of one of the Pages do not allow to merge its people"_s);
        }
    }
    return {};
}

Result<ContactCard> cardOf(CommandContext &context, const ConversationId &id)
{
    const auto conversation = existingConversation(context, id);
    if (!conversation)
        return failure(conversation.error());
    return contactCard(context.connection, *conversation);
}

} // namespace

Result<Conversation> existingConversation(CommandContext &context, const ConversationId &id)
{
    const auto conversation = conversationById(context.connection, id);
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation || !context.pages.allows((*conversation)->contact.pageId))
        return failure(Error::Kind::NotFound, u"no such conversation"_s);
    return **conversation;
}

Result<> apply(CommandContext &context, const Wire::EditContact &edit)
{
    return change(context, edit.conversationId, [&edit](ContactCard &card) -> Result<> {
        for (const ContactEdit &one : edit.edits) {
            if (auto edited = applyEdit(card, one); !edited)
                return edited;
        }
        return {};
    });
}

Result<> apply(CommandContext &context, const Wire::AddContactNote &add)
{
    const ContactNote note{
        add.noteId, context.person.id, context.person.name, add.text, context.now};
    return change(
        context, add.conversationId, [&note](ContactCard &card) { return addNote(card, note); });
}

Result<> apply(CommandContext &context, const Wire::RemoveContactNote &remove)
{
    return change(context, remove.conversationId, [&](ContactCard &card) -> Result<> {
        const bool isAnothers
            = std::any_of(card.notes.begin(), card.notes.end(), [&](const ContactNote &note) {
                  return note.id == remove.noteId && note.author != context.person.id;
              });
        if (isAnothers && context.person.role == Role::Agent)
            return failure(Error::Kind::Forbidden, u"the note is somebody else's"_s);
        return removeNote(card, remove.noteId);
    });
}

Result<> apply(CommandContext &context, const Wire::MergeContacts &merge)
{
    auto card = cardOf(context, merge.conversationId);
    if (!card)
        return failure(card.error());
    const auto other = cardOf(context, merge.otherConversationId);
    if (!other)
        return failure(other.error());
    if (!card->personId.isEmpty() && card->personId == other->personId)
        return {};
    const auto group = groupOf(context, *card);
    if (!group)
        return failure(group.error());
    const auto joining = groupOf(context, *other);
    if (!joining)
        return failure(joining.error());
    if (shareAPage(*group, *joining)) {
        return failure(Error::Kind::Rejected,
            u"a person has one conversation with a Page, these two are different people"_s);
    }
    for (const QList<ContactCard> &cards : {*group, *joining}) {
        if (auto permitted = permitsMerging(context, cards); !permitted)
            return permitted;
    }
    const auto person = personOf(context, *card);
    if (!person)
        return failure(person.error());
    for (ContactCard one : *joining) {
        one.personId = *person;
        if (auto saved = save(context, one); !saved)
            return saved;
    }
    return {};
}

Result<> apply(CommandContext &context, const Wire::UnmergeContact &unmerge)
{
    auto card = cardOf(context, unmerge.conversationId);
    if (!card)
        return failure(card.error());
    if (card->personId.isEmpty())
        return {};
    const auto group = contactsOfPerson(context.connection, card->personId);
    if (!group)
        return failure(group.error());
    // Two that are parted are nobody's group any more.
    const bool isLast = group->size() <= 2;
    for (ContactCard one : *group) {
        if (!isLast && one.id != card->id)
            continue;
        one.personId.clear();
        if (auto saved = save(context, one); !saved)
            return saved;
    }
    return {};
}

Result<> apply(CommandContext &context, const Wire::RefreshContact &refresh)
{
    const auto conversation = existingConversation(context, refresh.conversationId);
    if (!conversation)
        return failure(conversation.error());
    const auto page = pageById(context.connection, conversation->contact.pageId);
    if (!page)
        return failure(page.error());
    if (*page && !(*page)->settings.requestProfiles) {
        return failure(Error::Kind::Rejected,
            u"the settings of the Page do not allow to ask Meta for profiles"_s);
    }
    const auto forgotten = change(context, conversation->id, [](ContactCard &card) -> Result<> {
        card.profile.askedAt = 0; // so that it is asked whatever the rules for old profiles
        return {};
    });
    if (!forgotten)
        return forgotten;
    context.touched.jobs = true;
    if (auto woken = wakeJob(context.connection, JobKind::Profile, conversation->contact.pageId,
            conversation->id.value, context.now);
        !woken)
        return woken;
    return wantMatches(context.connection, conversation->contact.pageId, conversation->id,
        context.now, context.touched);
}

Result<> apply(CommandContext &context, const Wire::DeclineSuggestion &decline)
{
    const auto match = matchById(context.connection, decline.suggestionId);
    if (!match)
        return failure(match.error());
    const bool isOf = *match
        && ((*match)->one == decline.conversationId || (*match)->other == decline.conversationId);
    if (!isOf)
        return failure(Error::Kind::NotFound, u"no such suggestion"_s);
    for (const ConversationId &id : {(*match)->one, (*match)->other}) {
        if (const auto seen = existingConversation(context, id); !seen)
            return failure(seen.error());
    }
    return declineMatch(context.connection, **match, context.now, context.touched);
}

} // namespace Pagedesk::Relay
