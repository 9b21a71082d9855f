// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/qtmodule.h"
#include "tests/architecture/rules.h"
#include "tests/architecture/sourcetext.h"

#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk::Architecture;
using namespace Qt::Literals::StringLiterals;

namespace {

// A source with its licence line and the given text from line 2 on.
QString source(const QString &text)
{
    return u"// SPDX-License-Identifier: GPL-3.0-or-later\n"_s + text;
}

QStringList rulesOf(const QList<Finding> &findings)
{
    QStringList rules;
    for (const Finding &finding : findings)
        rules += finding.rule;
    return rules;
}

QString including(const QString &header)
{
    return header.startsWith(u'<') ? u"#include "_s + header : u"#include \"%1\""_s.arg(header);
}

} // namespace

// Every rule is tried on made-up files: what it must find, and what it must leave alone.
class TestRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void anInclude_data();
    void anInclude();
    void code_data();
    void code();
    void licence_data();
    void licence();
    void topLevel_data();
    void topLevel();
    void findingsNameTheLine();
    void testsMayIncludeEverything();
    void qtModules_data();
    void qtModules();
    void codeIsSeparatedFromCommentsAndLiterals_data();
    void codeIsSeparatedFromCommentsAndLiterals();
    void includesAreFound();
};

void TestRules::anInclude_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("rule"); // empty: allowed

    const auto allowed = [](const char *path, const char *header) {
        QTest::addRow("%s may include %s", path, header)
            << QString::fromUtf8(path) << QString::fromUtf8(header) << QString();
    };
    const auto forbidden = [](const char *path, const char *header, const QString &rule) {
        QTest::addRow("%s may not include %s", path, header)
            << QString::fromUtf8(path) << QString::fromUtf8(header) << rule;
    };

    allowed("models/base/a.cpp", "models/base/ids.h");
    forbidden("models/base/a.cpp", "models/domain/page.h", u"layer"_s);
    allowed("models/domain/a.cpp", "models/base/ids.h");
    forbidden("models/domain/a.cpp", "models/messenger/webhook.h", u"layer"_s);
    forbidden("models/domain/a.cpp", "models/store/query.h", u"layer"_s);
    allowed("models/messenger/a.cpp", "models/domain/message.h");
    forbidden("models/messenger/a.cpp", "models/wire/frame.h", u"layer"_s);
    forbidden("models/messenger/a.cpp", "models/store/query.h", u"layer"_s);
    forbidden("models/wire/a.cpp", "models/messenger/webhook.h", u"layer"_s);
    forbidden("models/wire/a.cpp", "models/store/query.h", u"layer"_s);
    allowed("models/store/replica/a.cpp", "models/store/query.h");
    forbidden("models/store/a.cpp", "models/wire/frame.h", u"layer"_s);
    forbidden("models/store/a.cpp", "models/desk/session.h", u"layer"_s);
    allowed("models/desk/a.cpp", "models/store/query.h");
    allowed("models/desk/a.cpp", "models/wire/frame.h");
    allowed("models/desk/a.cpp", "models/messenger/limits.h");
    forbidden("models/desk/a.cpp", "models/items/roles.h", u"layer"_s);
    allowed("models/items/a.cpp", "models/desk/session.h");
    forbidden("models/items/a.cpp", "ui/shell/window.h", u"layer"_s);
    allowed("ui/inbox/a.cpp", "models/items/roles.h");
    allowed("ui/inbox/a.cpp", "ui/theme/theme.h");
    forbidden("ui/inbox/a.cpp", "app/desktop/desktopapp.h", u"layer"_s);
    forbidden("ui/inbox/a.cpp", "app/server/http.h", u"layer"_s);
    allowed("app/desktop/a.cpp", "ui/shell/window.h");
    allowed("app/desktop/a.cpp", "models/desk/session.h");
    forbidden("app/desktop/a.cpp", "app/relay/relayapp.h", u"layer"_s);
    forbidden("app/desktop/a.cpp", "app/server/http.h", u"layer"_s);
    allowed("app/server/a.cpp", "models/base/result.h");
    forbidden("app/server/a.cpp", "models/domain/page.h", u"layer"_s);
    forbidden("app/server/a.cpp", "app/relay/relayapp.h", u"layer"_s);
    allowed("app/relay/sync/a.cpp", "app/relay/ledger/ledger.h");
    allowed("app/relay/sync/a.cpp", "app/server/http.h");
    allowed("app/relay/sync/a.cpp", "models/wire/frame.h");
    allowed("app/relay/intake/a.cpp", "models/messenger/webhook.h");
    allowed("app/relay/ledger/a.cpp", "models/store/database.h");
    allowed("app/relay/ledger/a.cpp", "models/store/migrations.h");
    allowed("app/relay/ledger/a.cpp", "models/store/query.h");
    forbidden("app/relay/ledger/a.cpp", "models/store/replica/messagestore.h", u"layer"_s);
    forbidden("app/relay/a.cpp", "models/desk/session.h", u"layer"_s);
    forbidden("app/relay/a.cpp", "models/items/roles.h", u"layer"_s);
    forbidden("app/relay/a.cpp", "ui/theme/theme.h", u"layer"_s);
    forbidden("app/relay/a.cpp", "app/sandbox/sandboxapp.h", u"layer"_s);
    allowed("app/sandbox/a.cpp", "models/messenger/limits.h");
    allowed("app/sandbox/a.cpp", "app/server/http.h");
    forbidden("app/sandbox/a.cpp", "models/domain/page.h", u"layer"_s);
    forbidden("app/sandbox/a.cpp", "models/store/query.h", u"layer"_s);
    forbidden("app/sandbox/a.cpp", "app/relay/relayapp.h", u"layer"_s);
    allowed("app/browser/a.cpp", "models/base/secret.h");
    forbidden("app/browser/a.cpp", "models/domain/page.h", u"layer"_s);
    forbidden("app/desktop/a.cpp", "app/browser/browserwindow.h", u"layer"_s);
    forbidden("ui/a.cpp", "tests/support/await.h", u"layer"_s);
    forbidden("models/unknown/a.cpp", "models/base/ids.h", u"layer"_s);
    forbidden("app/unknown/a.cpp", "models/base/ids.h", u"layer"_s);
    forbidden("models/domain/a.cpp", "<models/store/query.h>", u"layer"_s);

    allowed("models/store/a.cpp", "<QSqlQuery>");
    allowed("app/relay/ledger/a.cpp", "<QSqlDatabase>");
    allowed("models/store/a.cpp", "<sqlite3.h>");
    forbidden("models/desk/a.cpp", "<QSqlQuery>", u"sql"_s);
    forbidden("app/relay/sync/a.cpp", "<QtSql/QSqlQuery>", u"sql"_s);
    forbidden("ui/a.cpp", "<qsqlquery.h>", u"sql"_s);
    forbidden("app/relay/api/a.cpp", "<sqlite3.h>", u"sql"_s);
    allowed("models/desk/a.cpp", "<QWebSocket>");
    allowed("app/relay/graph/a.cpp", "<QNetworkAccessManager>");
    allowed("app/desktop/a.cpp", "<QLocalServer>");
    forbidden("ui/a.cpp", "<QNetworkReply>", u"sockets"_s);
    forbidden("models/wire/a.cpp", "<QWebSocket>", u"sockets"_s);
    forbidden("models/store/a.cpp", "<QTcpSocket>", u"sockets"_s);
    forbidden("models/items/a.cpp", "<sys/socket.h>", u"sockets"_s);
    allowed("app/desktop/a.cpp", "<QDBusInterface>");
    forbidden("ui/a.cpp", "<QDBusConnection>", u"bus"_s);
    allowed("app/server/a.cpp", "<boost/beast/http.hpp>");
    forbidden("app/relay/a.cpp", "<boost/asio.hpp>", u"boost"_s);
    forbidden("models/base/a.cpp", "<boost/json.hpp>", u"boost"_s);
    allowed("app/relay/graph/a.cpp", "<curl/curl.h>");
    forbidden("app/relay/jobs/a.cpp", "<curl/curl.h>", u"curl"_s);
    allowed("app/desktop/a.cpp", "<qt6keychain/keychain.h>");
    forbidden("models/desk/a.cpp", "<qt6keychain/keychain.h>", u"keychain"_s);
    forbidden("ui/a.cpp", "<qt6keychain/keychain.h>", u"keychain"_s);
    allowed("app/browser/a.cpp", "<QWebEngineView>");
    forbidden("app/desktop/a.cpp", "<QWebEngineView>", u"webengine"_s);
    forbidden("ui/a.cpp", "<QtWebEngineCore/QWebEnginePage>", u"webengine"_s);
    allowed("ui/thread/a.cpp", "<QPainter>");
    allowed("app/desktop/a.cpp", "<QApplication>");
    forbidden("models/items/a.cpp", "<QImage>", u"screen"_s);
    forbidden("models/base/a.cpp", "<QtWidgets/QWidget>", u"screen"_s);
    forbidden("models/domain/a.cpp", "<QtGui>", u"screen"_s);
    forbidden("app/relay/a.cpp", "<QGuiApplication>", u"screen"_s);
    forbidden("app/sandbox/a.cpp", "<QFont>", u"screen"_s);
    allowed("models/items/a.cpp", "<QAbstractListModel>");
    allowed("models/base/a.cpp", "<QtCore/QString>");
    allowed("models/base/a.cpp", "<chrono>");
    allowed("models/base/a.cpp", "<sodium.h>");
    forbidden("models/base/a.cpp", "<QSignalSpy>", u"module"_s);

    allowed("ui/shell/a.cpp", "a.moc");
    forbidden("ui/shell/a.cpp", "window.h", u"root"_s);
    forbidden("ui/shell/a.cpp", "../theme/theme.h", u"root"_s);
}

