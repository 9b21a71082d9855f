// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/detailsjson.h"

#include "models/base/jsonfields.h"

#include <QJsonDocument>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

Result<TextVersion> versionFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"details.earlier"_s);
    const TextVersion read{in.count("number"_L1), in.text("text"_L1), in.integer("at"_L1)};
    return in.result(read);
}

Result<Reaction> reactionFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"details.reactions"_s);
    const Reaction read{in.flag("byPage"_L1), in.text("emoji"_L1), in.integer("at"_L1)};
    return in.result(read);
}

void putVersions(QJsonObject &object, const QList<TextVersion> &versions)
{
    if (versions.isEmpty())
        return;
    QJsonArray list;
    for (const TextVersion &version : versions) {
        QJsonObject one;
        putInteger(one, "number"_L1, version.number);
        putText(one, "text"_L1, version.text);
        putInteger(one, "at"_L1, version.at);
        list.append(one);
    }
    object.insert("earlier"_L1, list);
}

void putReactions(QJsonObject &object, const QList<Reaction> &reactions)
{
    if (reactions.isEmpty())
        return;
    QJsonArray list;
    for (const Reaction &reaction : reactions) {
        QJsonObject one;
        putFlag(one, "byPage"_L1, reaction.byPage);
        putText(one, "emoji"_L1, reaction.emoji);
        putInteger(one, "at"_L1, reaction.at);
        list.append(one);
    }
    object.insert("reactions"_L1, list);
}

QString compact(const QJsonObject &object)
{
    if (object.isEmpty())
        return {};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject parsed(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

QJsonObject referralToJson(const Referral &referral)
{
    QJsonObject object;
    putText(object, "source"_L1, referral.source);
    putText(object, "type"_L1, referral.type);
    putText(object, "ref"_L1, referral.ref);
    putText(object, "adId"_L1, referral.adId);
    putText(object, "adTitle"_L1, referral.adTitle);
    putText(object, "uri"_L1, referral.uri);
    return object;
}

Result<Referral> referralFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"details.referral"_s);
    Referral read{in.text("source"_L1), in.text("type"_L1), in.text("ref"_L1), in.text("adId"_L1),
        in.text("adTitle"_L1), in.text("uri"_L1)};
    return in.result(read);
}

QJsonObject detailsToJson(const MessageDetails &details)
{
    QJsonObject object;
    putText(object, "notice"_L1, noticeName(details.notice));
    putText(object, "payload"_L1, details.payload);
    if (!details.referral.isEmpty())
        object.insert("referral"_L1, referralToJson(details.referral));
    putVersions(object, details.earlier);
    putInteger(object, "edits"_L1, details.edits);
    putInteger(object, "editedAt"_L1, details.editedAt);
    putReactions(object, details.reactions);
    putInteger(object, "unsentAt"_L1, details.unsentAt);
    putFlag(object, "recovered"_L1, details.recovered);
    putFlag(object, "standby"_L1, details.standby);
    putText(object, "viaApp"_L1, details.viaApp);
    putText(object, "group"_L1, details.group);
    putInteger(object, "part"_L1, details.part);
    putFlag(object, "humanAgent"_L1, details.humanAgent);
    putText(object, "subject"_L1, details.subject);
    putInteger(object, "untilAt"_L1, details.until);
    return object;
}

Result<MessageDetails> detailsFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"details"_s);
    MessageDetails read;
    if (in.has("notice"_L1))
        read.notice = in.choice("notice"_L1, noticeFromName);
    read.payload = in.text("payload"_L1);
    if (in.has("referral"_L1))
        read.referral = in.take(referralFromJson(in.object("referral"_L1)));
    read.earlier = readObjects(in, "earlier"_L1, versionFromJson);
    read.edits = in.count("edits"_L1);
    read.editedAt = in.integer("editedAt"_L1);
    read.reactions = readObjects(in, "reactions"_L1, reactionFromJson);
    read.unsentAt = in.integer("unsentAt"_L1);
    read.recovered = in.flag("recovered"_L1);
    read.standby = in.flag("standby"_L1);
    read.viaApp = in.text("viaApp"_L1);
    read.group = in.id("group"_L1, Need::Optional);
    read.part = in.count("part"_L1);
    read.humanAgent = in.flag("humanAgent"_L1);
    read.subject = in.text("subject"_L1);
    read.until = in.integer("untilAt"_L1);
    return in.result(read);
}

