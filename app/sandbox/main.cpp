// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxapp.h"
#include "app/sandbox/termination.h"
#include "models/base/logging.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Pagedesk;
using namespace Pagedesk::Sandbox;

namespace {

constexpr int Failure = 1;
constexpr int WrongUsage = 2;

int fail(const QString &sentence, int code)
{
    std::fprintf(stderr, "pagedesk-sandbox: %s\n", qPrintable(sentence));
    return code;
}

int serve(const Options &options)
{
    const Termination termination;
    SandboxApp app(options);
    QObject::connect(&termination, &Termination::requested, &app, [&app] {
        app.stop();
        QCoreApplication::quit();
    });
    const auto addresses = app.start();
    if (!addresses)
        return fail(addresses.error().detail, Failure);
    std::printf("pagedesk-sandbox listening on %s\n", qPrintable(addresses->graph));
    std::printf("pagedesk-sandbox media on %s\n", qPrintable(addresses->media));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    installLogFormat();
    const auto parsed
        = parseOptions(application.arguments().mid(1), QProcessEnvironment::systemEnvironment());
    if (const auto *text = std::get_if<TextToPrint>(&parsed)) {
        std::fputs(qPrintable(text->text), stdout);
        return 0;
    }
    if (const auto *error = std::get_if<UsageError>(&parsed))
        return fail(error->sentence, WrongUsage);
    if (const auto *error = std::get_if<OptionsFailure>(&parsed))
        return fail(error->sentence, Failure);
    return serve(std::get<Options>(parsed));
}
