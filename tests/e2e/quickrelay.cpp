// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/masterkey.h"
#include "app/relay/relayapp.h"
#include "app/relay/signals.h"
#include "models/base/logging.h"

#include <QCoreApplication>
#include <QDir>

#include <sodium.h>

#include <cstdio>

// `pagedesk-relay serve`, but for replies whose fate is unknown: it loses patience within seconds
// instead of minutes, so that a test can see thousands of them settled.
int main(int argc, char **argv)
{
    using namespace Pagedesk;
    using namespace Pagedesk::Relay;
    QCoreApplication application(argc, argv);
    installLogFormat();
    const auto line = CommandLine::parse(QCoreApplication::arguments().sliced(2), serveOptions());
    auto config = line ? readConfig(*line) : failure(line.error());
    if (sodium_init() < 0 || !config || !QDir().mkpath(config->data))
        return 1;
    config->sendTimes.timeoutMs = 1000;
    config->sendTimes.unknownPatience = 500;
    config->sendTimes.readAfter = {400, 3200, 6000, 9000, 15'000};
    config->sendTimes.readAgain = 1000;
    config->sendTimes.readingEnds = 30'000;
    config->sendTimes.absentAfter = 2500;
    config->sendTimes.clockSlack = 1500;
    const auto vault = MasterKey::vaultFor(config->data, MasterKey::IfMissing::Make);
    if (!vault)
        return 1;
    RelayApp relay(*config, *vault);
    const auto address = relay.start();
    if (!address)
        return 1;
    const Signals signals([&relay] { relay.stop(); }, [&relay] { relay.reload(); });
    std::printf("pagedesk-relay listening on %s\n", qUtf8Printable(*address));
    std::fflush(stdout);
    QObject::connect(&relay, &RelayApp::stopped, &application, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
