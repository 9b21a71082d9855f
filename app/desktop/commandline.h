// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/wire/pairing.h"

#include <QStringList>

#include <optional>
#include <variant>

namespace Pagedesk {

// What `pagedesk` was asked to do.
struct Options {
    bool practice = false;
    bool headless = false;
    bool measureStart = false;
    QString profile; // empty: the platform's data folder
    std::optional<Wire::PairingLink> pair; // join with it
    QString offeredPairing; // a link to ask about
    ConversationId open;
};

struct TextToPrint {
    QString text;
};

// Wrong usage: exit 2. The sentence names the word that was wrong.
struct UsageError {
    QString sentence;
};

using ParsedOptions = std::variant<Options, TextToPrint, UsageError>;

// Reads the words after the program's name.
ParsedOptions parseOptions(const QStringList &words);

// What a second start hands over to the window that is there already: the options that concern it,
// and back.
QByteArray encodeRequest(const Options &options);
Options decodeRequest(const QByteArray &bytes);

} // namespace Pagedesk