void TestRules::anInclude()
{
    QFETCH(const QString, path);
    QFETCH(const QString, header);
    QFETCH(const QString, rule);
    const QStringList expected = rule.isEmpty() ? QStringList() : QStringList{rule};
    QCOMPARE(rulesOf(checkFile(path, source(including(header)))), expected);
}

void TestRules::code_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("rules");

    const QStringList none;
    const QStringList words{u"words"_s};
    const QStringList logging{u"logging"_s};
    QTest::newRow("tr in ui") << u"ui/a.cpp"_s << u"label(tr(\"Send\"));"_s << none;
    QTest::newRow("tr in the desktop") << u"app/desktop/a.cpp"_s << u"tr(\"Quit\");"_s << none;
    QTest::newRow("tr in models") << u"models/items/a.cpp"_s << u"return tr(\"x\");"_s << words;
    QTest::newRow("qualified tr") << u"models/a.h"_s << u"QObject::tr (\"x\")"_s << words;
    QTest::newRow("tr in the relay") << u"app/relay/a.cpp"_s << u"tr(\"x\")"_s << words;
    QTest::newRow("translate") << u"app/relay/a.cpp"_s
                               << u"QCoreApplication::translate(\"a\", \"b\")"_s << words;
    QTest::newRow("a word that ends in tr") << u"models/a.cpp"_s << u"str(1); m_tr = 2;"_s << none;
    QTest::newRow("tr in a comment") << u"models/a.cpp"_s << u"// never tr(\"x\") here"_s << none;
    QTest::newRow("bare debug") << u"ui/a.cpp"_s << u"qDebug() << 1;"_s << logging;
    QTest::newRow("bare info") << u"models/a.cpp"_s << u"qInfo(\"x\");"_s << logging;
    QTest::newRow("bare warning") << u"app/relay/a.cpp"_s << u"qWarning(\"x\");"_s << logging;
    QTest::newRow("bare critical") << u"app/desktop/a.cpp"_s << u"qCritical() << 1;"_s << logging;
    QTest::newRow("bare fatal") << u"app/desktop/a.cpp"_s << u"qFatal(\"x\");"_s << logging;
    QTest::newRow("two on two lines")
        << u"ui/a.cpp"_s << u"qDebug();\nqDebug();"_s << (logging + logging);
    QTest::newRow("a category") << u"ui/a.cpp"_s << u"qCWarning(logUi) << 1;"_s << none;
    QTest::newRow("in a string") << u"ui/a.cpp"_s << u"f(\"qDebug()\");"_s << none;
}

