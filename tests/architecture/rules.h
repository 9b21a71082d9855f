// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

// The architecture of the project as rules over paths and contents. Pure: reads no file of the
// project, so that every rule can be tried on a made-up one.
namespace Pagedesk::Architecture {

struct Finding {
    QString path; // relative to the root of the project
    int line = 0; // from 1; 0 for the file as a whole
    QString rule; // short name: "layer", "sql", "sockets", "licence", ...
    QString text; // what is wrong, for a person

    QString toString() const;
};

// Everything that is wrong with one file. `path` is relative to the root, with '/'.
QList<Finding> checkFile(const QString &path, const QString &content);

// What stands at the top level of the checkout and has no place there. `paths` are tracked files.
QList<Finding> checkTopLevel(const QStringList &paths);

} // namespace Pagedesk::Architecture
