// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>

#include <optional>

namespace Pagedesk::Ui {

// The file in which a person says which keys do what: TOML, one action a line.
//
//     resolve = "Ctrl+E"
//     filter = ["Ctrl+K", "/"]
//     quit = ""            # off
//
// Pure functions over its bytes.

struct KeyAction {
    QString name; // in the file
    QString text; // for people
    QList<QKeySequence> defaults;
};

// What is wrong in a line of the file, counted from 1; 0: with all of it.
struct KeyProblem {
    int line = 0;
    QString sentence;

    bool operator==(const KeyProblem &) const = default;
};

struct KeyChoices {
    QHash<QString, QList<QKeySequence>> keys; // of every action, also of those that keep theirs
    QList<KeyProblem> problems;
};

// Whatever is wrong leaves the defaults of its action in force, and the rest of the file too.
KeyChoices readKeys(const QByteArray &content, const QList<KeyAction> &actions);

// Why a key cannot be that of the action; nothing: it can.
std::optional<QString> keyTrouble(const QKeySequence &key, const KeyAction &action);

// The file at first: every action with its default, as comments.
QByteArray firstKeyFile(const QList<KeyAction> &actions);
// The file with other keys for an action, none: off; everything else stays as it is.
QByteArray withKeys(
    const QByteArray &content, const KeyAction &action, const QList<QKeySequence> &keys);
// The file without a choice for the action.
QByteArray withDefaultKeys(const QByteArray &content, const KeyAction &action);

} // namespace Pagedesk::Ui
