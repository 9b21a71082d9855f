// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <array>

namespace Pagedesk {

// The fields of a Page's webhooks. Source: Messenger Platform, "Webhooks" and its reference pages,
// and the Page object's `subscribed_apps`, 2026.

// Without one of these, messages or what happens to them would be missed.
inline constexpr std::array NeededFields{"messages", "message_echoes", "message_edits",
    "message_reactions", "message_deliveries", "message_reads", "messaging_postbacks",
    "messaging_optins", "messaging_referrals", "messaging_handovers", "standby"};

// Worth having; a Page or an app may lack the permission for some.
inline constexpr std::array WantedFields{"messaging_optouts", "messaging_policy_enforcement",
    "messaging_account_linking", "messaging_feedback", "messaging_customer_information",
    "business_integrity", "inbox_labels", "feed", "mention", "message_template_status_update"};

// What to subscribe to. A subscription is replaced by the next one, so the list is complete.
inline QStringList subscriptionFields(bool onlyNeeded)
{
    QStringList fields;
    for (const char *name : NeededFields)
        fields.append(QString::fromLatin1(name));
    if (!onlyNeeded) {
        for (const char *name : WantedFields)
            fields.append(QString::fromLatin1(name));
    }
    return fields;
}

// What has to be among the ordered ones and is not.
inline QStringList lackingFields(const QStringList &ordered)
{
    QStringList lacking = subscriptionFields(true);
    lacking.removeIf([&ordered](const QString &field) { return ordered.contains(field); });
    return lacking;
}

} // namespace Pagedesk
