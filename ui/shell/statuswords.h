// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/connectionstatus.h"
#include "models/domain/operator.h"
#include "ui/theme/theme.h"

namespace Pagedesk::Ui {

// Where the desktop stands with its relay, as the status strip says it.
struct ConnectionWords {
    // What the person can do about it.
    enum class Offer { Nothing, Retry, Join };

    QString text;
    QColor Theme::*dot = &Theme::faint;
    Offer offer = Offer::Nothing;
};

// `lastConnectedAt`: ms UTC, 0 when there was no connection since the program started.
ConnectionWords connectionWords(const ConnectionStatus &status, qint64 lastConnectedAt, qint64 now);

QString outboxWords(int waiting);
QString operatorWords(const Operator &self); // "Ada · Agent"; empty without a name

} // namespace Pagedesk::Ui
