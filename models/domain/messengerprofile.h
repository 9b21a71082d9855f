// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QJsonObject>
#include <QList>

namespace Pagedesk {

// What a Page shows in Messenger before anybody has written, and beside the conversation: the
// Messenger profile. Each part has a text a language; "default" stands for all others.
inline constexpr const char *DefaultLocale = "default";

struct LocalGreeting {
    QString locale;
    QString text; // may hold {{user_first_name}}, {{user_last_name}}, {{user_full_name}}

    bool operator==(const LocalGreeting &) const = default;
};

// A question that a customer can ask with one tap; we get the payload.
struct IceBreaker {
    QString question;
    QString payload;

    bool operator==(const IceBreaker &) const = default;
};

struct LocalIceBreakers {
    QString locale;
    QList<IceBreaker> questions;

    bool operator==(const LocalIceBreakers &) const = default;
};

// A line of the menu.
struct MenuItem {
    QString type; // "postback", "web_url"; others are kept as they are
    QString title;
    QString payload; // of a postback
    QString url; // of a web_url
    QJsonObject rest = {}; // what else Meta knows of it

    bool operator==(const MenuItem &) const = default;
};

struct LocalMenu {
    QString locale;
    bool writingIsOff = false; // customers can only use the menu
    QList<MenuItem> items;

    bool operator==(const LocalMenu &) const = default;
};

struct MessengerProfile {
    QList<LocalGreeting> greetings;
    QString getStarted; // the payload of the button; empty: there is none
    QList<LocalIceBreakers> iceBreakers;
    QList<LocalMenu> menus;

    bool operator==(const MessengerProfile &) const = default;
};

// The parts by Meta's names: "greeting", "get_started", "ice_breakers", "persistent_menu".
QStringList profileParts();

// As Meta writes it; parts that are empty are left out. Reading: Protocol, naming the field.
QJsonObject profileToJson(const MessengerProfile &profile);
Result<MessengerProfile> profileFromJson(const QJsonObject &object);

} // namespace Pagedesk
