// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/browserwindow.h"
#include "app/browser/options.h"
#include "app/browser/parentline.h"
#include "app/browser/surroundings.h"

#include <QApplication>
#include <QDesktopServices>

#include <cstdio>

using namespace Pagedesk::Browser;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Failure = 1;
constexpr int WrongUsage = 2;

int fail(const QString &sentence, int code)
{
    std::fprintf(stderr, "pagedesk-browser: %s\n", qPrintable(sentence));
    return code;
}

void report(const BrowserWindow &window, ParentLine &line)
{
    const auto tell
        = [&line](const QString &event) { return [&line, event] { line.tell(event); }; };
    QObject::connect(&window, &BrowserWindow::opened, &line, tell(u"opened"_s));
    QObject::connect(&window, &BrowserWindow::returned, &line, tell(u"returned"_s));
    QObject::connect(&window, &BrowserWindow::systemBrowserWanted, &line, tell(u"systemBrowser"_s));
    QObject::connect(&window, &BrowserWindow::closed, &line, tell(u"closed"_s));
    QObject::connect(&window, &BrowserWindow::hostChanged, &line,
        [&line](const QString &host) { line.tell(u"host"_s, host); });
    QObject::connect(&window, &BrowserWindow::blocked, &line,
        [&line](const QString &host) { line.tell(u"blocked"_s, host); });
    QObject::connect(&window, &BrowserWindow::loadFailed, &line, &ParentLine::tellFailure);
}

int run(char *argv[], const SiteRules &rules, ParentLine &line)
{
    QCoreApplication::setAttribute(Qt::AA_DisableShaderDiskCache); // nothing on the disk
    int one = 1; // Chromium reads the words of the command line too; these are not for it
    const QApplication application(one, argv);
    QCoreApplication::setApplicationName(u"pagedesk-browser"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PAGEDESK_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Pagedesk"_s);
    QGuiApplication::setDesktopFileName(u"pagedesk"_s);
    QGuiApplication::setQuitOnLastWindowClosed(false); // the window says when
    BrowserWindow window(rules);
    report(window, line);
    QObject::connect(
        &window, &BrowserWindow::closed, &application, [] { QCoreApplication::exit(); },
        Qt::QueuedConnection);
    QObject::connect(&window, &BrowserWindow::elsewhereWanted, &application,
        [](const QUrl &url) { QDesktopServices::openUrl(url); });
    QObject::connect(
        &line, &ParentLine::gone, &application, [] { QCoreApplication::exit(); },
        Qt::QueuedConnection);
    line.watch();
    QMetaObject::invokeMethod(&window, &BrowserWindow::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    const ParsedOptions parsed = parseOptions(words, &ParentLine::readAddress);
    if (const auto *text = std::get_if<TextToPrint>(&parsed)) {
        std::fputs(qPrintable(text->text), stdout);
        return 0;
    }
    if (const auto *error = std::get_if<UsageError>(&parsed))
        return fail(error->sentence, WrongUsage);
    tidyEnvironment();
    if (!canShowPages()) {
        return fail(
            u"the browser's sandbox does not work for root; start Pagedesk as another user"_s,
            Failure);
    }
    ParentLine line;
    return run(argv, std::get<SiteRules>(parsed), line);
}
