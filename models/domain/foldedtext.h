// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace Pagedesk {

// Text as it is compared when somebody looks for words in it: one case, accents and presentation
// forms dropped, every white space a space.
QString foldedForFind(const QString &text);

// Where a folded text stands in a text, as starts and lengths in UTF-16 units, one after the other.
QList<std::pair<int, int>> findFolded(const QString &text, const QString &folded);

} // namespace Pagedesk
