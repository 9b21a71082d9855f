// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/messengerprofile.h"

#include <QSet>
#include <QUrl>

#include <algorithm>
#include <functional>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int GreetingCharacters = 160;
constexpr int PayloadCharacters = 1000;
constexpr int Questions = 4;
constexpr int MenuItems = 20;
constexpr int MenuTitleCharacters = 30;
constexpr qsizetype CallsAtOnce = 10;
constexpr qint64 CallsWithinMs = 600'000;

const QJsonObject Success{{QStringLiteral("result"), QStringLiteral("success")}};
const QString GetStarted = QStringLiteral("get_started");
const QString Menu = QStringLiteral("persistent_menu");

using Check = std::function<QString(const QJsonObject &)>; // what is wrong; empty: nothing

GraphError wrong(const QString &property, const QString &why)
{
    return badParameter(u"Param %1 %2"_s.arg(property, why));
}

bool isText(const QJsonValue &value, int most)
{
    return value.isString() && !value.toString().isEmpty() && value.toString().size() <= most;
}

QString problemOfGreeting(const QJsonObject &greeting)
{
    return isText(greeting[u"text"_s], GreetingCharacters)
        ? QString()
        : u"[text] must be a non-empty string of at most %1 characters"_s.arg(GreetingCharacters);
}

QString problemOfQuestions(const QJsonObject &breakers)
{
    const QJsonArray questions = breakers[u"call_to_actions"_s].toArray();
    if (questions.isEmpty() || questions.size() > Questions)
        return u"[call_to_actions] must have 1 to %1 elements"_s.arg(Questions);
    for (const QJsonValue &each : questions) {
        if (each[u"question"_s].toString().isEmpty())
            return u"[call_to_actions][question] must be a non-empty string"_s;
        if (!isText(each[u"payload"_s], PayloadCharacters))
            return u"[call_to_actions][payload] must be a non-empty string of at most %1 characters"_s
                .arg(PayloadCharacters);
    }
    return {};
}

