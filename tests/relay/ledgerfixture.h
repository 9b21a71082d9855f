// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"

#include <QTemporaryDir>

#include <future>

namespace Pagedesk::Relay {

// A fresh ledger in a folder of its own; work is done at once and waited for.
class LedgerFixture {
public:
    LedgerFixture()
        : opened(m_ledger.open(m_folder.path()))
    {
    }

    Result<> run(const std::function<Result<>(Connection &, Ledger::Touched &)> &work)
    {
        std::promise<Result<>> done;
        m_ledger.submit(work, [&done](const Result<> &result) { done.set_value(result); });
        return done.get_future().get();
    }

private:
    QTemporaryDir m_folder;
    Ledger m_ledger;

public:
    const Result<> opened;
};

} // namespace Pagedesk::Relay
