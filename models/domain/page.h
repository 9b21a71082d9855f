// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/pagehealth.h"
#include "models/domain/pagesettings.h"

#include <QStringList>
#include <QStringView>

#include <optional>

namespace Pagedesk {

// Whether a Page can be used. Numbers are stored: never change one.
enum class PageState {
    Connected = 1,
    NeedsLogin = 2, // Meta refuses our token; replies wait until it is replaced
    Removed = 3,
};

// A Facebook Page of the workspace.
struct Page {
    PageId id;
    QString name;
    QString colour; // "#rrggbb", from a palette of readable ones
    PageState state = PageState::Connected;
    bool humanAgent = false; // the Page may use the HUMAN_AGENT tag, 24 h to 7 days
    qint64 seq = 0; // position in the Page's stream
    PageHealth health = {};
    PageSettings settings = {};

    // How people call it: by its nickname, where it has one.
    const QString &shownName() const
    {
        return settings.nickname.isEmpty() ? name : settings.nickname;
    }

    bool operator==(const Page &) const = default;
};

// Why nothing can be sent for a Page; what waits goes on when it is over.
enum class SendingBlock {
    None,
    NeedsLogin,
    PermissionLost, // it still receives
    Removed,
};
SendingBlock sendingBlock(const Page &page);

QString pageStateName(PageState state);
std::optional<PageState> pageStateFromName(QStringView name);
std::optional<PageState> pageStateFromNumber(qint64 number);

// The steady colour of the n-th connected Page.
QString pageColour(int n);
// All of them.
QStringList pageColours();
// Why a colour cannot be a Page's, as a sentence; empty when it can.
QString colourProblem(const QString &colour);

} // namespace Pagedesk
