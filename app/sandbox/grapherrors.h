// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <tl/expected.hpp>

// Meta's errors. Sources: Messenger Platform "Error codes", 2026-06-25; Graph API "Handle errors".
// Clients are told to go by code and subcode, never by the text.
namespace Pagedesk::Sandbox {

struct GraphError {
    int code = 1;
    int subcode = 0;
    QString message; // without the "(#code)" in front
    QString type = QStringLiteral("OAuthException");
    int httpStatus = 400;
    bool isTransient = false;
    QString userTitle = {}; // for people, when Meta gives one
    QString userMessage = {};
};

using GraphResult = tl::expected<QJsonObject, GraphError>;

inline tl::unexpected<GraphError> graphFailure(GraphError error)
{
    return tl::unexpected<GraphError>(std::move(error));
}

GraphError badParameter(const QString &message, int subcode = 0); // 100
GraphError noMatchingUser(); // 100/2018001
GraphError outsideWindow(); // 10/2018278
GraphError personNotAvailable(); // 551/1545041
GraphError wrongAttachmentId(); // 100/2018074
GraphError heldByOtherApp(); // 10/2018300
GraphError notDefaultApp(); // 100/2018171
GraphError invalidToken(const QString &message, int subcode = 0); // 190
GraphError expiredToken(qint64 nowMs); // 190/463
GraphError missingToken(); // 104
GraphError unsupportedRequest(const QString &method, const QString &objectId); // 100/33
GraphError serviceUnavailable(); // 2

// {"error":{…}} with a new trace id.
QJsonObject toJson(const GraphError &error);

} // namespace Pagedesk::Sandbox
