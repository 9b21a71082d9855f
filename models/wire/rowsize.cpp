// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/rowsize.h"

#include "models/base/jsonfields.h"

#include <algorithm>

namespace Pagedesk::Wire {

namespace {

constexpr qsizetype RowFields = 1024; // names of the fields, numbers, words of enums
constexpr qsizetype PartFields = 256; // the same of an object within a row
constexpr qsizetype BytesPerCharacter = 6; // "\u0001"
constexpr qsizetype MessageRoom = RowsRoom / 2;

// Frames hold no longer texts; see putText().
qsizetype bytesOf(const QString &text)
{
    return std::min(text.size(), MaxTextCharacters) * BytesPerCharacter;
}

qsizetype bytesOf(const Attachment &attachment)
{
    return PartFields + bytesOf(attachment.name) + bytesOf(attachment.mimeType)
        + bytesOf(attachment.hash) + bytesOf(attachment.thumbnail) + bytesOf(attachment.url)
        + bytesOf(attachment.reason) + bytesOf(attachment.stickerId);
}

qsizetype bytesOf(const TextVersion &version)
{
    return PartFields + bytesOf(version.text);
}

qsizetype bytesOf(const Reaction &reaction)
{
    return PartFields + bytesOf(reaction.emoji);
}

qsizetype bytesOf(const Referral &referral)
{
    return PartFields + bytesOf(referral.source) + bytesOf(referral.type) + bytesOf(referral.ref)
        + bytesOf(referral.adId) + bytesOf(referral.adTitle) + bytesOf(referral.uri);
}

qsizetype bytesOf(const TeamId &team)
{
    return bytesOf(team.value);
}

qsizetype bytesOf(const CustomField &field)
{
    return PartFields + bytesOf(field.name) + bytesOf(field.value);
}

qsizetype bytesOf(const ContactNote &note)
{
    return PartFields + bytesOf(note.id) + bytesOf(note.author.value) + bytesOf(note.authorName)
        + bytesOf(note.text);
}

template <typename T> qsizetype bytesOf(const QList<T> &parts)
{
    qsizetype sum = 0;
    for (const T &part : parts)
        sum += bytesOf(part);
    return sum;
}

qsizetype bytesOf(const MessageDetails &details)
{
    return PartFields + bytesOf(details.payload) + bytesOf(details.referral)
        + bytesOf(details.earlier) + bytesOf(details.reactions) + bytesOf(details.viaApp)
        + bytesOf(details.group);
}

qsizetype bytesOf(const Message &message)
{
    return RowFields + bytesOf(message.id.value) + bytesOf(message.conversationId.value)
        + bytesOf(message.pageId.value) + bytesOf(message.mid.value) + bytesOf(message.authorName)
        + bytesOf(message.text) + bytesOf(message.attachments) + bytesOf(message.replyTo.value)
        + bytesOf(message.details);
}

qsizetype bytesOf(const Conversation &conversation)
{
    return RowFields + bytesOf(conversation.id.value) + bytesOf(conversation.contact.pageId.value)
        + bytesOf(conversation.contact.psid.value) + bytesOf(conversation.contact.name)
        + bytesOf(conversation.contact.pictureHash) + bytesOf(conversation.assignee.value)
        + bytesOf(conversation.labels) + bytesOf(conversation.lastText)
        + bytesOf(conversation.ownerApp);
}

qsizetype bytesOf(const Page &page)
{
    return 8 * RowFields + bytesOf(page.id.value) + bytesOf(page.name) + bytesOf(page.colour)
        + bytesOf(page.health.policyAction) + bytesOf(page.health.policyReason)
        + bytesOf(page.health.historyProblem) + bytesOf(page.health.subscriptionProblem);
}

qsizetype bytesOf(const Team &team)
{
    return RowFields + bytesOf(team.id.value) + bytesOf(team.name);
}

qsizetype bytesOf(const Operator &person)
{
    return RowFields + bytesOf(person.id.value) + bytesOf(person.name) + bytesOf(person.teams);
}

qsizetype bytesOf(const ContactCard &card)
{
    return 2 * RowFields + bytesOf(card.id.value) + bytesOf(card.pageId.value)
        + bytesOf(card.profile.name) + bytesOf(card.profile.firstName)
        + bytesOf(card.profile.lastName) + bytesOf(card.profile.locale)
        + bytesOf(card.profile.gender) + bytesOf(card.corrections.name)
        + bytesOf(card.corrections.locale) + bytesOf(card.corrections.gender) + bytesOf(card.fields)
        + bytesOf(card.notes) + bytesOf(card.origin.referral) + bytesOf(card.origin.text)
        + bytesOf(card.personId);
}

qsizetype bytesOf(const Tombstone &gone)
{
    return RowFields + bytesOf(gone.id);
}

} // namespace

qsizetype mostBytes(const Entity &entity)
{
    return std::visit([](const auto &row) { return bytesOf(row); }, entity);
}

Message fitted(const Message &message)
{
    qsizetype excess = bytesOf(message) - MessageRoom;
    if (excess <= 0)
        return message;
    Message smaller = message;
    auto &earlier = smaller.details.earlier;
    while (excess > 0 && earlier.size() > 1)
        excess -= bytesOf(earlier.takeFirst());
    auto &attachments = smaller.attachments;
    while (excess > 0 && attachments.size() > 1)
        excess -= bytesOf(attachments.takeLast());
    return smaller;
}

} // namespace Pagedesk::Wire
