// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/entities.h"

#include "models/base/jsonfields.h"
#include "models/domain/contactjson.h"
#include "models/domain/detailsjson.h"
#include "models/wire/rowsize.h"

#include <array>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

constexpr std::array EntityKinds{"page"_L1, "operator"_L1, "team"_L1, "label"_L1, "conversation"_L1,
    "message"_L1, "contact"_L1, "tombstone"_L1};

QJsonObject pageToJson(const Page &whole)
{
    const Page page = fitted(whole);
    QJsonObject object{{"kind"_L1, "page"_L1}, {"id"_L1, page.id.value},
        {"state"_L1, pageStateName(page.state)}, {"seq"_L1, page.seq}};
    putText(object, "name"_L1, page.name);
    putText(object, "colour"_L1, page.colour);
    putFlag(object, "humanAgent"_L1, page.humanAgent);
    if (const QJsonObject health = healthToJson(page.health); !health.isEmpty())
        object.insert("health"_L1, health);
    if (const QJsonObject settings = settingsToJson(page.settings); !settings.isEmpty())
        object.insert("settings"_L1, settings);
    return object;
}

Result<Page> pageFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"page"_s);
    Page page;
    page.id = {in.id("id"_L1)};
    page.name = in.text("name"_L1);
    page.colour = in.text("colour"_L1);
    page.state = in.choice("state"_L1, pageStateFromName);
    page.humanAgent = in.flag("humanAgent"_L1);
    page.seq = in.position("seq"_L1);
    if (in.has("health"_L1))
        page.health = in.take(healthFromJson(in.object("health"_L1)));
    if (in.has("settings"_L1))
        page.settings = in.take(settingsFromJson(in.object("settings"_L1)));
    return in.result(page);
}

QJsonObject conversationToJson(const Conversation &whole)
{
    const Conversation conversation = fitted(whole);
    QJsonObject object{{"kind"_L1, "conversation"_L1}, {"id"_L1, conversation.id.value},
        {"pageId"_L1, conversation.contact.pageId.value},
        {"psid"_L1, conversation.contact.psid.value},
        {"state"_L1, conversationStateName(conversation.state)},
        {"lastMessageAt"_L1, conversation.lastMessageAt},
        {"lastDirection"_L1, directionName(conversation.lastDirection)},
        {"lastAuthor"_L1, authorName(conversation.lastAuthor)},
        {"lastState"_L1, deliveryStateName(conversation.lastState)}, {"seq"_L1, conversation.seq}};
    putText(object, "name"_L1, conversation.contact.name);
    putText(object, "pictureHash"_L1, conversation.contact.pictureHash);
    putText(object, "assignee"_L1, conversation.assignee.value);
    putText(object, "team"_L1, conversation.team.value);
    if (conversation.priority != Priority::None)
        object.insert("priority"_L1, priorityName(conversation.priority));
    putInteger(object, "snoozedUntilAt"_L1, conversation.snoozedUntil);
    putFlag(object, "escalated"_L1, conversation.escalated);
    if (!conversation.labels.isEmpty()) {
        object.insert("labels"_L1, QJsonArray::fromStringList(conversation.labels));
    }
    putInteger(object, "unread"_L1, conversation.unread);
    putText(object, "lastText"_L1, conversation.lastText);
    if (conversation.lastAttachmentCount > 0) {
        object.insert("lastAttachment"_L1, attachmentKindName(conversation.lastAttachment));
        object.insert("lastAttachmentCount"_L1, conversation.lastAttachmentCount);
    }
    putInteger(object, "lastCustomerAt"_L1, conversation.lastCustomerAt);
    putInteger(object, "waitingSinceAt"_L1, conversation.waitingSince);
    putText(object, "ownerApp"_L1, conversation.ownerApp);
    putInteger(object, "takingSinceAt"_L1, conversation.takingSince);
    putText(object, "takingFailed"_L1, failureKindName(conversation.takingFailed));
    return object;
}

QStringList labelsFrom(FieldReader &in)
{
    QStringList labels;
    const QJsonArray list = in.list("labels"_L1);
    for (const QJsonValue &label : list) {
        if (!label.isString() || label.toString().size() > MaxIdCharacters)
            in.fail("labels"_L1, "holds something that is not a label");
        labels.append(label.toString());
    }
    return labels;
}