void TestRules::code()
{
    QFETCH(const QString, path);
    QFETCH(const QString, text);
    QFETCH(const QStringList, rules);
    QCOMPARE(rulesOf(checkFile(path, source(text))), rules);
}

void TestRules::licence_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("content");
    QTest::addColumn<bool>("accepted");

    const QString line = u" SPDX-License-Identifier: GPL-3.0-or-later\n"_s;
    QTest::newRow("source") << u"ui/a.cpp"_s << u"//"_s + line << true;
    QTest::newRow("source without") << u"ui/a.cpp"_s << u"int a;\n"_s << false;
    QTest::newRow("header without") << u"models/base/a.h"_s << u"#pragma once\n"_s << false;
    QTest::newRow("test without") << u"tests/base/tst_a.cpp"_s << u"int a;\n"_s << false;
    QTest::newRow("not first") << u"ui/a.h"_s << u"#pragma once\n//"_s + line << false;
    QTest::newRow("another licence")
        << u"ui/a.h"_s << u"// SPDX-License-Identifier: MIT\n"_s << false;
    QTest::newRow("empty source") << u"ui/a.cpp"_s << QString() << false;
    QTest::newRow("list") << u"ui/CMakeLists.txt"_s << u"#"_s + line << true;
    QTest::newRow("list without") << u"ui/CMakeLists.txt"_s << u"add_library(a)\n"_s << false;
    QTest::newRow("cmake without") << u"packaging/cmake/a.cmake"_s << u"set(a)\n"_s << false;
    QTest::newRow("script") << u"tests/run"_s << u"#!/bin/sh\n#"_s + line << true;
    QTest::newRow("script without") << u"tests/run"_s << u"#!/bin/sh\nset -e\n"_s << false;
    QTest::newRow("schema") << u"resources/sql/a.sql"_s << u"--"_s + line << true;
    QTest::newRow("schema without") << u"resources/sql/a.sql"_s << u"CREATE;\n"_s << false;
    QTest::newRow("prose needs none") << u"README.md"_s << u"# Pagedesk\n"_s << true;
}

