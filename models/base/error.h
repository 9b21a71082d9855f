// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace Pagedesk {

// Why an operation did not succeed. The kind is for programs, the detail for the log: English, one
// sentence, without message texts, names or secrets. Words for people are made in ui/errortext.
struct Error {
    enum class Kind {
        Cancelled, // nobody waits for the result any more
        Offline, // no connection to the other side
        Timeout, // the other side did not answer in time
        Unauthorized, // unknown, expired or revoked identity
        Forbidden, // known identity without the right
        Rejected, // understood and refused; repeating it does not help
        NotFound,
        Conflict, // the state has moved on
        TooLarge,
        Protocol, // the other side said something we cannot read
        Storage, // the disk or the database refused
        NewerVersion, // data written by a newer program
        Damaged, // data that cannot be read back
    };

    Kind kind = Kind::Cancelled;
    QString detail;
    std::optional<std::chrono::seconds> retryAfter = std::nullopt;

    bool operator==(const Error &) const = default;
};

// Stable lower-case word of a kind, for the log and the wire.
QString kindName(Error::Kind kind);
std::optional<Error::Kind> kindFromName(QStringView name);

} // namespace Pagedesk
