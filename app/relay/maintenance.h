// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/commandline.h"

namespace Pagedesk::Relay {

// The commands that work on a ledger beside a relay that may be serving it. Each prints its answer
// on stdout. Rejected means wrong usage.
namespace Maintenance {

struct Command {
    const char *name; // "page add"
    const char *options; // as the help shows them
    const char *help;
    QStringList known; // names of its options
    Result<> (*run)(const CommandLine &line);
    QStringList flags = {}; // names of options without a value
};

// In the order of the help.
const QList<Command> &commands();

} // namespace Maintenance

} // namespace Pagedesk::Relay
