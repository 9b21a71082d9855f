// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Pagedesk::Architecture {

struct Include {
    int line = 0; // from 1
    QString target; // what stands between the quotes or brackets
    bool quoted = false;
};

// A C++ source as the rules see it: its includes, and its code without comments and strings.
struct SourceText {
    QList<Include> includes;
    QString code; // comments and the insides of literals are gone, line breaks are kept

    // Knows line and block comments, string, character and raw string literals, and 1'000.
    static SourceText parse(const QString &content);
};

} // namespace Pagedesk::Architecture
