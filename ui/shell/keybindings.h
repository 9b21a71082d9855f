// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "ui/shell/actions.h"
#include "ui/shell/keyfile.h"

#include <QFileSystemWatcher>
#include <QTimer>

namespace Pagedesk::Ui {

// The keys in force: the table's, changed by keys.toml of the profile, which may be edited while
// the window is open.
class KeyBindings : public QObject {
    Q_OBJECT

public:
    KeyBindings(Actions &actions, const QString &file, QObject *parent = nullptr);

    const QString &file() const { return m_file; }
    const QList<KeyProblem> &problems() const { return m_problems; }
    bool isDefault(ActionId id) const;
    // Which action has that key now.
    std::optional<ActionId> ownerOf(const QKeySequence &key) const;
    // Why the key cannot be that of the action, whoever has it now.
    std::optional<QString> troubleWith(const QKeySequence &key, ActionId id) const;

    // Writes the file and puts it in force. Several at once: a key can pass from one to the other.
    // No key: off. Storage.
    Result<> change(const QList<std::pair<ActionId, QList<QKeySequence>>> &changes);
    Result<> reset(const QList<ActionId> &ids);

Q_SIGNALS:
    // Other keys or other problems.
    void changed();

private:
    KeyAction describe(ActionId id) const;
    QList<KeyAction> describeAll() const;
    void watch();
    void reload();
    void apply(const QByteArray &content);
    Result<QByteArray> content() const;
    Result<> write(const QByteArray &content);

    Actions &m_actions;
    QString m_file;
    QByteArray m_content;
    QList<KeyProblem> m_problems;
    QFileSystemWatcher m_watcher;
    QTimer m_reload; // an editor may write in several steps
};

} // namespace Pagedesk::Ui
