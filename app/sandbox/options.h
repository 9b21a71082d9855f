// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/appsettings.h"
#include "models/base/secret.h"

#include <QProcessEnvironment>
#include <QStringList>
#include <QUrl>

#include <variant>

namespace Pagedesk::Sandbox {

struct Address {
    QString host;
    quint16 port = 0; // 0 picks a free one
};

// What `pagedesk-sandbox serve` was asked to do.
struct Options {
    Address listen;
    Address mediaListen;
    QUrl webhookUrl;
    QString appId;
    Secret appSecret;
    Secret verifyToken;
    quint32 seed = 1; // what practice customers write, and when
    int batch = 20; // most entries of one webhook POST
    bool practice = false;
    AppSettings app = {};
};

struct TextToPrint {
    QString text;
};

// Wrong usage: exit 2. The sentence names the word that was wrong.
struct UsageError {
    QString sentence;
};

// Something the options name does not work, such as a file that cannot be read: exit 1.
struct OptionsFailure {
    QString sentence;
};

using ParsedOptions = std::variant<Options, TextToPrint, UsageError, OptionsFailure>;

// Reads the words after the program's name. Ids and secrets that are not given come from
// PAGEDESK_APP_ID, PAGEDESK_APP_SECRET and PAGEDESK_VERIFY_TOKEN, else from fixed sandbox values.
ParsedOptions parseOptions(const QStringList &words, const QProcessEnvironment &environment);

} // namespace Pagedesk::Sandbox
