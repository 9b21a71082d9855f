// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keybindings.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace Pagedesk::Ui {

using namespace std::chrono_literals;

namespace {

constexpr qint64 MostRead = 128 * 1024; // more than readKeys() takes

} // namespace

KeyBindings::KeyBindings(Actions &actions, const QString &file, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_file(file)
{
    m_reload.setSingleShot(true);
    m_reload.setInterval(100ms);
    connect(&m_reload, &QTimer::timeout, this, &KeyBindings::reload);
    const auto later = [this] { m_reload.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, later);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, later);
    if (!QFileInfo::exists(file))
        (void)write(firstKeyFile(describeAll())); // told when somebody wants to change a key
    reload();
}

bool KeyBindings::isDefault(ActionId id) const
{
    return m_actions[id]->shortcuts() == m_actions.defaultKeys(id);
}

std::optional<ActionId> KeyBindings::ownerOf(const QKeySequence &key) const
{
    for (const ActionId id : m_actions.all()) {
        if (m_actions[id]->shortcuts().contains(key))
            return id;
    }
    return std::nullopt;
}

std::optional<QString> KeyBindings::troubleWith(const QKeySequence &key, ActionId id) const
{
    return keyTrouble(key, describe(id));
}

Result<> KeyBindings::change(const QList<std::pair<ActionId, QList<QKeySequence>>> &changes)
{
    auto now = content();
    if (!now)
        return failure(now.error());
    for (const auto &[id, keys] : changes) {
        *now = keys == m_actions.defaultKeys(id) ? withDefaultKeys(*now, describe(id))
                                                 : withKeys(*now, describe(id), keys);
    }
    return write(*now);
}

Result<> KeyBindings::reset(const QList<ActionId> &ids)
{
    auto now = content();
    if (!now)
        return failure(now.error());
    for (const ActionId id : ids)
        *now = withDefaultKeys(*now, describe(id));
    return write(*now);
}

KeyAction KeyBindings::describe(ActionId id) const
{
    return {actionName(id), m_actions[id]->text(), m_actions.defaultKeys(id)};
}

QList<KeyAction> KeyBindings::describeAll() const
{
    QList<KeyAction> all;
    for (const ActionId id : m_actions.all())
        all.append(describe(id));
    return all;
}

// The folder too: editors put a new file in the place of the old one.
void KeyBindings::watch()
{
    const QString folder = QFileInfo(m_file).absolutePath();
    if (!m_watcher.directories().contains(folder) && QFileInfo(folder).isDir())
        m_watcher.addPath(folder);
    if (!m_watcher.files().contains(m_file) && QFileInfo(m_file).isFile())
        m_watcher.addPath(m_file);
}

void KeyBindings::reload()
{
    watch();
    const auto now = content();
    if (!now) {
        m_content.clear();
        apply({});
        m_problems = {{0, tr("The file cannot be read.")}};
        Q_EMIT changed();
    } else if (*now != m_content || now->isEmpty()) {
        apply(*now);
    }
}

void KeyBindings::apply(const QByteArray &content)
{
    const KeyChoices choices = readKeys(content, describeAll());
    m_content = content;
    bool isOther = m_problems != choices.problems;
    m_problems = choices.problems;
    for (const ActionId id : m_actions.all()) {
        const QList<QKeySequence> keys = choices.keys.value(actionName(id));
        if (m_actions[id]->shortcuts() != keys) {
            m_actions[id]->setShortcuts(keys);
            isOther = true;
        }
    }
    if (isOther)
        Q_EMIT changed();
}

Result<QByteArray> KeyBindings::content() const
{
    QFile file(m_file);
    if (!QFileInfo::exists(m_file))
        return QByteArray();
    if (!QFileInfo(m_file).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Storage, file.errorString());
    return file.read(MostRead);
}

Result<> KeyBindings::write(const QByteArray &content)
{
    QSaveFile file(m_file);
    const bool isWritten
        = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    if (!isWritten)
        return failure(Error::Kind::Storage, file.errorString());
    watch();
    apply(content);
    return {};
}

} // namespace Pagedesk::Ui
