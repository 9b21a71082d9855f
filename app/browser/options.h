// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/browser/siterules.h"

#include <variant>

namespace Pagedesk::Browser {

struct TextToPrint {
    QString text;
};
struct UsageError {
    QString sentence;
};
using ParsedOptions = std::variant<SiteRules, TextToPrint, UsageError>;

// The words of the command line, without the program's name.
ParsedOptions parseOptions(const QStringList &words);

} // namespace Pagedesk::Browser