namespace {

void putNames(QJsonObject &object, QLatin1StringView name, const QStringList &names)
{
    if (!names.isEmpty())
        object.insert(name, QJsonArray::fromStringList(names));
}

QStringList namesIn(FieldReader &in, QLatin1StringView name)
{
    QStringList names;
    const QJsonArray list = in.list(name);
    for (const QJsonValue &value : list)
        names.append(value.toString().left(MaxIdCharacters));
    return names;
}

QJsonObject careToJson(const PageCare &care)
{
    QJsonObject object;
    putInteger(object, "inspectedAt"_L1, care.inspectedAt);
    putText(object, "token"_L1, tokenProblemName(care.token));
    putInteger(object, "refusedAt"_L1, care.refusedAt);
    putInteger(object, "tokenExpiresAt"_L1, care.tokenExpiresAt);
    putInteger(object, "dataAccessExpiresAt"_L1, care.dataAccessExpiresAt);
    putNames(object, "missingPermissions"_L1, care.missingPermissions);
    putNames(object, "missingFields"_L1, care.missingFields);
    putInteger(object, "versionEndsAt"_L1, care.versionEndsAt);
    putInteger(object, "roleOnlyAt"_L1, care.roleOnlyAt);
    putInteger(object, "matchRefusedAt"_L1, care.matchRefusedAt);
    putText(object, "matchProblem"_L1, care.matchProblem);
    putInteger(object, "agentConfirmedAt"_L1, care.agentConfirmedAt);
    putInteger(object, "agentRefusedAt"_L1, care.agentRefusedAt);
    putText(object, "agentProblem"_L1, care.agentProblem);
    return object;
}

Result<PageCare> careFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"page.health.care"_s);
    PageCare read;
    read.inspectedAt = in.integer("inspectedAt"_L1);
    if (in.has("token"_L1))
        read.token = in.choice("token"_L1, tokenProblemFromName);
    read.refusedAt = in.integer("refusedAt"_L1);
    read.tokenExpiresAt = in.integer("tokenExpiresAt"_L1);
    read.dataAccessExpiresAt = in.integer("dataAccessExpiresAt"_L1);
    read.missingPermissions = namesIn(in, "missingPermissions"_L1);
    read.missingFields = namesIn(in, "missingFields"_L1);
    read.versionEndsAt = in.integer("versionEndsAt"_L1);
    read.roleOnlyAt = in.integer("roleOnlyAt"_L1);
    read.matchRefusedAt = in.integer("matchRefusedAt"_L1);
    read.matchProblem = in.text("matchProblem"_L1);
    read.agentConfirmedAt = in.integer("agentConfirmedAt"_L1);
    read.agentRefusedAt = in.integer("agentRefusedAt"_L1);
    read.agentProblem = in.text("agentProblem"_L1);
    return in.result(read);
}

} // namespace

QJsonObject healthToJson(const PageHealth &health)
{
    QJsonObject object;
    putText(object, "policyAction"_L1, health.policyAction);
    putText(object, "policyReason"_L1, health.policyReason);
    putInteger(object, "policyAt"_L1, health.policyAt);
    putInteger(object, "delayed"_L1, health.delayed);
    putInteger(object, "suppressed"_L1, health.suppressed);
    putInteger(object, "lastEventAt"_L1, health.lastEventAt);
    putText(object, "history"_L1, historyStateName(health.history));
    putInteger(object, "historyConversations"_L1, health.historyConversations);
    putInteger(object, "historyMessages"_L1, health.historyMessages);
    putInteger(object, "historyUnavailable"_L1, health.historyUnavailable);
    putText(object, "historyProblem"_L1, health.historyProblem);
    putInteger(object, "completeSinceAt"_L1, health.completeSince);
    putInteger(object, "verifiedAt"_L1, health.verifiedAt);
    putInteger(object, "gaps"_L1, health.gaps);
    putInteger(object, "recovered"_L1, health.recovered);
    putFlag(object, "unsubscribed"_L1, !health.subscribed);
    putText(object, "subscriptionProblem"_L1, health.subscriptionProblem);
    if (const QJsonObject care = careToJson(health.care); !care.isEmpty())
        object.insert("care"_L1, care);
    return object;
}

Result<PageHealth> healthFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"page.health"_s);
    PageHealth read;
    read.policyAction = in.text("policyAction"_L1);
    read.policyReason = in.text("policyReason"_L1);
    read.policyAt = in.integer("policyAt"_L1);
    read.delayed = in.count("delayed"_L1);
    read.suppressed = in.integer("suppressed"_L1, Need::Optional, 0);
    read.lastEventAt = in.integer("lastEventAt"_L1);
    if (in.has("history"_L1))
        read.history = in.choice("history"_L1, historyStateFromName);
    read.historyConversations = in.count("historyConversations"_L1);
    read.historyMessages = in.count("historyMessages"_L1);
    read.historyUnavailable = in.count("historyUnavailable"_L1);
    read.historyProblem = in.text("historyProblem"_L1);
    read.completeSince = in.integer("completeSinceAt"_L1);
    read.verifiedAt = in.integer("verifiedAt"_L1);
    read.gaps = in.count("gaps"_L1);
    read.recovered = in.count("recovered"_L1);
    read.subscribed = !in.flag("unsubscribed"_L1);
    read.subscriptionProblem = in.text("subscriptionProblem"_L1);
    if (in.has("care"_L1))
        read.care = in.take(careFromJson(in.object("care"_L1)));
    return in.result(read);
}

QString detailsToText(const MessageDetails &details)
{
    return details.isEmpty() ? QString() : compact(detailsToJson(details));
}

MessageDetails detailsFromText(const QString &text)
{
    return text.isEmpty() ? MessageDetails()
                          : detailsFromJson(parsed(text)).value_or(MessageDetails());
}

QString healthToText(const PageHealth &health)
{
    return compact(healthToJson(health));
}

PageHealth healthFromText(const QString &text)
{
    return text.isEmpty() ? PageHealth() : healthFromJson(parsed(text)).value_or(PageHealth());
}

} // namespace Pagedesk
