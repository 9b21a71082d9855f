// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/businesshours.h"
#include "models/domain/operator.h"

#include <QJsonObject>
#include <QString>
#include <QStringView>

#include <optional>

namespace Pagedesk {

// Whether the Page may use Meta's feature Human Agent, as far as an admin has said and Meta has not
// denied. Meta has no call that tells it.
enum class HumanAgentUse {
    NotKnown,
    Yes,
    No,
};

// What admins decide about one Page; its colour stands beside it.
struct PageSettings {
    static constexpr int MostNicknameCharacters = 60;
    static constexpr int UsualPartPauseMs = 600;
    static constexpr int MostPartPauseMs = 10'000;
    static constexpr int MostAwayCharacters = 1000;

    QString nickname; // shown instead of the name; empty: none
    bool receive = true; // Meta delivers the Page's messages to us
    bool requestProfiles = true; // names and pictures of people are asked for
    bool updateProfiles = true; // and asked for again when they are old
    bool mergePeople = true; // a person may be recognised across Pages
    // Meta is asked whether somebody who writes for the first time writes to other Pages too. Off
    // until somebody wants it: it tells Meta nothing new, but is not needed to answer anybody.
    bool matchPeople = false;
    bool typingIndicators = true; // are shown to the customer between the parts of a reply
    int partPauseMs = UsualPartPauseMs; // between the parts of a reply, from 0
    // Whose queue a customer's new conversation is put into, and one they open again that nobody
    // has; empty: nobody's. A team that was removed is as good as none.
    TeamId defaultTeam = {};
    BusinessHours hours = {};
    // Whoever writes outside the hours is answered with `awayText`, once until it opens.
    bool awayReply = false;
    QString awayText = {};
    HumanAgentUse humanAgent = HumanAgentUse::NotKnown;

    bool answersAway() const { return awayReply && hours.isKept() && !awayText.isEmpty(); }
    // Asking for what nobody may merge is of no use.
    bool mayAskForMatches() const { return mergePeople && matchPeople; }

    bool operator==(const PageSettings &) const = default;
};

QString humanAgentUseName(HumanAgentUse use);
std::optional<HumanAgentUse> humanAgentUseFromName(QStringView name);

// What cannot be kept, as a sentence; empty when nothing is wrong.
QString nicknameProblem(const QString &nickname);
QString partPauseProblem(int ms);
QString awayProblem(const PageSettings &settings);
QString settingsProblem(const PageSettings &settings);

// What differs from a Page that nobody has changed anything of. Reading: Protocol, naming the field
// that is wrong.
QJsonObject settingsToJson(const PageSettings &settings);
Result<PageSettings> settingsFromJson(const QJsonObject &object);

// The same as one text for a column; empty when there is nothing. Reading never fails: what cannot
// be read reads as not changed.
QString settingsToText(const PageSettings &settings);
PageSettings settingsFromText(const QString &text);

// What two settings differ in, "receive:on->off partPauseMs:600->1000": words and numbers, of the
// nickname only that it is another.
QStringList settingsChanges(const PageSettings &before, const PageSettings &after);

} // namespace Pagedesk
