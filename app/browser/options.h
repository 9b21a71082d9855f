// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/browser/siterules.h"

#include <functional>
#include <variant>

namespace Pagedesk::Browser {

struct TextToPrint {
    QString text;
};
struct UsageError {
    QString sentence;
};
using ParsedOptions = std::variant<SiteRules, TextToPrint, UsageError>;

// The words of the command line, without the program's name. `readAddress` gives what "--url -"
// stands for.
ParsedOptions parseOptions(
    const QStringList &words, const std::function<QString()> &readAddress = {});

} // namespace Pagedesk::Browser
