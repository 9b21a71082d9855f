// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/domain/messengerprofile.h"
#include "models/domain/page.h"

namespace Pagedesk::Ui {

// What will be different, a line each: "Nickname: none → “Bakery”".
QStringList settingDifferences(const PageSettings &before, const PageSettings &after,
    const QString &colourBefore, const QString &colourAfter, const QList<Team> &teams);
QStringList profileDifferences(const MessengerProfile &before, const MessengerProfile &after);

// "yes", "no", "not known".
QString humanAgentUseWords(HumanAgentUse use);

// A colour of the palette in a word, for people who hear it.
QString colourName(const QString &colour);

// Why something was not kept, and what to do.
QString administrationErrorText(const Error &error);

} // namespace Pagedesk::Ui
