// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QStringView>

#include <optional>

namespace Pagedesk {

// Why a Page's token cannot be used. Told to desktops by name.
enum class TokenProblem {
    None = 0,
    Refused = 1, // Meta does not say more
    AppRemoved = 2, // the person who connected the Page has removed the app
    Checkpoint = 3, // that person has to confirm their account first
    PasswordChanged = 4,
    Expired = 5,
    RoleLost = 6, // that person has no role on the Page any more
    Unreadable = 7, // it was sealed with another master key
};

// What the regular look at a Page's token, permissions and webhooks has found.
struct PageCare {
    qint64 inspectedAt = 0; // ms UTC; 0 never
    TokenProblem token = TokenProblem::None;
    qint64 refusedAt = 0; // ms UTC, when Meta refused the token; 0: it does not
    qint64 tokenExpiresAt = 0; // ms UTC; 0: no date
    qint64 dataAccessExpiresAt = 0; // ms UTC; 0: no date
    QStringList missingPermissions;
    QStringList missingFields; // needed webhook fields that Meta does not deliver
    qint64 versionEndsAt = 0; // ms UTC, of the Graph API's version we speak; 0: not announced
    // ms UTC of the last reply that was refused because the app is not live, or not reviewed, and
    // the person has no role in it; 0: none since one went through
    qint64 roleOnlyAt = 0;
    // Meta does not say who is the same person on other Pages: since when, ms UTC, and why in short
    // English. It is not asked again until an admin wants it anew. 0: it has not refused.
    qint64 matchRefusedAt = 0;
    QString matchProblem;
    // What Meta's answers to replies as a human agent have shown of that feature since an admin has
    // decided about it: the first that went through, and the one that turned the setting to no,
    // with Meta's code ("10/2018278").
    qint64 agentConfirmedAt = 0; // ms UTC; 0: none
    qint64 agentRefusedAt = 0; // ms UTC; 0: none
    QString agentProblem;

    bool mayMessage() const;

    bool operator==(const PageCare &) const = default;
};

// How near a date is by which somebody has to act.
enum class Deadline {
    Far, // or there is none
    TwoWeeks,
    ThreeDays,
    Over,
};
Deadline deadlineOf(qint64 at, qint64 now); // ms UTC; `at` 0: there is none

QString tokenProblemName(TokenProblem problem); // empty for None
std::optional<TokenProblem> tokenProblemFromName(QStringView name);

} // namespace Pagedesk
