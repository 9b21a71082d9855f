// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statuswords.h"

#include "ui/errortext.h"
#include "ui/inbox/timewords.h"
#include "ui/thread/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Pagedesk::Ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StatusWords)
};

QString offlineWords(const ConnectionStatus &status, qint64 lastConnectedAt, qint64 now)
{
    const QString since = lastConnectedAt > 0
        ? Words::tr("Offline, last connected %1.").arg(momentText(lastConnectedAt, now))
        : Words::tr("Offline.");
    if (status.retryAt <= 0)
        return since;
    const qint64 seconds = std::max<qint64>(1, (status.retryAt - now + 999) / 1000);
    const QString next = seconds < 120 ? Words::tr("Retrying in %1 s").arg(seconds)
                                       : Words::tr("Retrying in %1").arg(shortSpan(seconds * 1000));
    return Words::tr("%1 %2", "offline since, next try").arg(since, next);
}

QString roleWord(Role role)
{
    switch (role) {
    case Role::Agent:
        return Words::tr("Agent");
    case Role::Supervisor:
        return Words::tr("Supervisor");
    case Role::Admin:
        return Words::tr("Admin");
    }
    return {};
}

} // namespace

ConnectionWords connectionWords(const ConnectionStatus &status, qint64 lastConnectedAt, qint64 now)
{
    using Offer = ConnectionWords::Offer;
    switch (status.state) {
    case ConnectionState::Unpaired:
        return {Words::tr("Not in a workspace yet"), &Theme::faint, Offer::Nothing};
    case ConnectionState::Offline:
        return {offlineWords(status, lastConnectedAt, now), &Theme::warn, Offer::Retry};
    case ConnectionState::Connecting:
        return {Words::tr("Connecting"), &Theme::faint, Offer::Nothing};
    case ConnectionState::CatchingUp:
        return {Words::tr("Catching up"), &Theme::accent, Offer::Nothing};
    case ConnectionState::Live:
        return {Words::tr("Live"), &Theme::ok, Offer::Nothing};
    case ConnectionState::Refused:
        break;
    }
    const Error error = status.error.value_or(Error{Error::Kind::Unauthorized, {}});
    const bool keyIsGone = error.kind == Error::Kind::NotFound;
    return {keyIsGone
            ? Words::tr("The key of this device is missing. Ask an admin for a new invite.")
            : errorText(error),
        &Theme::bad, Offer::Join};
}

QString outboxWords(int waiting)
{
    return waiting <= 0 ? Words::tr("Outbox empty")
                        : Words::tr("%n replies waiting", nullptr, waiting);
}

QString operatorWords(const Operator &self)
{
    const QString name = displayLine(self.name);
    return name.isEmpty() ? QString()
                          : Words::tr("%1 · %2", "name, role").arg(name, roleWord(self.role));
}

} // namespace Pagedesk::Ui
