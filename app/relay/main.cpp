// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/masterkey.h"
#include "app/relay/maintenance.h"
#include "app/relay/relayapp.h"
#include "app/relay/service/hardening.h"
#include "app/relay/signals.h"
#include "models/base/logging.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <sodium.h>

#include <csignal>
#include <cstdio>

#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace Pagedesk;
using namespace Pagedesk::Relay;

constexpr int Done = 0;
constexpr int Failed = 1;
constexpr int WrongUsage = 2;

const char *const ServeHelp
    = "  pagedesk-relay serve --data DIR [--listen HOST:PORT] [--public-url URL] [--graph-url "
      "URL]\n"
      "                       [--login-url URL] [--login-config-id ID] [--media-hosts LIST]\n"
      "                       [--check-minutes N] [--events-per-minute N]\n"
      "                       [--tls-certificate F --tls-key F] [--config FILE]\n"
      "      receive webhooks, keep them, send replies and serve desktops\n";

void printHelp()
{
    std::printf("Usage:\n%s", ServeHelp);
    for (const auto &command : Maintenance::commands())
        std::printf(
            "  pagedesk-relay %s %s\n      %s\n", command.name, command.options, command.help);
    std::printf(
        "  pagedesk-relay --help | --version\n\n"
        "Every option of serve can also come from the environment (PAGEDESK_LISTEN for --listen)\n"
        "or from the TOML file given with --config. Secrets come only from the environment:\n"
        "PAGEDESK_APP_SECRET (several, comma separated), PAGEDESK_VERIFY_TOKEN,\n"
        "PAGEDESK_MASTER_KEY, or each from a file with _FILE added to its name.\n"
        "SIGHUP makes a serving relay read its certificate again.\n");
}

int explain(const Error &error)
{
    const bool usage = error.kind == Error::Kind::Rejected;
    std::fprintf(stderr, "pagedesk-relay: %s\n", qUtf8Printable(error.detail));
    if (usage)
        std::fprintf(stderr, "See pagedesk-relay --help.\n");
    return usage ? WrongUsage : Failed;
}

// What is written there is kept: a file, or the journal.
bool isLog(int descriptor)
{
    struct stat status { };
    return ::fstat(descriptor, &status) != 0 || S_ISREG(status.st_mode)
        || !qEnvironmentVariableIsEmpty("JOURNAL_STREAM");
}

// A relay that has just been made has nobody who could invite the others.
void greetFirstAdmin(RelayApp &relay, const QString &folder)
{
    const QByteArray again
        = "pagedesk-relay invite --data " + QFile::encodeName(folder) + " --name NAME --role admin";
    // Whoever waited for the line that says it is ready may have closed the other end.
    std::signal(SIGPIPE, SIG_IGN);
    const bool log = isLog(STDOUT_FILENO);
    const auto link = log ? std::nullopt : relay.inviteFirstAdmin().value_or(std::nullopt);
    if (link) {
        std::printf("There is no admin yet. Join as the first one within 10 minutes:\n%s\n"
                    "Another link: %s\n",
            qUtf8Printable(Wire::toLink(*link)), again.constData());
    } else if (log && relay.hasNoAdmin()) {
        // A link is a secret, which does not belong into a log.
        std::printf("There is no admin yet. A link for the first one: %s\n", again.constData());
    }
    std::fflush(stdout);
}

int serve(QCoreApplication &application, const CommandLine &line)
{
    QElapsedTimer timer;
    timer.start();
    const auto config = readConfig(line);
    if (!config)
        return explain(config.error());
    if (!QDir().mkpath(config->data))
        return explain(
            {Error::Kind::Storage, QStringLiteral("cannot make the folder %1").arg(config->data)});
    const auto vault = MasterKey::vaultFor(config->data, MasterKey::IfMissing::Make);
    if (!vault)
        return explain(vault.error());
    const auto passed = ServiceManager::takeSocket();
    if (!passed)
        return explain(passed.error());
    RelayApp relay(*config, *vault);
    if (*passed)
        relay.useSocket(**passed);
    const auto address = relay.start();
    if (!address)
        return explain(address.error());
    // Before it says that it is ready: whoever waits for that may end it at once.
    const Signals signals([&relay] { relay.stop(); }, [&relay] { relay.reload(); });
    std::printf("pagedesk-relay listening on %s\n", qUtf8Printable(*address));
    std::fflush(stdout);
    greetFirstAdmin(relay, config->data);
    ServiceManager::tell("READY=1");
    qCInfo(logRelay) << "startup" << timer.elapsed() << "ms to listening";
    QObject::connect(&relay, &RelayApp::stopped, &application, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

int maintain(const QStringList &words)
{
    for (const auto &command : Maintenance::commands()) {
        const QStringList name = QString::fromLatin1(command.name).split(u' ');
        if (words.first(std::min(words.size(), name.size())) != name)
            continue;
        const auto line
            = CommandLine::parse(words.sliced(name.size()), command.known, command.flags);
        if (!line)
            return explain(line.error());
        const auto done = command.run(*line);
        return done ? Done : explain(done.error());
    }
    return explain(
        {Error::Kind::Rejected, QStringLiteral("unknown command: %1").arg(words.join(u' '))});
}

} // namespace

int main(int argc, char **argv)
{
    hideMemory();
    QCoreApplication application(argc, argv);
    installLogFormat();
    if (sodium_init() < 0)
        return explain({Error::Kind::Storage, QStringLiteral("no source of random numbers")});
    const QStringList words = QCoreApplication::arguments().sliced(1);
    if (words.isEmpty()) {
        printHelp();
        return WrongUsage;
    }
    if (words.contains(QStringLiteral("--help"))) {
        printHelp();
        return Done;
    }
    if (words.first() == u"--version") {
        std::printf("pagedesk-relay %s\n", PAGEDESK_VERSION);
        return Done;
    }
    if (words.first() != u"serve")
        return maintain(words);
    const auto line = CommandLine::parse(words.sliced(1), serveOptions());
    return line ? serve(application, *line) : explain(line.error());
}
