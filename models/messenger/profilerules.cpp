// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/profilerules.h"

#include "models/messenger/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

class Finder {
public:
    QList<ProfileProblem> problems;

    void say(const QString &place, const QString &sentence) { problems.append({place, sentence}); }
    void checkPayload(const QString &place, const QString &payload)
    {
        if (payload.isEmpty())
            say(place, u"Say what is sent to Pagedesk when it is tapped."_s);
        else if (payload.size() > Limits::PayloadCharacters)
            sayTooLong(place, payload, Limits::PayloadCharacters);
    }
    void sayTooLong(const QString &place, const QString &text, int most)
    {
        say(place,
            u"This has %1 characters; Facebook takes %2. Shorten it."_s.arg(text.size()).arg(most));
    }
    // Each language once, and the one for all others among them.
    template <typename T> void checkLocales(const QString &part, const QList<T> &entries)
    {
        QSet<QString> seen;
        for (const T &entry : entries) {
            if (seen.contains(entry.locale))
                say(part, u"The language %1 is there twice."_s.arg(entry.locale.left(20)));
            seen.insert(entry.locale);
        }
        if (!entries.isEmpty() && !seen.contains(QLatin1StringView(DefaultLocale))) {
            say(part,
                u"There are texts for single languages only. Facebook needs those for all other "
                "languages too."_s);
        }
    }
};

// "{{user_name}}" would be shown as it stands.
QString unknownPlaceholder(const QString &text)
{
    static const QRegularExpression Placeholder(u"\\{\\{([^{}]*)\\}\\}"_s);
    static const QStringList Known{u"user_first_name"_s, u"user_last_name"_s, u"user_full_name"_s};
    auto matches = Placeholder.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (!Known.contains(match.captured(1)))
            return match.captured(0);
    }
    return {};
}

void checkGreetings(Finder &finder, const QList<LocalGreeting> &greetings)
{
    finder.checkLocales(u"greeting"_s, greetings);
    for (const LocalGreeting &greeting : greetings) {
        const QString place = u"greeting/"_s + greeting.locale;
        if (greeting.text.trimmed().isEmpty())
            finder.say(place, u"The greeting is empty. Write one, or remove it."_s);
        else if (greeting.text.size() > Limits::GreetingCharacters)
            finder.sayTooLong(place, greeting.text, Limits::GreetingCharacters);
        else if (const QString unknown = unknownPlaceholder(greeting.text); !unknown.isEmpty())
            finder.say(place,
                u"Facebook does not know %1. It knows {{user_first_name}}, {{user_last_name}} and "
                "{{user_full_name}}."_s.arg(unknown.left(40)));
    }
}

void checkIceBreakers(Finder &finder, const QList<LocalIceBreakers> &all)
{
    const QString part = u"ice_breakers"_s;
    finder.checkLocales(part, all);
    for (const LocalIceBreakers &breakers : all) {
        const QString place = part + u'/' + breakers.locale;
        if (breakers.questions.isEmpty())
            finder.say(place, u"There is no question. Add one, or remove this language."_s);
        if (breakers.questions.size() > Limits::IceBreakers) {
            finder.say(place,
                u"There are %1 questions; Facebook shows %2. Remove some."_s
                    .arg(breakers.questions.size())
                    .arg(Limits::IceBreakers));
        }
        int number = 0;
        for (const IceBreaker &breaker : breakers.questions) {
            const QString one = u"%1/%2"_s.arg(place).arg(number++);
            if (breaker.question.trimmed().isEmpty())
                finder.say(one + u"/question"_s, u"Write the question."_s);
            finder.checkPayload(one + u"/payload"_s, breaker.payload);
        }
    }
}

void checkItem(Finder &finder, const QString &place, const MenuItem &item)
{
    if (item.title.trimmed().isEmpty())
        finder.say(place + u"/title"_s, u"Write what the entry is called."_s);
    else if (item.title.size() > Limits::MenuTitleCharacters)
        finder.sayTooLong(place + u"/title"_s, item.title, Limits::MenuTitleCharacters);
    if (item.type == "postback"_L1)
        finder.checkPayload(place + u"/payload"_s, item.payload);
    if (item.type != "web_url"_L1)
        return;
    const QUrl url(item.url, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !url.userInfo().isEmpty())
        finder.say(place + u"/url"_s, u"Write a web address, such as https://example.com/menu."_s);
}

void checkMenus(Finder &finder, const MessengerProfile &profile)
{
    const QString part = u"persistent_menu"_s;
    finder.checkLocales(part, profile.menus);
    if (!profile.menus.isEmpty() && profile.getStarted.isEmpty()) {
        finder.say(u"get_started"_s,
            u"Facebook shows a menu only together with the button Get started. Switch it on."_s);
    }
    for (const LocalMenu &menu : profile.menus) {
        const QString place = part + u'/' + menu.locale;
        if (menu.items.isEmpty() && !menu.writingIsOff)
            finder.say(place, u"The menu has no entry. Add one, or remove this language."_s);
        if (menu.items.size() > Limits::MenuItems) {
            finder.say(place,
                u"The menu has %1 entries; Facebook takes %2. Remove some."_s.arg(menu.items.size())
                    .arg(Limits::MenuItems));
        }
        int number = 0;
        for (const MenuItem &item : menu.items)
            checkItem(finder, u"%1/%2"_s.arg(place).arg(number++), item);
    }
}

} // namespace

QList<ProfileProblem> profileProblems(const MessengerProfile &profile)
{
    Finder finder;
    checkGreetings(finder, profile.greetings);
    if (profile.getStarted.size() > Limits::PayloadCharacters)
        finder.sayTooLong(u"get_started"_s, profile.getStarted, Limits::PayloadCharacters);
    checkIceBreakers(finder, profile.iceBreakers);
    checkMenus(finder, profile);
    return finder.problems;
}

QString filledGreeting(const QString &text, const QString &firstName, const QString &lastName)
{
    QString filled = text;
    filled.replace(u"{{user_first_name}}"_s, firstName);
    filled.replace(u"{{user_last_name}}"_s, lastName);
    filled.replace(u"{{user_full_name}}"_s, u"%1 %2"_s.arg(firstName, lastName));
    return filled;
}

ProfileSteps profileSteps(const MessengerProfile &from, const MessengerProfile &to)
{
    const QJsonObject before = profileToJson(from);
    const QJsonObject after = profileToJson(to);
    ProfileSteps steps;
    for (const QString &part : profileParts()) {
        if (before.value(part) == after.value(part))
            continue;
        if (after.contains(part))
            steps.set.insert(part, after.value(part));
        else
            steps.removed.append(part);
    }
    return steps;
}

Result<MessengerProfile> readProfileParts(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonValue data = document.object().value(u"data"_s);
    if (!data.isArray())
        return failure(Error::Kind::Protocol, u"the answer holds no profile"_s);
    QJsonObject parts;
    const QJsonArray list = data.toArray();
    for (const QJsonValue &each : list) {
        const QJsonObject object = each.toObject();
        for (auto part = object.begin(); part != object.end(); ++part)
            parts.insert(part.key(), part.value());
    }
    return profileFromJson(parts);
}

} // namespace Pagedesk