void TestRules::licence()
{
    QFETCH(const QString, path);
    QFETCH(const QString, content);
    QFETCH(const bool, accepted);
    const QStringList expected = accepted ? QStringList() : QStringList{u"licence"_s};
    QCOMPARE(rulesOf(checkFile(path, content)), expected);
}

void TestRules::topLevel_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("accepted");
    for (const char *path : {"CMakeLists.txt", "CMakePresets.json", "README.md", "CONTRIBUTING.md",
             "LICENSE", ".clang-format", ".ci/run", "app/relay/main.cpp", "ui/CMakeLists.txt",
             "models/base/ids.h", "resources/sql/a.sql", "translations/pagedesk_en.ts", "tests/run",
             "packaging/start"})
        QTest::addRow("%s", path) << QString::fromUtf8(path) << true;
    for (const char *path : {"src/main.cpp", "docs/a.md", "notes.txt", "build/a.o", "readme.md"})
        QTest::addRow("%s", path) << QString::fromUtf8(path) << false;
}

void TestRules::topLevel()
{
    QFETCH(const QString, path);
    QFETCH(const bool, accepted);
    // Twice: one finding a name, however many files it holds.
    const QStringList expected = accepted ? QStringList() : QStringList{u"top"_s};
    QCOMPARE(rulesOf(checkTopLevel({path, path})), expected);
}

void TestRules::findingsNameTheLine()
{
    const auto findings = checkFile(u"models/domain/a.cpp"_s,
        source(u"\n/* two\nlines */\n#include <QSqlQuery>\n\nvoid f()\n{\n    qDebug();\n}\n"_s));
    QCOMPARE(rulesOf(findings), QStringList({u"sql"_s, u"logging"_s}));
    QCOMPARE(findings.first().line, 5);
    QCOMPARE(findings.last().line, 9);
    QCOMPARE(findings.first().toString(),
        u"models/domain/a.cpp:5: [sql] QSqlQuery belongs only in models/store/, app/relay/ledger/"_s);
}

