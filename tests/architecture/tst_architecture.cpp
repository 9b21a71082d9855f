// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/rules.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk::Architecture;
using namespace Qt::Literals::StringLiterals;

// Holds the whole checkout against the rules. Files that are not tracked yet count too: a mistake
// is cheapest before it is committed.
class TestArchitecture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void everyFile_data();
    void everyFile();
    void topLevel();
    void everyCountHasItsPlural();

private:
    QString textOf(const QString &path) const;

    const QDir m_root{QStringLiteral(PAGEDESK_SOURCE_DIR)};
};

void TestArchitecture::everyFile_data()
{
    QTest::addColumn<QString>("path");
    for (const char *folder : {"models", "ui", "app", "resources", "tests", "packaging", ".ci"}) {
        QDirIterator files(m_root.filePath(QString::fromUtf8(folder)), QDir::Files | QDir::Hidden,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = m_root.relativeFilePath(files.next());
            QTest::newRow(qPrintable(path)) << path;
        }
    }
    QTest::newRow("CMakeLists.txt") << u"CMakeLists.txt"_s;
}

void TestArchitecture::everyFile()
{
    QFETCH(const QString, path);
    QFile file(m_root.filePath(path));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    QStringList lines;
    for (const Finding &finding : checkFile(path, QString::fromUtf8(file.readAll())))
        lines += finding.toString();
    QVERIFY2(lines.isEmpty(), qPrintable(lines.join(u'\n')));
}

QString TestArchitecture::textOf(const QString &path) const
{
    QFile file(m_root.filePath(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// Without an entry people would read "4 conversation(s)".
void TestArchitecture::everyCountHasItsPlural()
{
    static const QRegularExpression call(u"\\btr\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"_s);
    static const QRegularExpression piece(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    const QString catalogue = textOf(u"translations/pagedesk_en.ts"_s);
    QVERIFY(!catalogue.isEmpty());
    int counts = 0;
    for (const QString &folder : {u"ui"_s, u"app"_s}) {
        QDirIterator files(m_root.filePath(folder), {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = m_root.relativeFilePath(files.next());
            for (auto calls = call.globalMatch(textOf(path)); calls.hasNext();) {
                QString source;
                for (auto pieces = piece.globalMatch(calls.next().captured(1)); pieces.hasNext();)
                    source += pieces.next().captured(1);
                if (!source.contains(u"%n"_s))
                    continue;
                ++counts;
                const QString entry = u"<source>"_s + source.toHtmlEscaped() + u"</source>"_s;
                QVERIFY2(catalogue.contains(entry), qPrintable(path + u": "_s + source));
            }
        }
    }
    QVERIFY(counts > 10);
}

void TestArchitecture::topLevel()
{
    if (!m_root.exists(u".git"_s))
        QSKIP("only a checkout knows what is tracked");
    QProcess git;
    git.setWorkingDirectory(m_root.path());
    // The checkout may belong to another user than the one who tests.
    git.start(u"git"_s, {u"-c"_s, u"safe.directory="_s + m_root.path(), u"ls-files"_s});
    QVERIFY2(git.waitForFinished(), qPrintable(git.errorString()));
    QCOMPARE(git.exitCode(), 0);
    const QStringList paths = QString::fromUtf8(git.readAllStandardOutput()).split(u'\n');
    QVERIFY(paths.contains(u"CMakeLists.txt"_s));
    QStringList lines;
    for (const Finding &finding : checkTopLevel(paths.first(paths.size() - 1)))
        lines += finding.toString();
    QVERIFY2(lines.isEmpty(), qPrintable(lines.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
