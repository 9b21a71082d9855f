// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace Pagedesk::Browser {

// An address in a form that cannot mislead: ASCII alone, so that no letter looks like another and
// none turns the writing around (a host of other letters stands as xn--…, the rest as %XX). Without
// the query, in which login addresses carry codes.
struct AddressText {
    QString scheme; // "https://"
    QString host; // with the port, unless it is the usual one
    QString path; // shortened in the middle beyond 512 characters

    QString whole() const { return scheme + host + path; }
};

AddressText addressText(const QUrl &url);
// The host alone, as above; empty for an address without one.
QString hostText(const QUrl &url);

} // namespace Pagedesk::Browser