Result<Conversation> conversationFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"conversation"_s);
    Conversation read;
    read.id = {in.id("id"_L1)};
    read.contact.pageId = {in.id("pageId"_L1)};
    read.contact.psid = {in.id("psid"_L1)};
    read.contact.name = in.text("name"_L1);
    read.contact.pictureHash = in.id("pictureHash"_L1, Need::Optional);
    read.state = in.choice("state"_L1, conversationStateFromName);
    read.assignee = {in.id("assignee"_L1, Need::Optional)};
    read.team = {in.id("team"_L1, Need::Optional)};
    if (in.has("priority"_L1))
        read.priority = in.choice("priority"_L1, priorityFromName);
    read.snoozedUntil = in.integer("snoozedUntilAt"_L1, Need::Optional, 0);
    read.escalated = in.flag("escalated"_L1);
    read.labels = labelsFrom(in);
    read.unread = in.count("unread"_L1);
    read.lastMessageAt = in.integer("lastMessageAt"_L1, Need::Required);
    read.lastText = in.text("lastText"_L1);
    read.lastAttachmentCount = in.count("lastAttachmentCount"_L1);
    if (read.lastAttachmentCount > 0) // without attachments there is no kind of the last one
        read.lastAttachment = in.choice("lastAttachment"_L1, attachmentKindFromName);
    read.lastDirection = in.choice("lastDirection"_L1, directionFromName);
    read.lastAuthor = in.choice("lastAuthor"_L1, authorFromName);
    read.lastState = in.choice("lastState"_L1, deliveryStateFromName);
    read.lastCustomerAt = in.integer("lastCustomerAt"_L1);
    read.waitingSince = in.integer("waitingSinceAt"_L1);
    read.ownerApp = in.id("ownerApp"_L1, Need::Optional);
    read.takingSince = in.integer("takingSinceAt"_L1);
    if (in.has("takingFailed"_L1))
        read.takingFailed = in.choice("takingFailed"_L1, failureKindFromName);
    read.seq = in.position("seq"_L1);
    return in.result(read);
}

QJsonObject messageToJson(const Message &whole)
{
    const Message message = fitted(whole);
    QJsonObject object{{"kind"_L1, "message"_L1}, {"id"_L1, message.id.value},
        {"conversationId"_L1, message.conversationId.value}, {"pageId"_L1, message.pageId.value},
        {"direction"_L1, directionName(message.direction)},
        {"author"_L1, authorName(message.author)}, {"sentAt"_L1, message.sentAt},
        {"state"_L1, deliveryStateName(message.state)}, {"seq"_L1, message.seq}};
    putText(object, "mid"_L1, message.mid.value);
    putText(object, "authorName"_L1, message.authorName);
    putText(object, "text"_L1, message.text);
    if (!message.attachments.isEmpty()) {
        QJsonArray attachments;
        for (const Attachment &attachment : message.attachments)
            attachments.append(attachmentToJson(attachment));
        object.insert("attachments"_L1, attachments);
    }
    putText(object, "replyTo"_L1, message.replyTo.value);
    putInteger(object, "arrival"_L1, message.arrival);
    putInteger(object, "deliveredAt"_L1, message.deliveredAt);
    putInteger(object, "readAt"_L1, message.readAt);
    putText(object, "failure"_L1, failureKindName(message.failure));
    if (!message.details.isEmpty())
        object.insert("details"_L1, detailsToJson(message.details));
    return object;
}

QList<Attachment> attachmentsFrom(FieldReader &in)
{
    QList<Attachment> attachments;
    const QJsonArray list = in.list("attachments"_L1);
    attachments.reserve(list.size());
    for (const QJsonValue &attachment : list) {
        if (!attachment.isObject())
            in.fail("attachments"_L1, "holds something that is not an object");
        attachments.append(in.take(attachmentFromJson(attachment.toObject())));
        if (in.error())
            break;
    }
    return attachments;
}

