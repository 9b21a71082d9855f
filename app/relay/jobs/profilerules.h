// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/jobs/jobrunner.h"

namespace Pagedesk::Relay {

// Does a job about a person's profile with `ask`, unless the Page's settings are against it: then
// Meta is asked nothing and the job is over. Whoever is passed by is asked about when profiles are
// wanted again and they write.
Task<> askIfWanted(Ledger &ledger, const Job &job, QObject *context, JobRunner::Handler ask);

} // namespace Pagedesk::Relay
