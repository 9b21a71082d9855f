// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>

// How a desktop brings a file to the relay, before it asks to send it:
// PUT /uploads/<SHA-256 in hex>?size=<bytes>&offset=<bytes>, one piece a request, in order, and GET
// of the same address to see how far it has come. Authorization: Bearer <device token>.
// Both answer an UploadState: 200, or 409 with it when `offset` is not where the relay is.
namespace Pagedesk::Wire {

inline constexpr const char *UploadPath = "/uploads/"; // + hash
inline constexpr qsizetype UploadPieceBytes = 1024 * 1024; // at most

struct UploadState {
    qint64 received = 0; // bytes the relay has
    bool complete = false; // it has them all, and they have the hash

    bool operator==(const UploadState &) const = default;
};

QByteArray encode(const UploadState &state);
// Protocol, naming the field that is wrong.
Result<UploadState> decodeUploadState(const QByteArray &bytes);

} // namespace Pagedesk::Wire
