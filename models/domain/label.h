// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

namespace Pagedesk {

using LabelId = Id<struct LabelTag>;

inline constexpr qsizetype MaxLabelCharacters = 40;

// A word of the workspace that conversations can bear.
struct Label {
    LabelId id;
    QString name;
    QString colour; // "#1f6feb"; empty: none of its own
    bool active = true; // false once removed: no conversation shows it any more
    qint64 seq = 0; // position in the workspace stream

    bool operator==(const Label &) const = default;
};

} // namespace Pagedesk
