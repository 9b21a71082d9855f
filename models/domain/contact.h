// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

namespace Pagedesk {

// A person as one Page knows them. Every field but the PSID may be missing: Meta does not always
// share it, and we never invent one.
struct Contact {
    PageId pageId;
    Psid psid;
    QString name;
    QString pictureHash; // SHA-256 in hex of the picture the relay keeps, or empty

    bool operator==(const Contact &) const = default;
};

// The last four digits of a PSID, by which a nameless person can be told apart.
QString psidTail(const Psid &psid);

// One or two letters for a picture made of initials; the PSID's tail when there is no name.
QString initials(const QString &name, const Psid &psid);

// A steady hue in degrees, 0 to 359, from the PSID.
int hueOf(const Psid &psid);

} // namespace Pagedesk