Result<Message> messageFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"message"_s);
    Message read;
    read.id = {in.id("id"_L1)};
    read.conversationId = {in.id("conversationId"_L1)};
    read.pageId = {in.id("pageId"_L1)};
    read.mid = {in.id("mid"_L1, Need::Optional)};
    read.direction = in.choice("direction"_L1, directionFromName);
    read.author = in.choice("author"_L1, authorFromName);
    read.authorName = in.text("authorName"_L1);
    read.text = in.text("text"_L1);
    read.attachments = attachmentsFrom(in);
    read.replyTo = {in.id("replyTo"_L1, Need::Optional)};
    read.sentAt = in.integer("sentAt"_L1, Need::Required);
    read.arrival = in.integer("arrival"_L1);
    read.state = in.choice("state"_L1, deliveryStateFromName);
    read.deliveredAt = in.integer("deliveredAt"_L1);
    read.readAt = in.integer("readAt"_L1);
    if (in.has("failure"_L1))
        read.failure = in.choice("failure"_L1, failureKindFromName);
    if (in.has("details"_L1))
        read.details = in.take(detailsFromJson(in.object("details"_L1)));
    read.seq = in.position("seq"_L1);
    return in.result(read);
}

QJsonObject contactToJson(const ContactCard &whole)
{
    const ContactCard card = fitted(whole);
    QJsonObject object{{"kind"_L1, "contact"_L1}, {"id"_L1, card.id.value},
        {"pageId"_L1, card.pageId.value}, {"card"_L1, cardToJson(card)}, {"seq"_L1, card.seq}};
    putText(object, "personId"_L1, card.personId);
    return object;
}

Result<ContactCard> contactFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"contact"_s);
    ContactCard read = in.take(cardFromJson(in.object("card"_L1)));
    read.id = {in.id("id"_L1)};
    read.pageId = {in.id("pageId"_L1)};
    read.personId = in.id("personId"_L1, Need::Optional);
    read.seq = in.position("seq"_L1);
    return in.result(read);
}

QJsonObject tombstoneToJson(const Tombstone &whole)
{
    const Tombstone tombstone = fitted(whole);
    return {{"kind"_L1, "tombstone"_L1}, {"of"_L1, tombstone.kind}, {"id"_L1, tombstone.id},
        {"seq"_L1, tombstone.seq}};
}

Result<Tombstone> tombstoneFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"tombstone"_s);
    Tombstone read{in.id("of"_L1), in.id("id"_L1), in.position("seq"_L1)};
    const auto last = EntityKinds.end() - 1; // no tombstone of a tombstone
    if (std::find(EntityKinds.begin(), last, read.kind) == last)
        in.fail("of"_L1, "is not a known word");
    return in.result(read);
}

QJsonObject teamToJson(const Team &whole)
{
    const Team team = fitted(whole);
    QJsonObject object{{"kind"_L1, "team"_L1}, {"id"_L1, team.id.value}, {"seq"_L1, team.seq}};
    putText(object, "name"_L1, team.name);
    putFlag(object, "active"_L1, team.active);
    return object;
}

Result<Team> teamFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"team"_s);
    Team read;
    read.id = {in.id("id"_L1)};
    read.name = in.text("name"_L1);
    read.active = in.flag("active"_L1);
    read.seq = in.position("seq"_L1);
    return in.result(read);
}

QJsonObject labelToJson(const Label &whole)
{
    const Label label = fitted(whole);
    QJsonObject object{{"kind"_L1, "label"_L1}, {"id"_L1, label.id.value}, {"seq"_L1, label.seq}};
    putText(object, "name"_L1, label.name);
    putText(object, "colour"_L1, label.colour);
    putFlag(object, "active"_L1, label.active);
    return object;
}

Result<Label> labelFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"label"_s);
    Label read;
    read.id = {in.id("id"_L1)};
    read.name = in.text("name"_L1);
    read.colour = in.text("colour"_L1);
    read.active = in.flag("active"_L1);
    read.seq = in.position("seq"_L1);
    return in.result(read);
}

QList<TeamId> teamsFrom(FieldReader &in)
{
    QList<TeamId> teams;
    const QJsonArray list = in.list("teams"_L1);
    for (const QJsonValue &team : list) {
        const QString id = team.toString();
        if (id.isEmpty() || id.size() > MaxIdCharacters)
            in.fail("teams"_L1, "holds something that is no id");
        teams.append({id});
    }
    return teams;
}

Result<Entity> asEntity(auto read)
{
    if (!read)
        return failure(read.error());
    return Entity(std::move(*read));
}

} // namespace