QString problemOfItem(const QJsonObject &item)
{
    if (!isText(item[u"title"_s], MenuTitleCharacters))
        return u"[call_to_actions][title] must be a non-empty string of at most %1 characters"_s
            .arg(MenuTitleCharacters);
    const QString type = item[u"type"_s].toString();
    if (type == "postback"_L1) {
        return isText(item[u"payload"_s], PayloadCharacters)
            ? QString()
            : u"[call_to_actions][payload] must be a non-empty string of at most %1 characters"_s
                  .arg(PayloadCharacters);
    }
    if (type != "web_url"_L1)
        return u"[call_to_actions][type] must be one of {postback, web_url}"_s;
    const QUrl url(item[u"url"_s].toString(), QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    return isWeb && !url.host().isEmpty() ? QString() : u"[call_to_actions][url] must be a URL"_s;
}

QString problemOfMenu(const QJsonObject &menu)
{
    const QJsonArray items = menu[u"call_to_actions"_s].toArray();
    const bool mayWrite = !menu[u"composer_input_disabled"_s].toBool();
    if ((items.isEmpty() && mayWrite) || items.size() > MenuItems)
        return u"[call_to_actions] must have 1 to %1 elements"_s.arg(MenuItems);
    for (const QJsonValue &each : items) {
        if (const QString problem = problemOfItem(each.toObject()); !problem.isEmpty())
            return problem;
    }
    return {};
}

// A property that is a list with an entry a language, of which `default` must be one.
std::optional<GraphError> checkLocales(
    const QString &property, const QJsonValue &value, const Check &check)
{
    const QJsonArray list = value.toArray();
    if (list.isEmpty())
        return wrong(property, u"must be a non-empty array"_s);
    QSet<QString> locales;
    for (const QJsonValue &each : list) {
        const QString locale = each[u"locale"_s].toString();
        if (locale.isEmpty() || locales.contains(locale))
            return wrong(property, u"[locale] is missing or repeated"_s);
        locales.insert(locale);
        if (const QString problem = check(each.toObject()); !problem.isEmpty())
            return wrong(property, problem);
    }
    if (!locales.contains(u"default"_s))
        return wrong(property, u"must have an entry with locale default"_s);
    return std::nullopt;
}

std::optional<GraphError> check(const QString &property, const QJsonValue &value)
{
    if (property == GetStarted) {
        return isText(value[u"payload"_s], PayloadCharacters)
            ? std::nullopt
            : std::optional(wrong(property, u"[payload] must be a non-empty string"_s));
    }
    if (property == "greeting"_L1)
        return checkLocales(property, value, problemOfGreeting);
    if (property == "ice_breakers"_L1)
        return checkLocales(property, value, problemOfQuestions);
    return checkLocales(property, value, problemOfMenu);
}

QStringList properties()
{
    return {u"greeting"_s, GetStarted, u"ice_breakers"_s, Menu};
}

// Field report: 100/2018145, for setting a menu and for taking the button away under one.
std::optional<GraphError> checkButton(const QJsonObject &profile)
{
    if (!profile.contains(Menu) || profile.contains(GetStarted))
        return std::nullopt;
    return badParameter(
        u"You must set a Get Started button if you also wish to use persistent menu"_s, 2018145);
}

std::optional<GraphError> count(Page &page, qint64 now)
{
    auto &calls = page.profileCalls;
    calls.removeIf([now](qint64 at) { return at <= now - CallsWithinMs; });
    if (calls.size() >= CallsAtOnce)
        return GraphError{613, 0, u"Calls to this api have exceeded the rate limit."_s};
    calls.append(now);
    return std::nullopt;
}

GraphResult change(Page &page, const QJsonObject &changed)
{
    if (const auto error = checkButton(changed))
        return graphFailure(*error);
    page.messengerProfile = changed;
    return Success;
}

GraphResult set(const GraphRequest &request, Page &page)
{
    QJsonObject changed = page.messengerProfile;
    int known = 0;
    for (const QString &property : properties()) {
        if (!request.has(property))
            continue;
        const QJsonValue value = request.json(property);
        if (const auto error = check(property, value))
            return graphFailure(*error);
        changed[property] = value;
        ++known;
    }
    if (known == 0)
        return graphFailure(
            badParameter(u"Requires one of the params: %1"_s.arg(properties().join(u","_s))));
    return change(page, changed);
}

GraphResult remove(const GraphRequest &request, Page &page)
{
    const QJsonArray fields = request.json(u"fields"_s).toArray();
    if (fields.isEmpty())
        return graphFailure(badParameter(u"The parameter fields is required"_s));
    QJsonObject changed = page.messengerProfile;
    for (const QJsonValue &field : fields) {
        if (!properties().contains(field.toString()))
            return graphFailure(
                badParameter(u"Param fields has an unknown element: %1"_s.arg(field.toString())));
        changed.remove(field.toString());
    }
    return change(page, changed);
}

GraphResult read(const GraphRequest &request, const Page &page)
{
    QJsonObject shown;
    const QStringList fields = request.text(u"fields"_s).split(u',', Qt::SkipEmptyParts);
    if (fields.isEmpty())
        return graphFailure(badParameter(u"The parameter fields is required"_s));
    for (const QString &field : fields) {
        if (!properties().contains(field))
            return graphFailure(badParameter(
                u"Param fields[0] must be one of {%1}"_s.arg(properties().join(u", "_s))));
        if (page.messengerProfile.contains(field))
            shown[field] = page.messengerProfile[field];
    }
    QJsonArray data;
    if (!shown.isEmpty())
        data.append(shown);
    return QJsonObject{{u"data"_s, data}};
}

// The entry of a language, or the default one.
QJsonObject entryFor(const QJsonValue &list, const QString &locale)
{
    QJsonObject usual;
    for (const QJsonValue &each : list.toArray()) {
        if (each[u"locale"_s].toString() == locale)
            return each.toObject();
        if (each[u"locale"_s].toString() == "default"_L1)
            usual = each.toObject();
    }
    return usual;
}

} // namespace

GraphResult messengerProfile(const GraphRequest &request, Page &page, qint64 now)
{
    if (const auto error = count(page, now))
        return graphFailure(*error);
    if (request.method == "GET"_L1)
        return read(request, page);
    return request.method == "DELETE"_L1 ? remove(request, page) : set(request, page);
}

QJsonObject shownProfile(const Page &page, const Customer &customer, bool hasMessages)
{
    const QJsonObject &all = page.messengerProfile;
    QString greeting = entryFor(all[u"greeting"_s], customer.locale)[u"text"_s].toString();
    greeting.replace(u"{{user_first_name}}"_s, customer.firstName);
    greeting.replace(u"{{user_last_name}}"_s, customer.lastName);
    greeting.replace(u"{{user_full_name}}"_s, customer.name());
    QJsonObject shown{{u"greeting"_s, greeting}, {u"getStarted"_s, false},
        {u"questions"_s, QJsonArray()},
        {u"menu"_s, entryFor(all[Menu], customer.locale)[u"call_to_actions"_s].toArray()}};
    if (hasMessages)
        return shown;
    // Questions of the API come before the button.
    const QJsonArray questions
        = entryFor(all[u"ice_breakers"_s], customer.locale)[u"call_to_actions"_s].toArray();
    shown[u"questions"_s] = questions;
    shown[u"getStarted"_s] = questions.isEmpty() && all.contains(GetStarted);
    return shown;
}

} // namespace Pagedesk::Sandbox
