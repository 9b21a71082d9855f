// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/messengerprofile.h"

#include "models/base/jsonfields.h"

#include <QStringList>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

QJsonObject greetingToJson(const LocalGreeting &greeting)
{
    return {{"locale"_L1, greeting.locale}, {"text"_L1, greeting.text}};
}

Result<LocalGreeting> greetingFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"profile.greeting"_s);
    const LocalGreeting read{in.id("locale"_L1), in.text("text"_L1)};
    return in.result(read);
}

QJsonObject questionToJson(const IceBreaker &breaker)
{
    return {{"question"_L1, breaker.question}, {"payload"_L1, breaker.payload}};
}

Result<IceBreaker> questionFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"profile.ice_breakers.call_to_actions"_s);
    const IceBreaker read{in.text("question"_L1), in.text("payload"_L1)};
    return in.result(read);
}

Result<LocalIceBreakers> breakersFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"profile.ice_breakers"_s);
    LocalIceBreakers read{in.id("locale"_L1), {}};
    read.questions = readObjects(in, "call_to_actions"_L1, questionFromJson);
    return in.result(read);
}

QJsonObject itemToJson(const MenuItem &item)
{
    QJsonObject object = item.rest;
    object.insert("type"_L1, item.type);
    object.insert("title"_L1, item.title);
    if (item.type == "postback"_L1)
        object.insert("payload"_L1, item.payload);
    if (item.type == "web_url"_L1)
        object.insert("url"_L1, item.url);
    return object;
}

Result<MenuItem> itemFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"profile.persistent_menu.call_to_actions"_s);
    MenuItem read;
    read.type = in.id("type"_L1);
    read.title = in.text("title"_L1);
    read.rest = object;
    QStringList ours{u"type"_s, u"title"_s};
    if (read.type == "postback"_L1) {
        read.payload = in.text("payload"_L1);
        ours.append(u"payload"_s);
    } else if (read.type == "web_url"_L1) {
        read.url = in.text("url"_L1);
        ours.append(u"url"_s);
    }
    for (const QString &name : std::as_const(ours))
        read.rest.remove(name);
    return in.result(read);
}

QJsonObject menuToJson(const LocalMenu &menu)
{
    QJsonArray items;
    for (const MenuItem &item : menu.items)
        items.append(itemToJson(item));
    return {{"locale"_L1, menu.locale}, {"composer_input_disabled"_L1, menu.writingIsOff},
        {"call_to_actions"_L1, items}};
}

Result<LocalMenu> menuFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"profile.persistent_menu"_s);
    LocalMenu read{in.id("locale"_L1), in.flag("composer_input_disabled"_L1), {}};
    read.items = readObjects(in, "call_to_actions"_L1, itemFromJson);
    return in.result(read);
}

template <typename T, typename F>
void putList(QJsonObject &object, QLatin1StringView name, const QList<T> &values, F toJson)
{
    if (values.isEmpty())
        return;
    QJsonArray list;
    for (const T &value : values)
        list.append(toJson(value));
    object.insert(name, list);
}

QJsonObject breakersToJson(const LocalIceBreakers &breakers)
{
    QJsonObject object{{"locale"_L1, breakers.locale}};
    putList(object, "call_to_actions"_L1, breakers.questions, questionToJson);
    return object;
}

} // namespace

QStringList profileParts()
{
    return {u"greeting"_s, u"get_started"_s, u"ice_breakers"_s, u"persistent_menu"_s};
}

QJsonObject profileToJson(const MessengerProfile &profile)
{
    QJsonObject object;
    putList(object, "greeting"_L1, profile.greetings, greetingToJson);
    if (!profile.getStarted.isEmpty())
        object.insert("get_started"_L1, QJsonObject{{"payload"_L1, profile.getStarted}});
    putList(object, "ice_breakers"_L1, profile.iceBreakers, breakersToJson);
    putList(object, "persistent_menu"_L1, profile.menus, menuToJson);
    return object;
}

Result<MessengerProfile> profileFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"profile"_s);
    MessengerProfile read;
    read.greetings = readObjects(in, "greeting"_L1, greetingFromJson);
    if (in.has("get_started"_L1)) {
        const QJsonObject button = in.object("get_started"_L1);
        FieldReader inside(button, u"profile.get_started"_s);
        const QString payload = inside.text("payload"_L1);
        read.getStarted = in.take(inside.result(payload));
    }
    read.iceBreakers = readObjects(in, "ice_breakers"_L1, breakersFromJson);
    read.menus = readObjects(in, "persistent_menu"_L1, menuFromJson);
    return in.result(read);
}

} // namespace Pagedesk
