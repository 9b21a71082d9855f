// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/entities.h"
#include "app/sandbox/graphrequest.h"

namespace Pagedesk::Sandbox {

// GET, POST and DELETE of /me/messenger_profile. Each call counts towards the ten that a Page may
// make in ten minutes. Source: Messenger Platform, "Messenger Profile API", 2026.
GraphResult messengerProfile(const GraphRequest &request, Page &page, qint64 now);

// What a customer sees of it: the texts of their language, or else the default ones, with the
// greeting's placeholders filled in. Questions are shown before the first message only.
QJsonObject shownProfile(const Page &page, const Customer &customer, bool hasMessages);

} // namespace Pagedesk::Sandbox
