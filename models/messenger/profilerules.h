// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/messengerprofile.h"

#include <QByteArray>
#include <QStringList>

namespace Pagedesk {

// Something that Meta would not take.
struct ProfileProblem {
    // Where it is: the part, and within it the language and number, "persistent_menu",
    // "persistent_menu/default/2/url".
    QString place;
    QString sentence; // what to do

    bool operator==(const ProfileProblem &) const = default;
};

// Everything that is wrong with a profile, in the order of its parts. Source: Messenger Platform,
// "Messenger Profile API", 2026; the numbers stand in limits.h.
QList<ProfileProblem> profileProblems(const MessengerProfile &profile);
// The placeholders that a greeting can hold, and what stands for them.
QString filledGreeting(const QString &text, const QString &firstName, const QString &lastName);

// What has to be sent to make one of the other.
struct ProfileSteps {
    QJsonObject set; // the body of a POST; empty: none is needed
    QStringList removed; // the fields of a DELETE

    QStringList parts() const { return set.keys() + removed; }
};
ProfileSteps profileSteps(const MessengerProfile &from, const MessengerProfile &to);

// Reads the answer of GET /me/messenger_profile. Protocol: it is none.
Result<MessengerProfile> readProfileParts(const QByteArray &body);

} // namespace Pagedesk
