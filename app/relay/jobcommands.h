// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/query.h"

#include <cstdio>

namespace Pagedesk::Relay {

// `pagedesk-relay jobs`: each job as a line of JSON, with its newest tries.
Result<> printJobs(Connection &connection, bool onlyParked, std::FILE *out);

} // namespace Pagedesk::Relay
