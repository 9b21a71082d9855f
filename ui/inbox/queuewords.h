// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/domain/roster.h"
#include "models/domain/snoozetimes.h"
#include "ui/theme/tag.h"

#include <optional>

namespace Pagedesk::Ui {

// The team's decisions about conversations in words. Names may hold a stranger's characters: show
// them as plain text.

QString priorityWord(Priority priority); // "Urgent"; "No priority" for none
std::optional<TagKind> priorityTag(Priority priority); // nothing for none
QString snoozeWord(SnoozeTime::Name name); // "Later today"
// A moment that lies ahead, with its day: "14:00", "tomorrow at 09:00", "Mon, 9 Nov at 09:00".
QString comingMoment(qint64 at, qint64 now);
// "pending" or "until …"; empty for the other states.
QString restWord(const Conversation &conversation, qint64 now);

// Why the relay did not do what was asked for; Errors of other reasons as errorText() has them.
QString queueProblem(const Error &error, const Roster &roster);

} // namespace Pagedesk::Ui
