// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/rules.h"

#include "tests/architecture/qtmodule.h"
#include "tests/architecture/sourcetext.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk::Architecture {

namespace {

// A folder and the folders or headers it may include besides its own.
struct Layer {
    QString folder;
    QStringList mayUse;
};

// base <- domain <- {messenger, wire, store} <- desk <- items <- ui <- app/desktop, and the
// programs beside it; pictures stand beside domain, and strangers' are decoded in the thumbnailer,
// never in the relay. What is not named here is forbidden.
const QList<Layer> &layers()
{
    static const QList<Layer> table = [] {
        const QStringList domain{u"models/base/"_s, u"models/domain/"_s};
        const QStringList formats{u"models/messenger/"_s, u"models/wire/"_s};
        const QStringList desk = domain + formats + QStringList{u"models/store/"_s};
        const QStringList items = desk + QStringList{u"models/desk/"_s};
        const QStringList ui = items + QStringList{u"models/items/"_s, u"models/picture/"_s};
        const QStringList relay = domain + formats
            + QStringList{u"models/store/database.h"_s, u"models/store/migrations.h"_s,
                u"models/store/query.h"_s, u"app/server/"_s};
        return QList<Layer>{
            {u"models/base/"_s, {}},
            {u"models/picture/"_s, {u"models/base/"_s}},
            {u"models/domain/"_s, {u"models/base/"_s}},
            {u"models/messenger/"_s, domain},
            {u"models/wire/"_s, domain},
            {u"models/store/"_s, domain},
            {u"models/desk/"_s, desk},
            {u"models/items/"_s, items},
            {u"ui/"_s, ui},
            {u"app/desktop/"_s, ui + QStringList{u"ui/"_s}},
            {u"app/browser/"_s, {u"models/base/"_s}},
            {u"app/server/"_s, {u"models/base/"_s}},
            {u"app/relay/"_s, relay + QStringList{u"models/picture/thumbnail.h"_s}},
            {u"app/thumbnailer/"_s, {u"models/base/"_s, u"models/picture/"_s}},
            {u"app/sandbox/"_s, {u"models/base/"_s, u"models/messenger/"_s, u"app/server/"_s}},
        };
    }();
    return table;
}

// Something that may be touched in a few folders only.
struct Confined {
    QString rule;
    QStringList what; // Qt modules, or beginnings of the names of other headers
    QStringList onlyIn;
};

const QList<Confined> &confinedModules()
{
    static const QList<Confined> table{
        {u"sql"_s, {u"QtSql"_s}, {u"models/store/"_s, u"app/relay/ledger/"_s}},
        {u"sockets"_s, {u"QtNetwork"_s, u"QtWebSockets"_s}, {u"models/desk/"_s, u"app/"_s}},
        {u"bus"_s, {u"QtDBus"_s}, {u"app/desktop/"_s}},
        {u"webengine"_s, {u"QtWebEngine"_s}, {u"app/browser/"_s}},
        {u"screen"_s,
            {u"QtGui"_s, u"QtWidgets"_s, u"QtSvg"_s, u"QtSvgWidgets"_s, u"QtMultimedia"_s,
                u"QtMultimediaWidgets"_s, u"QtCharts"_s, u"QtPrintSupport"_s},
            {u"ui/"_s, u"app/desktop/"_s, u"app/browser/"_s, u"app/thumbnailer/"_s,
                u"models/picture/"_s}},
    };
    return table;
}

const QList<Confined> &confinedHeaders()
{
    static const QList<Confined> table{
        {u"sql"_s, {u"sqlite3"_s, u"libpq"_s}, {u"models/store/"_s, u"app/relay/ledger/"_s}},
        {u"sockets"_s, {u"sys/socket.h"_s, u"netinet/"_s, u"arpa/inet.h"_s}, {u"app/"_s}},
        {u"boost"_s, {u"boost/"_s}, {u"app/server/"_s}},
        {u"curl"_s, {u"curl/"_s}, {u"app/relay/graph/"_s}},
        {u"keychain"_s, {u"qt6keychain/"_s, u"qtkeychain/"_s}, {u"app/desktop/"_s}},
    };
    return table;
}

// A call that may be written in a few folders only.
struct ConfinedCall {
    QString rule;
    QString pattern;
    QStringList onlyIn;
    QString instead;
};

const QList<ConfinedCall> &confinedCalls()
{
    static const QList<ConfinedCall> table{
        {u"words"_s,
            uR"(\b(tr|QCoreApplication::translate|qtTrId|QT_TR_NOOP|QT_TRANSLATE_NOOP)\s*\()"_s,
            {u"ui/"_s, u"app/desktop/"_s, u"app/browser/"_s},
            u"words for people are made where they are shown; hand up a kind or a value"_s},
        {u"logging"_s, uR"(\bq(Debug|Info|Warning|Critical|Fatal)\s*\()"_s, {},
            u"log through a category of models/base/logging.h: qCInfo(logStore)"_s},
    };
    return table;
}

bool startsWithAny(const QString &text, const QStringList &beginnings)
{
    return std::ranges::any_of(
        beginnings, [&](const QString &one) { return text.startsWith(one); });
}

bool isProjectPath(const QString &target)
{
    return startsWithAny(
        target, {u"models/"_s, u"ui/"_s, u"app/"_s, u"tests/"_s, u"resources/"_s, u"packaging/"_s});
}

// moc's output is named by the file itself and found beside it in the build directory.
bool isGenerated(const QString &target)
{
    return target.endsWith(u".moc") || target.startsWith(u"moc_");
}

QList<Finding> checkLayer(const QString &path, const Include &include)
{
    const auto layer = std::ranges::find_if(
        layers(), [&](const Layer &one) { return path.startsWith(one.folder); });
    if (layer == layers().end()) {
        return {
            {path, include.line, u"layer"_s, u"this folder has no place in the architecture"_s}};
    }
    if (include.target.startsWith(layer->folder) || startsWithAny(include.target, layer->mayUse))
        return {};
    return {{path, include.line, u"layer"_s,
        u"%1 may not include %2"_s.arg(layer->folder, include.target)}};
}

QList<Finding> checkConfined(const QString &path, const Include &include, const Confined &confined)
{
    if (startsWithAny(path, confined.onlyIn))
        return {};
    return {{path, include.line, confined.rule,
        u"%1 belongs only in %2"_s.arg(include.target, confined.onlyIn.join(u", "_s))}};
}

QList<Finding> checkQtModule(const QString &path, const Include &include, const QString &module)
{
    for (const Confined &confined : confinedModules()) {
        if (confined.what.contains(module))
            return checkConfined(path, include, confined);
    }
    return {{path, include.line, u"module"_s, u"no rule says where %1 may be used"_s.arg(module)}};
}

QList<Finding> checkForeign(const QString &path, const Include &include)
{
    const QString module = qtModuleOf(include.target);
    if (module == u"QtCore")
        return {};
    if (!module.isEmpty())
        return checkQtModule(path, include, module);
    for (const Confined &confined : confinedHeaders()) {
        if (startsWithAny(include.target, confined.what))
            return checkConfined(path, include, confined);
    }
    return {};
}

QList<Finding> checkInclude(const QString &path, const Include &include)
{
    if (isProjectPath(include.target))
        return checkLayer(path, include);
    if (include.quoted && !isGenerated(include.target)) {
        return {{path, include.line, u"root"_s,
            u"write %1 as a path from the root of the project"_s.arg(include.target)}};
    }
    return checkForeign(path, include);
}

QList<Finding> checkCalls(const QString &path, const QString &code)
{
    QList<Finding> findings;
    for (const ConfinedCall &call : confinedCalls()) {
        if (startsWithAny(path, call.onlyIn))
            continue;
        auto matches = QRegularExpression(call.pattern).globalMatch(code);
        while (matches.hasNext()) {
            const qsizetype at = matches.next().capturedStart();
            const auto line = QStringView(code).first(at).count(u'\n') + 1;
            findings += Finding{path, int(line), call.rule, call.instead};
        }
    }
    return findings;
}

bool isCpp(const QString &path)
{
    return path.endsWith(u".cpp") || path.endsWith(u".h");
}

QString licenceComment(const QString &path, const QString &content)
{
    const bool isScript = content.startsWith(u"#!");
    if (isCpp(path))
        return u"//"_s;
    if (path.endsWith(u".cmake") || path.endsWith(u"CMakeLists.txt") || isScript)
        return u"#"_s;
    if (path.endsWith(u".sql"))
        return u"--"_s;
    return {};
}

QList<Finding> checkLicence(const QString &path, const QString &content)
{
    const QString comment = licenceComment(path, content);
    if (comment.isEmpty())
        return {};
    const QString expected = comment + u" SPDX-License-Identifier: GPL-3.0-or-later"_s;
    const int line = content.startsWith(u"#!") ? 1 : 0;
    if (content.section(u'\n', line, line) == expected)
        return {};
    return {{path, line + 1, u"licence"_s, u"this line must read: "_s + expected}};
}

} // namespace

