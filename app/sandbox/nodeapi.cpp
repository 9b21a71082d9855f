// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/nodeapi.h"

#include <QDateTime>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

FieldMaker constant(const QJsonValue &value)
{
    return [value](const FieldSpec &) { return value; };
}

QJsonValue orNothing(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
}

QJsonValue pagePicture(const Page &page, const Services &services)
{
    const MediaFile *file = services.world.media(page.pictureId);
    if (!file)
        return QJsonValue::Undefined;
    return QJsonObject{{u"data"_s,
        QJsonObject{{u"height"_s, file->height}, {u"width"_s, file->width},
            {u"is_silhouette"_s, false}, {u"url"_s, services.links.url(*file)}}}};
}

QJsonValue portfolio(const Page &page)
{
    if (page.portfolioId.isEmpty())
        return QJsonValue::Undefined;
    return QJsonObject{{u"id"_s, page.portfolioId}, {u"name"_s, page.portfolioName}};
}

QHash<QString, FieldMaker> pageFields(
    const Page &page, const PageReader &reader, const Services &services)
{
    const QJsonArray categories{QJsonObject{{u"id"_s, u"2500"_s}, {u"name"_s, page.category}}};
    return {{u"id"_s, constant(page.id)}, {u"name"_s, constant(page.name)},
        {u"access_token"_s, constant(orNothing(reader.accessToken))},
        {u"category"_s, constant(page.category)}, {u"category_list"_s, constant(categories)},
        {u"tasks"_s, constant(QJsonArray::fromStringList(reader.tasks))},
        {u"is_published"_s, constant(page.isPublished)},
        {u"link"_s, constant(u"https://www.facebook.com/"_s + page.id)},
        {u"username"_s, constant(QJsonValue::Undefined)},
        {u"picture"_s, constant(pagePicture(page, services))},
        {u"business"_s, constant(portfolio(page))},
        {u"messaging_feature_status"_s,
            constant(QJsonObject{{u"hop_v2"_s, false}, {u"msgr_multi_app"_s, false}})}};
}

} // namespace

QString graphTime(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC)
        .toString(u"yyyy-MM-dd'T'HH:mm:ss'+0000'"_s);
}

GraphResult readPage(const QList<FieldSpec> &fields, const Page &page, const PageReader &reader,
    const Services &services)
{
    const auto asked = fields.isEmpty() ? plainFields({u"name"_s}) : fields;
    return makeNode(u"Page"_s, asked, pageFields(page, reader, services));
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

} // namespace Pagedesk::Sandbox
