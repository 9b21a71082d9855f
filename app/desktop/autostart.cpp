// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/autostart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

// One argument of the key Exec: in quotes, with what means something in them escaped, twice where
// the entry's own strings read an escape; "%" begins a field code.
QString quoted(const QString &argument)
{
    QString text = argument;
    for (const QChar c : {u'\\', u'"', u'`', u'$'})
        text.replace(c, u'\\' + QString(c));
    text.replace(u'%', u"%%"_s).replace(u'\\', u"\\\\"_s);
    return u'"' + text + u'"';
}

} // namespace

Autostart::Autostart(const QString &folder, const QString &program, const QStringList &arguments)
    : m_file(QDir(folder).filePath(u"autostart/pagedesk.desktop"_s))
    , m_command(quoted(program))
{
    for (const QString &argument : arguments)
        m_command += u' ' + quoted(argument);
}

bool Autostart::isOn() const
{
    return QFile::exists(m_file);
}

Result<> Autostart::set(bool on) const
{
    if (!on) {
        if (QFile::exists(m_file) && !QFile::remove(m_file))
            return failure(Error::Kind::Storage, m_file);
        return {};
    }
    QSaveFile file(m_file);
    const QByteArray entry = "[Desktop Entry]\nType=Application\nName=Pagedesk\n"
                             "Comment=Answer the Messenger conversations of your Pages\nExec="
        + m_command.toUtf8() + "\nTerminal=false\nX-GNOME-Autostart-enabled=true\n";
    if (!QDir().mkpath(QFileInfo(m_file).path()) || !file.open(QIODevice::WriteOnly)
        || file.write(entry) != entry.size() || !file.commit())
        return failure(Error::Kind::Storage, m_file + u": "_s + file.errorString());
    return {};
}

} // namespace Pagedesk
