// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/nodeapi.h"

#include "app/sandbox/paging.h"
#include "app/sandbox/seed.h"

#include <QDateTime>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList Scopes{u"pages_show_list"_s, u"pages_messaging"_s, u"pages_manage_metadata"_s,
    u"pages_read_engagement"_s, u"business_management"_s, u"public_profile"_s};

FieldMaker constant(const QJsonValue &value)
{
    return [value](const FieldSpec &) { return value; };
}

QHash<QString, FieldMaker> pageFields(const Page &page)
{
    const QJsonArray tasks{u"MODERATE"_s, u"MESSAGING"_s, u"ANALYZE"_s, u"ADVERTISE"_s,
        u"CREATE_CONTENT"_s, u"MANAGE"_s};
    const QJsonArray categories{QJsonObject{{u"id"_s, u"2500"_s}, {u"name"_s, page.category}}};
    return {{u"id"_s, constant(page.id)}, {u"name"_s, constant(page.name)},
        {u"access_token"_s, constant(page.token)}, {u"category"_s, constant(page.category)},
        {u"category_list"_s, constant(categories)}, {u"tasks"_s, constant(tasks)},
        {u"link"_s, constant(u"https://www.facebook.com/"_s + page.id)},
        {u"username"_s, constant(QJsonValue::Undefined)},
        {u"picture"_s, constant(QJsonValue::Undefined)},
        {u"messaging_feature_status"_s,
            constant(QJsonObject{{u"hop_v2"_s, false}, {u"msgr_multi_app"_s, false}})}};
}

QJsonValue orNothing(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
}

QJsonObject tokenData(const Caller &owner, const Services &services)
{
    const qint64 now = services.clock.now() / 1000;
    QJsonObject data{{u"app_id"_s, services.app.id}, {u"application"_s, services.app.name},
        {u"is_valid"_s, true}, {u"expires_at"_s, 0}, {u"issued_at"_s, now - 86'400},
        {u"scopes"_s, QJsonArray::fromStringList(Scopes)}};
    switch (owner.kind) {
    case Caller::Kind::App:
        data[u"type"_s] = u"APP"_s;
        data[u"scopes"_s] = QJsonArray();
        break;
    case Caller::Kind::Page:
        data[u"type"_s] = u"PAGE"_s;
        data[u"profile_id"_s] = owner.page->id;
        data[u"granular_scopes"_s] = QJsonArray{QJsonObject{
            {u"scope"_s, u"pages_messaging"_s}, {u"target_ids"_s, QJsonArray{owner.page->id}}}};
        break;
    case Caller::Kind::User:
        data[u"type"_s] = u"USER"_s;
        data[u"expires_at"_s] = now + 60 * 86'400;
        break;
    }
    if (owner.kind != Caller::Kind::App) {
        data[u"user_id"_s] = QString::fromLatin1(UserId);
        data[u"data_access_expires_at"_s] = now + 90 * 86'400;
    }
    return data;
}

} // namespace

QString graphTime(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC)
        .toString(u"yyyy-MM-dd'T'HH:mm:ss'+0000'"_s);
}

GraphResult readPage(const QList<FieldSpec> &fields, const Page &page, const Services &)
{
    const auto asked = fields.isEmpty() ? plainFields({u"name"_s}) : fields;
    return makeNode(u"Page"_s, asked, pageFields(page));
}

GraphResult readProfile(const QString &psid, const QList<FieldSpec> &fields, const Page &page,
    const Services &services, const QString &method)
{
    const Customer *customer = services.world.customer(psid);
    if (!customer || !services.world.thread(page.id, psid) || !customer->sharesProfile)
        return graphFailure(unsupportedRequest(method, psid));
    const MediaFile *picture = services.world.media(customer->pictureId);
    const QHash<QString, FieldMaker> makers{{u"id"_s, constant(psid)},
        {u"name"_s, constant(customer->name())}, {u"first_name"_s, constant(customer->firstName)},
        {u"last_name"_s, constant(orNothing(customer->lastName))},
        {u"profile_pic"_s,
            constant(picture ? services.links.url(*picture) : QJsonValue(QJsonValue::Undefined))},
        {u"locale"_s, constant(customer->locale)}, {u"timezone"_s, constant(customer->timezone)},
        {u"gender"_s, constant(orNothing(customer->gender))}};
    const auto asked = fields.isEmpty()
        ? plainFields({u"first_name"_s, u"last_name"_s, u"profile_pic"_s})
        : fields;
    return makeNode(u"User"_s, asked, makers);
}

GraphResult readUser(const QList<FieldSpec> &fields)
{
    const QHash<QString, FieldMaker> makers{{u"id"_s, constant(QString::fromLatin1(UserId))},
        {u"name"_s, constant(u"Omar Sayed"_s)}, {u"first_name"_s, constant(u"Omar"_s)},
        {u"last_name"_s, constant(u"Sayed"_s)}};
    return makeNode(u"User"_s, fields.isEmpty() ? plainFields({u"name"_s}) : fields, makers);
}

GraphResult readAccounts(
    const GraphRequest &request, const QList<FieldSpec> &fields, const Services &services)
{
    const auto asked = fields.isEmpty()
        ? plainFields({u"access_token"_s, u"category"_s, u"category_list"_s, u"name"_s, u"tasks"_s})
        : fields;
    QStringList keys;
    QList<const Page *> pages;
    for (const auto &[id, page] : services.world.pages()) {
        keys.append(id);
        pages.append(&page);
    }
    const ListRange range = rangeOf(readPaging(request), keys);
    QJsonArray data;
    for (int i = range.begin; i < range.end; ++i) {
        const GraphResult page = readPage(asked, *pages.at(i), services);
        if (!page)
            return page;
        data.append(*page);
    }
    return listAnswer(data, range, keys, &request);
}

GraphResult readPermissions()
{
    QJsonArray data;
    for (const QString &scope : Scopes)
        data.append(QJsonObject{{u"permission"_s, scope}, {u"status"_s, u"granted"_s}});
    return QJsonObject{{u"data"_s, data}};
}

GraphResult debugToken(const GraphRequest &request, const Services &services)
{
    const QString token = request.text(u"input_token"_s);
    if (token.isEmpty())
        return graphFailure(badParameter(u"The parameter input_token is required"_s));
    if (const auto owner = ownerOf(token, services.world, services.app))
        return QJsonObject{{u"data"_s, tokenData(*owner, services)}};
    const QJsonObject error{{u"code"_s, 190}, {u"message"_s, u"Invalid OAuth access token."_s}};
    return QJsonObject{{u"data"_s,
        QJsonObject{{u"is_valid"_s, false}, {u"error"_s, error}, {u"scopes"_s, QJsonArray()}}}};
}

} // namespace Pagedesk::Sandbox