QString Finding::toString() const
{
    return u"%1:%2: [%3] %4"_s.arg(path).arg(line).arg(rule, text);
}

QList<Finding> checkFile(const QString &path, const QString &content)
{
    QList<Finding> findings = checkLicence(path, content);
    if (!isCpp(path) || !startsWithAny(path, {u"models/"_s, u"ui/"_s, u"app/"_s}))
        return findings;
    const SourceText source = SourceText::parse(content);
    for (const Include &include : source.includes)
        findings += checkInclude(path, include);
    return findings + checkCalls(path, source.code);
}

QList<Finding> checkTopLevel(const QStringList &paths)
{
    static const QSet<QString> allowed{u"CMakeLists.txt"_s, u"app"_s, u"ui"_s, u"models"_s,
        u"resources"_s, u"translations"_s, u"tests"_s, u"packaging"_s, u"CMakePresets.json"_s,
        u"README.md"_s, u"CONTRIBUTING.md"_s, u"LICENSE"_s};
    QList<Finding> findings;
    QSet<QString> seen;
    for (const QString &path : paths) {
        const QString top = path.section(u'/', 0, 0);
        if (seen.contains(top))
            continue;
        seen.insert(top);
        if (!allowed.contains(top) && !top.startsWith(u'.'))
            findings += Finding{top, 0, u"top"_s, u"this has no place at the top level"_s};
    }
    return findings;
}

} // namespace Pagedesk::Architecture
