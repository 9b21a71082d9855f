// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/grapherrors.h"
#include "app/sandbox/multipart.h"
#include "app/server/http.h"

#include <QHash>
#include <QJsonValue>
#include <QStringList>

namespace Pagedesk::Sandbox {

// One call to the Graph API, whatever way it was written in.
struct GraphRequest {
    QString method; // GET, POST or DELETE; a parameter `method` overrides the HTTP one
    QString version; // "v26.0": which one serves it
    QStringList path; // segments behind the version, decoded
    QHash<QString, QJsonValue> parameters; // of query and body; the body wins
    QList<FormPart> files;
    QString token; // from parameter or Authorization
    QString query; // as received, for paging links
    QString host; // of this server, as the client called it

    // Text of a parameter; numbers and booleans become text.
    QString text(const QString &name) const;
    // An object or array, also when it was sent as text that holds JSON.
    QJsonValue json(const QString &name) const;
    bool has(const QString &name) const { return parameters.contains(name); }
};

tl::expected<GraphRequest, GraphError> readGraphRequest(const Server::Request &request);

// Which version answers a call: the one asked for while it is usable, else the oldest usable.
// Source: Graph API, "Versioning" and "Changelog: versions", 2026-07-29.
QString servingVersion(const QString &asked);

// An id that may have come as a number; exact for numbers of up to 63 bits.
QString idText(const QJsonValue &value);

} // namespace Pagedesk::Sandbox
