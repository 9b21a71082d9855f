// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"
#include "models/domain/operator.h"

#include <QByteArray>
#include <QUrl>

// How a desktop joins a workspace: a link made by the relay, then POST /pair.
namespace Pagedesk::Wire {

// pagedesk://pair?relay=<url>&code=<invite id>.<secret>
struct PairingLink {
    QUrl relay; // http or https, host and port
    QString inviteId;
    Secret secret;
};

QString toLink(const PairingLink &link);
// Rejected with a plain sentence when it is not such a link, or when it asks for http beyond
// loopback.
Result<PairingLink> pairingLinkFrom(const QString &text);

struct PairingRequest {
    QString inviteId;
    Secret secret;
    QString deviceName;
    QString platform = {}; // "Debian GNU/Linux 12 (bookworm)"
};

struct PairingAnswer {
    Secret deviceToken;
    Operator self;
    QString workspace;
};

QByteArray encode(const PairingRequest &request);
Result<PairingRequest> decodePairingRequest(const QByteArray &bytes);
QByteArray encode(const PairingAnswer &answer);
Result<PairingAnswer> decodePairingAnswer(const QByteArray &bytes);

// The path of the WebSocket, of pairing and of an attachment's bytes on the relay.
inline constexpr const char *SyncPath = "/sync";
inline constexpr const char *PairPath = "/pair";
inline constexpr const char *MediaPath = "/media/"; // + hash; Authorization: Bearer <device token>

} // namespace Pagedesk::Wire
