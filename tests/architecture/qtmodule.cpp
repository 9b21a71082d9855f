// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/qtmodule.h"

#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk::Architecture {

QString qtModuleOf(const QString &header)
{
    if (header.startsWith(u"QWebEngine") || header.startsWith(u"qwebengine"))
        return u"QtWebEngine"_s;
    const QString first = header.section(u'/', 0, 0);
    if (first.startsWith(u"QtWebEngine"))
        return u"QtWebEngine"_s;

    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    if (first.startsWith(u"Qt") && headers.exists(first))
        return first;
    static const QStringList modules
        = headers.entryList({u"Qt*"_s}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &module : modules) {
        if (QFileInfo(headers.filePath(module + u'/' + header)).isFile())
            return module;
    }
    return {};
}

} // namespace Pagedesk::Architecture