QJsonObject operatorToJson(const Operator &whole)
{
    const Operator person = fitted(whole);
    QJsonObject object{{"kind"_L1, "operator"_L1}, {"id"_L1, person.id.value},
        {"role"_L1, roleName(person.role)}, {"seq"_L1, person.seq}};
    putText(object, "name"_L1, person.name);
    putFlag(object, "active"_L1, person.active);
    if (!person.teams.isEmpty()) {
        QJsonArray teams;
        for (const TeamId &team : person.teams)
            teams.append(team.value);
        object.insert("teams"_L1, teams);
    }
    return object;
}

Result<Operator> operatorFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"operator"_s);
    Operator read;
    read.id = {in.id("id"_L1)};
    read.name = in.text("name"_L1);
    read.role = in.choice("role"_L1, roleFromName);
    read.active = in.flag("active"_L1);
    read.seq = in.position("seq"_L1);
    read.teams = teamsFrom(in);
    return in.result(read);
}

QJsonObject attachmentToJson(const Attachment &attachment)
{
    QJsonObject object{{"kind"_L1, attachmentKindName(attachment.kind)},
        {"state"_L1, attachmentStateName(attachment.state)}};
    putText(object, "name"_L1, attachment.name);
    putText(object, "mimeType"_L1, attachment.mimeType);
    putInteger(object, "size"_L1, attachment.size);
    putText(object, "hash"_L1, attachment.hash);
    putText(object, "thumbnail"_L1, attachment.thumbnail);
    putText(object, "url"_L1, attachment.url);
    putText(object, "reason"_L1, attachment.reason);
    putText(object, "stickerId"_L1, attachment.stickerId);
    putInteger(object, "width"_L1, attachment.width);
    putInteger(object, "height"_L1, attachment.height);
    if (attachment.latitude != 0 || attachment.longitude != 0) {
        object.insert("latitude"_L1, attachment.latitude);
        object.insert("longitude"_L1, attachment.longitude);
    }
    return object;
}

Result<Attachment> attachmentFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"attachment"_s);
    Attachment read;
    read.kind = in.choice("kind"_L1, attachmentKindFromName);
    read.state = in.choice("state"_L1, attachmentStateFromName);
    read.name = in.text("name"_L1);
    read.mimeType = in.text("mimeType"_L1);
    read.size = in.integer("size"_L1, Need::Optional, 0);
    read.hash = in.id("hash"_L1, Need::Optional);
    read.thumbnail = in.id("thumbnail"_L1, Need::Optional);
    read.url = in.text("url"_L1);
    read.reason = in.text("reason"_L1);
    read.stickerId = in.id("stickerId"_L1, Need::Optional);
    read.width = in.count("width"_L1);
    read.height = in.count("height"_L1);
    read.latitude = in.real("latitude"_L1);
    read.longitude = in.real("longitude"_L1);
    return in.result(read);
}

QJsonObject toJson(const Entity &entity)
{
    struct Writer {
        QJsonObject operator()(const Page &page) const { return pageToJson(page); }
        QJsonObject operator()(const Operator &person) const { return operatorToJson(person); }
        QJsonObject operator()(const Conversation &conversation) const
        {
            return conversationToJson(conversation);
        }
        QJsonObject operator()(const Message &message) const { return messageToJson(message); }
        QJsonObject operator()(const ContactCard &card) const { return contactToJson(card); }
        QJsonObject operator()(const Tombstone &tombstone) const
        {
            return tombstoneToJson(tombstone);
        }
        QJsonObject operator()(const Team &team) const { return teamToJson(team); }
        QJsonObject operator()(const Label &label) const { return labelToJson(label); }
    };
    return std::visit(Writer{}, entity);
}

Result<Entity> entityFromJson(const QJsonObject &object)
{
    const QString kind = object.value("kind"_L1).toString();
    if (kind == "message"_L1)
        return asEntity(messageFromJson(object));
    if (kind == "conversation"_L1)
        return asEntity(conversationFromJson(object));
    if (kind == "contact"_L1)
        return asEntity(contactFromJson(object));
    if (kind == "tombstone"_L1)
        return asEntity(tombstoneFromJson(object));
    if (kind == "page"_L1)
        return asEntity(pageFromJson(object));
    if (kind == "operator"_L1)
        return asEntity(operatorFromJson(object));
    if (kind == "team"_L1)
        return asEntity(teamFromJson(object));
    if (kind == "label"_L1)
        return asEntity(labelFromJson(object));
    return failure(Error::Kind::Protocol, u"entity.kind is not a known word"_s);
}

} // namespace Pagedesk::Wire
