// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/pagehealth.h"

#include "models/domain/names.h"

namespace Pagedesk {

namespace {

constexpr NameTable<HistoryState, 4> HistoryNames{{
    {HistoryState::None, ""},
    {HistoryState::Running, "running"},
    {HistoryState::Done, "done"},
    {HistoryState::Stopped, "stopped"},
}};

} // namespace

QString historyStateName(HistoryState state)
{
    return nameOf(HistoryNames, state);
}

std::optional<HistoryState> historyStateFromName(QStringView name)
{
    return fromName(HistoryNames, name);
}

} // namespace Pagedesk
