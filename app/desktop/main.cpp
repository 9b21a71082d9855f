// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/commandline.h"
#include "app/desktop/desktopapp.h"
#include "app/desktop/practicereport.h"
#include "app/desktop/singleinstance.h"
#include "app/desktop/termination.h"
#include "models/base/logging.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QStandardPaths>
#include <QTranslator>

#include <cstdio>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Failure = 1;
constexpr int WrongUsage = 2;

int fail(const QString &sentence, int code)
{
    std::fprintf(stderr, "pagedesk: %s\n", qPrintable(sentence));
    return code;
}

// The words after the program's name, before there is an application to ask: --help and wrong
// words must work without a display.
QStringList wordsOf(int argc, char *argv[])
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

QString profileFolder(const Options &options)
{
    if (!options.profile.isEmpty())
        return QDir(options.profile).absolutePath();
    const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return options.practice ? QDir(data).filePath(u"practice"_s) : data;
}

// For its owner only: there are conversations in it.
bool makeFolder(const QString &folder)
{
    if (QDir(folder).exists())
        return QFileInfo(folder).isWritable();
    return QDir().mkpath(folder)
        && QFile::setPermissions(
            folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

void nameApplication()
{
    QCoreApplication::setApplicationName(u"pagedesk"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PAGEDESK_VERSION));
    // A system without a language says times with seconds; our words are English then.
    if (QLocale().language() == QLocale::C)
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

// The words of this system's language; English has a catalogue too, for its plurals.
void translate(QApplication &application, QTranslator &words)
{
    const QString folder = u":/i18n"_s;
    if (words.load(QLocale(), u"pagedesk"_s, u"_"_s, folder)
        || words.load(u"pagedesk_en"_s, folder))
        QCoreApplication::installTranslator(&words);
    else
        qCWarning(logDesktop) << "the words of" << application.applicationName() << "are missing";
}

int handOver(const SingleInstance &instance, const Options &options)
{
    if (options.measureStart || options.headless)
        return fail(u"another Pagedesk uses this profile"_s, Failure);
    const auto handed = instance.handOver(encodeRequest(options));
    return handed ? 0 : fail(handed.error().detail, Failure);
}

int runHeadless(int argc, char *argv[], const Options &options)
{
    QCoreApplication application(argc, argv);
    nameApplication();
    const QString folder = profileFolder(options);
    if (!makeFolder(folder))
        return fail(u"the profile folder %1 cannot be used"_s.arg(folder), Failure);
    SingleInstance instance(folder);
    if (!instance.acquire())
        return handOver(instance, options);
    const Termination termination;
    PracticeReport report(folder);
    QObject::connect(&report, &PracticeReport::finished, &application,
        [](int code) { QCoreApplication::exit(code); });
    QObject::connect(&termination, &Termination::requested, &application,
        [] { QCoreApplication::exit(Failure); });
    QMetaObject::invokeMethod(&report, &PracticeReport::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int runWindow(int argc, char *argv[], const Options &options)
{
    QApplication application(argc, argv);
    nameApplication();
    QTranslator words;
    translate(application, words);
    QGuiApplication::setApplicationDisplayName(u"Pagedesk"_s);
    QGuiApplication::setDesktopFileName(u"pagedesk"_s);
    QGuiApplication::setQuitOnLastWindowClosed(false); // questions come before the window
    const QString folder = profileFolder(options);
    if (!makeFolder(folder))
        return fail(u"the profile folder %1 cannot be used"_s.arg(folder), Failure);
    SingleInstance instance(folder);
    if (!instance.acquire())
        return handOver(instance, options);
    const Termination termination;
    DesktopApp desktop(application, options, folder);
    QObject::connect(
        &desktop, &DesktopApp::finished, &application,
        [](int code) { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    QObject::connect(
        &termination, &Termination::requested, &application, [] { QCoreApplication::exit(0); });
    QObject::connect(&instance, &SingleInstance::requested, &desktop,
        [&desktop](const QByteArray &request) { desktop.handle(decodeRequest(request)); });
    QMetaObject::invokeMethod(&desktop, &DesktopApp::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    Termination::blockSignals();
    installLogFormat();
    const ParsedOptions parsed = parseOptions(wordsOf(argc, argv));
    if (const auto *text = std::get_if<TextToPrint>(&parsed)) {
        std::fputs(qPrintable(text->text), stdout);
        return 0;
    }
    if (const auto *error = std::get_if<UsageError>(&parsed))
        return fail(error->sentence, WrongUsage);
    const Options &options = std::get<Options>(parsed);
    return options.headless ? runHeadless(argc, argv, options) : runWindow(argc, argv, options);
}
