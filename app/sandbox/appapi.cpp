// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/appapi.h"

#include "app/sandbox/handshake.h"
#include "app/sandbox/seed.h"
#include "app/sandbox/webhooksender.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QJsonObject Success{{QStringLiteral("success"), true}};

// As text with commas, or as a JSON array.
QStringList fieldList(const QJsonValue &value)
{
    QStringList fields;
    if (value.isArray()) {
        for (const QJsonValue &field : value.toArray())
            fields.append(field.toString());
    } else {
        fields = value.toString().split(u',', Qt::SkipEmptyParts);
    }
    for (QString &field : fields)
        field = field.trimmed();
    return fields;
}

// The fields of the Page object that have to do with messages, and the others an inbox may want.
bool isKnownField(const QString &field)
{
    static const QStringList Others{u"standby"_s, u"feed"_s, u"mention"_s, u"inbox_labels"_s,
        u"business_integrity"_s, u"response_feedback"_s, u"conversations"_s, u"calls"_s,
        u"send_cart"_s, u"group_feed"_s, u"leadgen"_s, u"ratings"_s, u"videos"_s, u"follow"_s};
    return field == "messages"_L1 || field.startsWith("message_"_L1)
        || field.startsWith("messaging_"_L1) || Others.contains(field);
}

} // namespace

AppApi::AppApi(const Services &services, WebhookSender &sender, Handshake &handshake)
    : m_services(services)
    , m_sender(sender)
    , m_handshake(handshake)
{
}

GraphResult AppApi::subscribedApps(const GraphRequest &request, Page &page)
{
    if (request.method == "DELETE"_L1) {
        page.isSubscribed = false;
        return Success;
    }
    if (request.method == "POST"_L1) {
        const QStringList fields = fieldList(request.json(u"subscribed_fields"_s));
        if (fields.isEmpty())
            return graphFailure(badParameter(u"The parameter subscribed_fields is required"_s));
        for (const QString &field : fields) {
            if (!isKnownField(field))
                return graphFailure(badParameter(
                    u"Param subscribed_fields has an unknown element: %1"_s.arg(field)));
        }
        page.isSubscribed = true;
        page.fields = fields;
        Q_EMIT pageSubscribed(page.id);
        return Success;
    }
    QJsonArray data;
    if (page.isSubscribed) {
        data.append(QJsonObject{{u"category"_s, u"Business"_s}, {u"id"_s, m_services.app.id},
            {u"link"_s, u"https://www.facebook.com/games/?app_id="_s + m_services.app.id},
            {u"name"_s, m_services.app.name},
            {u"subscribed_fields"_s, QJsonArray::fromStringList(page.fields)}});
    }
    return QJsonObject{{u"data"_s, data}};
}

void AppApi::subscriptions(const GraphRequest &request, const GraphReply &reply)
{
    if (request.method == "POST"_L1) {
        subscribe(request, reply);
        return;
    }
    if (request.method == "DELETE"_L1) {
        m_sender.setReady(false);
        reply(Success);
        return;
    }
    QJsonArray fields;
    for (const QString &field : defaultFields())
        fields.append(QJsonObject{{u"name"_s, field}, {u"version"_s, request.version}});
    const QJsonObject subscription{{u"object"_s, u"page"_s},
        {u"callback_url"_s, m_sender.settings().url.toString()}, {u"active"_s, m_sender.isReady()},
        {u"fields"_s, fields}};
    reply(QJsonObject{{u"data"_s, QJsonArray{subscription}}});
}

void AppApi::subscribe(const GraphRequest &request, const GraphReply &reply)
{
    const QUrl url(request.text(u"callback_url"_s), QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (request.text(u"object"_s) != "page"_L1 || !isWeb) {
        reply(graphFailure(
            badParameter(u"The parameters object=page and callback_url are required"_s)));
        return;
    }
    auto settings = m_sender.settings();
    settings.url = url;
    m_sender.setReady(false);
    m_sender.setSettings(settings);
    m_handshake.setVerifyToken(Secret(request.text(u"verify_token"_s).toUtf8()));
    connect(
        &m_handshake, &Handshake::attempted, this,
        [this, reply] {
            if (m_handshake.isVerified())
                reply(Success);
            else
                reply(graphFailure({2200, 0,
                    u"Callback verification failed: %1"_s.arg(m_handshake.lastResult())}));
        },
        Qt::SingleShotConnection);
    m_handshake.begin(url);
}

} // namespace Pagedesk::Sandbox
