// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/domain/page.h"

namespace Pagedesk {

// The customers of the practice world, for those who cannot write to a simulated Page from a
// Messenger of their own. The desktop program implements it with the sandbox it has started.
class PracticeCustomers {
public:
    PracticeCustomers() = default;
    virtual ~PracticeCustomers() = default;
    Q_DISABLE_COPY_MOVE(PracticeCustomers)

    // A customer of the Page writes. Offline when the sandbox is not reached, Rejected when it
    // refuses.
    virtual Task<> write(const PageId &page, const QString &text) = 0;
};

} // namespace Pagedesk