void TestRules::testsMayIncludeEverything()
{
    const QString text = source(u"#include \"app/relay/relayapp.h\"\n#include <QSqlQuery>\n"_s);
    QVERIFY(checkFile(u"tests/relay/tst_a.cpp"_s, text).isEmpty());
}

void TestRules::qtModules_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("module");
    QTest::newRow("class") << u"QImage"_s << u"QtGui"_s;
    QTest::newRow("file") << u"qimage.h"_s << u"QtGui"_s;
    QTest::newRow("module and class") << u"QtWidgets/QLabel"_s << u"QtWidgets"_s;
    QTest::newRow("whole module") << u"QtSql"_s << u"QtSql"_s;
    QTest::newRow("core") << u"QString"_s << u"QtCore"_s;
    QTest::newRow("core model") << u"QSortFilterProxyModel"_s << u"QtCore"_s;
    QTest::newRow("network") << u"QHostAddress"_s << u"QtNetwork"_s;
    QTest::newRow("sockets") << u"QWebSocketServer"_s << u"QtWebSockets"_s;
    QTest::newRow("engine") << u"QWebEngineProfile"_s << u"QtWebEngine"_s;
    QTest::newRow("standard library") << u"vector"_s << QString();
    QTest::newRow("other library") << u"tl/expected.hpp"_s << QString();
    QTest::newRow("no such class") << u"QNothing"_s << QString();
}

void TestRules::qtModules()
{
    QFETCH(const QString, header);
    QFETCH(const QString, module);
    QCOMPARE(qtModuleOf(header), module);
}

void TestRules::codeIsSeparatedFromCommentsAndLiterals_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("code");
    QTest::newRow("line comment") << u"a; // b\nc;"_s << u"a; \nc;"_s;
    QTest::newRow("block comment") << u"a /* b\n c */ d"_s << u"a \n  d"_s;
    QTest::newRow("open comment") << u"a /* b\n c"_s << u"a \n "_s;
    QTest::newRow("string") << u"f(\"a // b\") c"_s << u"f(\"\") c"_s;
    QTest::newRow("escaped quote") << u"f(\"a\\\"b\") c"_s << u"f(\"\") c"_s;
    QTest::newRow("open string") << u"f(\"a\nb"_s << u"f(\"\"\nb"_s;
    QTest::newRow("raw string") << u"uR\"(a \" // b)\"_s c"_s << u"uR\"\"_s c"_s;
    QTest::newRow("raw string with a name") << u"R\"sql(a )\" \n b)sql\" c"_s << u"R\n\"\" c"_s;
    QTest::newRow("open raw string") << u"R\"(a\nb"_s << u"R\n\"\""_s;
    QTest::newRow("character") << u"u'\"' + 'x' // y"_s << u"u'' + '' "_s;
    QTest::newRow("escaped character") << u"'\\'' \"a\""_s << u"'' \"\""_s;
    QTest::newRow("digits") << u"1'000'000 + 0xff'ff // b"_s << u"1'000'000 + 0xff'ff "_s;
    QTest::newRow("backslash at the end") << u"\"a\\"_s << u"\"\""_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestRules::codeIsSeparatedFromCommentsAndLiterals()
{
    QFETCH(const QString, content);
    QFETCH(const QString, code);
    QCOMPARE(SourceText::parse(content).code, code);
}

void TestRules::includesAreFound()
{
    const SourceText text = SourceText::parse(u"#include \"a/b.h\" // why\n"
                                              u"  #  include <c>\n"
                                              u"// #include \"d.h\"\n"
                                              u"const char *e = \"\\\n#include <f>\";\n"
                                              u"auto g = R\"(\n#include <h>\n)\";\n"
                                              u"#include<i>\n"_s);
    QCOMPARE(text.includes.size(), 3);
    QCOMPARE(text.includes.at(0).target, u"a/b.h"_s);
    QVERIFY(text.includes.at(0).quoted);
    QCOMPARE(text.includes.at(1).target, u"c"_s);
    QVERIFY(!text.includes.at(1).quoted);
    QCOMPARE(text.includes.at(1).line, 2);
    QCOMPARE(text.includes.at(2).target, u"i"_s);
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
