// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/pagesettings.h"

#include "models/base/jsonfields.h"
#include "models/domain/names.h"

#include <QJsonDocument>
#include <QStringList>

#include <algorithm>
#include <array>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Switch {
    QLatin1StringView name;
    bool PageSettings::*value;
};

constexpr std::array Switches{
    Switch{"receive"_L1, &PageSettings::receive},
    Switch{"requestProfiles"_L1, &PageSettings::requestProfiles},
    Switch{"updateProfiles"_L1, &PageSettings::updateProfiles},
    Switch{"mergePeople"_L1, &PageSettings::mergePeople},
    Switch{"matchPeople"_L1, &PageSettings::matchPeople},
    Switch{"typingIndicators"_L1, &PageSettings::typingIndicators},
    Switch{"awayReply"_L1, &PageSettings::awayReply},
};

constexpr NameTable<HumanAgentUse, 3> HumanAgentNames{{
    {HumanAgentUse::NotKnown, "not_known"},
    {HumanAgentUse::Yes, "yes"},
    {HumanAgentUse::No, "no"},
}};

// Line breaks, and what turns the direction of the text around it.
bool spoilsLine(QChar character)
{
    const ushort code = character.unicode();
    return character.category() == QChar::Other_Control || code == 0x2028 || code == 0x2029
        || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

QString humanAgentUseName(HumanAgentUse use)
{
    return nameOf(HumanAgentNames, use);
}

std::optional<HumanAgentUse> humanAgentUseFromName(QStringView name)
{
    return fromName(HumanAgentNames, name);
}

QString nicknameProblem(const QString &nickname)
{
    if (nickname.size() > PageSettings::MostNicknameCharacters) {
        return u"The nickname has %1 characters; at most %2 are possible."_s.arg(nickname.size())
            .arg(PageSettings::MostNicknameCharacters);
    }
    if (nickname != nickname.trimmed())
        return u"The nickname begins or ends with a space."_s;
    if (std::any_of(nickname.cbegin(), nickname.cend(), spoilsLine))
        return u"The nickname holds a line break or another invisible character."_s;
    return {};
}

QString partPauseProblem(int ms)
{
    if (ms < 0 || ms > PageSettings::MostPartPauseMs) {
        return u"The pause between the parts of a message can be from 0 to %1 milliseconds."_s.arg(
            PageSettings::MostPartPauseMs);
    }
    return {};
}

QString awayProblem(const PageSettings &settings)
{
    if (settings.awayText.size() > PageSettings::MostAwayCharacters) {
        return u"The away text has %1 characters; at most %2 are possible."_s
            .arg(settings.awayText.size())
            .arg(PageSettings::MostAwayCharacters);
    }
    if (settings.awayText != settings.awayText.trimmed())
        return u"The away text begins or ends with white space."_s;
    if (settings.awayReply && settings.awayText.isEmpty())
        return u"An automatic answer needs an away text."_s;
    if (settings.awayReply && !settings.hours.isKept())
        return u"An automatic answer needs business hours."_s;
    return {};
}

QString settingsProblem(const PageSettings &settings)
{
    for (const QString &problem :
        {nicknameProblem(settings.nickname), partPauseProblem(settings.partPauseMs),
            hoursProblem(settings.hours), awayProblem(settings)}) {
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

QJsonObject settingsToJson(const PageSettings &settings)
{
    static const PageSettings Usual;
    QJsonObject object;
    putText(object, "nickname"_L1, settings.nickname);
    for (const Switch &each : Switches) {
        if (settings.*each.value != Usual.*each.value)
            object.insert(each.name, settings.*each.value);
    }
    if (settings.partPauseMs != Usual.partPauseMs)
        object.insert("partPauseMs"_L1, settings.partPauseMs);
    putText(object, "defaultTeam"_L1, settings.defaultTeam.value);
    if (settings.hours.isKept())
        object.insert("hours"_L1, hoursToJson(settings.hours));
    putText(object, "awayText"_L1, settings.awayText);
    if (settings.humanAgent != Usual.humanAgent)
        object.insert("humanAgent"_L1, humanAgentUseName(settings.humanAgent));
    return object;
}

Result<PageSettings> settingsFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"page.settings"_s);
    PageSettings read;
    read.nickname = in.text("nickname"_L1);
    for (const Switch &each : Switches) {
        if (in.has(each.name))
            read.*each.value = in.flag(each.name);
    }
    if (in.has("partPauseMs"_L1))
        read.partPauseMs = in.count("partPauseMs"_L1);
    if (in.has("defaultTeam"_L1))
        read.defaultTeam = {in.id("defaultTeam"_L1)};
    if (in.has("hours"_L1))
        read.hours = in.take(hoursFromJson(in.object("hours"_L1)));
    read.awayText = in.text("awayText"_L1);
    if (in.has("humanAgent"_L1))
        read.humanAgent = in.choice("humanAgent"_L1, humanAgentUseFromName);
    return in.result(read);
}

QString settingsToText(const PageSettings &settings)
{
    const QJsonObject object = settingsToJson(settings);
    if (object.isEmpty())
        return u""_s; // not null: columns hold a text
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

PageSettings settingsFromText(const QString &text)
{
    if (text.isEmpty())
        return {};
    return settingsFromJson(QJsonDocument::fromJson(text.toUtf8()).object())
        .value_or(PageSettings());
}

QStringList settingsChanges(const PageSettings &before, const PageSettings &after)
{
    QStringList changes;
    if (before.nickname != after.nickname) {
        const auto word = [](const QString &name) { return name.isEmpty() ? u"none"_s : u"set"_s; };
        changes.append(u"nickname:%1->%2"_s.arg(word(before.nickname),
            after.nickname.isEmpty() || before.nickname.isEmpty() ? word(after.nickname)
                                                                  : u"another"_s));
    }
    for (const Switch &each : Switches) {
        if (before.*each.value == after.*each.value)
            continue;
        changes.append(u"%1:%2"_s.arg(each.name, after.*each.value ? "off->on"_L1 : "on->off"_L1));
    }
    if (before.partPauseMs != after.partPauseMs)
        changes.append(u"partPauseMs:%1->%2"_s.arg(before.partPauseMs).arg(after.partPauseMs));
    if (before.defaultTeam != after.defaultTeam) {
        const auto word = [](const TeamId &id) { return id.isEmpty() ? u"none"_s : id.value; };
        changes.append(
            u"defaultTeam:%1->%2"_s.arg(word(before.defaultTeam), word(after.defaultTeam)));
    }
    if (before.hours != after.hours)
        changes.append(u"hours:%1"_s.arg(after.hours.isKept() ? u"changed"_s : u"none"_s));
    if (before.awayText != after.awayText)
        changes.append(u"awayText:%1"_s.arg(after.awayText.isEmpty() ? u"none"_s : u"changed"_s));
    if (before.humanAgent != after.humanAgent) {
        changes.append(u"humanAgent:%1->%2"_s.arg(
            humanAgentUseName(before.humanAgent), humanAgentUseName(after.humanAgent)));
    }
    return changes;
}

} // namespace Pagedesk
