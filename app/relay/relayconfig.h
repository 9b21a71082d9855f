// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/commandline.h"
#include "app/relay/dispatch/sendtimes.h"
#include "models/base/secret.h"

#include <QStringList>
#include <QUrl>

namespace Pagedesk::Relay {

// How a relay is to serve. Each option comes from the command line, else the environment
// (PAGEDESK_ and the name in capitals), else the file given with --config. Secrets come only from
// the environment or from files named there (PAGEDESK_APP_SECRET_FILE).
struct RelayConfig {
    QString data;
    QString listenHost;
    quint16 listenPort = 0; // 0 picks a free one
    QUrl publicUrl; // where desktops find the relay; empty: where it listens
    QUrl graphUrl;
    QUrl loginUrl; // of Facebook's login dialog
    QString loginConfigId; // of Facebook Login for Business; empty: plain login
    QStringList mediaHosts;
    SendTimes sendTimes; // no option: they follow from how Meta behaves
    QString tlsCertificate; // PEM file; empty: no TLS
    QString tlsKey; // PEM file
    QString appId; // Meta's id of our app; empty: not known
    // Events of one person and Page within a minute before their screen updates and automatic work
    // are spread out; 0: never.
    int eventsPerMinute = 100;
    QList<Secret> appSecrets;
    Secret verifyToken;
    int checkMinutes = 30; // between two comparisons of a Page with Meta; 0: none
};

// The options of `serve`, in the order of the help.
QStringList serveOptions();

// Rejected, naming the option, key or value that is wrong.
Result<RelayConfig> readConfig(const CommandLine &line);

// A secret from the environment: NAME, else the file NAME_FILE; empty when neither is set.
Result<Secret> secretFromEnvironment(const char *name);

} // namespace Pagedesk::Relay
