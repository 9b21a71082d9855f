// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/service/hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace Pagedesk::Relay {

void hideMemory()
{
#ifndef __SANITIZE_ADDRESS__
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace Pagedesk::Relay
