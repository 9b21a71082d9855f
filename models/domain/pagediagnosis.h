// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

// What Meta demands of a Page before its messages come and go, one line each.
namespace Pagedesk {

// In the order in which they are shown. Told by name.
enum class PageCheck {
    Token = 1,
    Permissions,
    Task, // the person who connected the Page may answer its messages
    Published,
    Messaging, // conversations can be read
    Address, // the relay can be reached from outside
    VerifyToken,
    Signature,
    AppWebhook, // the app's webhooks go to the relay
    PageWebhook, // the Page's events go to the app
    LastEvent,
    Delay,
    AppMode,
    HumanAgent,
    Usage,
    ThreadOwner,
};

enum class CheckState {
    Good = 1,
    Unknown, // it could not be asked
    Warning,
    Bad,
};

struct DiagnosisLine {
    PageCheck check = PageCheck::Token;
    CheckState state = CheckState::Unknown;
    QString reason = {}; // a short word that tells causes apart; empty: the usual one
    QString text = {}; // names, a host; as others have written them
    qint64 number = 0; // ms UTC, ms, per cent or a count, whatever the check is about
    qint64 other = 0; // a second one

    bool operator==(const DiagnosisLine &) const = default;
};

QString pageCheckName(PageCheck check);
std::optional<PageCheck> pageCheckFromName(QStringView name);
QString checkStateName(CheckState state);
std::optional<CheckState> checkStateFromName(QStringView name);

} // namespace Pagedesk
