// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Pagedesk {

// Rewrites what is legal JSON but refused by our parser, without moving a byte: an escape of half
// a surrogate pair (a cut emoji) becomes \ufffd, and a number beyond a double's range becomes a 0
// and spaces. Anything else, broken text included, stays as it is.
QByteArray repairedJson(QByteArray text);

} // namespace Pagedesk
