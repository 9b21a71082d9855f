// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "models/base/ids.h"

namespace Pagedesk::Relay {

// What the functions that project one event work with.
struct IntakeContext {
    Connection &connection;
    qint64 receivedAt; // ms UTC
    Ledger::Touched &touched;
    const QString &ownApp; // the id of our own app; empty when it is not known
    qint64 event = 0; // the number of the event at hand
    // Above 0 for a person who writes more than the guard lets through at once: screens are told
    // later, and automatic work begins so many ms later.
    qint64 delayMs = 0;

    void touch(const PageId &page)
    {
        if (delayMs > 0)
            touched.delay(page.value);
        else
            touched.stream(page.value);
    }
    qint64 workAt() const { return receivedAt + delayMs; }
};

} // namespace Pagedesk::Relay
