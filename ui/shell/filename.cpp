// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/filename.h"

#include "ui/thread/displaytext.h"

#include <QMimeDatabase>

namespace Pagedesk::Ui {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype LongestName = 120; // in UTF-16 units
constexpr qsizetype MostBytes = 200; // file systems end at 255

bool isForbidden(char32_t c)
{
    return !QChar::isPrint(c) || (c < 0x80 && QStringView(u"/\\:*?\"<>|").contains(QChar(c)));
}

// With "_" for what has no place in a file name. The text is well-formed: displayLine() sees to it.
QString withoutForbidden(const QString &line)
{
    QString name;
    for (const char32_t c : line.toStdU32String())
        name += isForbidden(c) ? u"_"_s : QString::fromUcs4(&c, 1);
    return name;
}

bool isEdge(QChar c)
{
    return c == u'.' || c.isSpace();
}

void removeFirst(QString &name)
{
    name.remove(0, name.front().isHighSurrogate() ? 2 : 1);
}

// A dot in front hides a file, one behind is dropped by Windows. The end tells the kind, so what
// is too long loses its beginning.
QString trimmedName(QString name)
{
    while (!name.isEmpty() && isEdge(name.back()))
        name.chop(1);
    while (!name.isEmpty()
        && (isEdge(name.front()) || name.size() >= LongestName || name.toUtf8().size() > MostBytes))
        removeFirst(name);
    return name;
}

} // namespace

bool isDeviceName(const QString &name)
{
    static const QStringList Devices{
        u"con"_s, u"prn"_s, u"aux"_s, u"nul"_s, u"conin$"_s, u"conout$"_s, u"com"_s, u"lpt"_s};
    const QString stem = name.section(u'.', 0, 0).trimmed().toLower();
    const bool numbered = stem.size() == 4 && stem.back().isDigit();
    const bool superscript = stem.size() == 4 && QStringView(u"¹²³").contains(stem.back());
    if (numbered || superscript)
        return Devices.indexOf(stem.first(3)) >= 6;
    return Devices.contains(stem) && Devices.indexOf(stem) < 6;
}

QString safeFileName(const Attachment &attachment)
{
    const QString name
        = trimmedName(withoutForbidden(displayLine(attachment.name.right(2 * LongestName))));
    if (!name.isEmpty())
        return isDeviceName(name) ? u'_' + name : name;
    const QString suffix = QMimeDatabase().mimeTypeForName(attachment.mimeType).preferredSuffix();
    const QString base = attachmentKindName(attachment.kind);
    return suffix.isEmpty() ? base : base + u'.' + suffix;
}

} // namespace Pagedesk::Ui
