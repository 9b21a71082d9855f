// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/jsonanswer.h"

#include "models/wire/connecting.h"

namespace Pagedesk::Relay {

namespace {

int statusOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Unauthorized:
        return 401;
    case Error::Kind::Forbidden:
        return 403;
    case Error::Kind::NotFound:
        return 404;
    case Error::Kind::Conflict:
        return 409;
    case Error::Kind::TooLarge:
        return 413;
    case Error::Kind::Offline:
    case Error::Kind::Timeout:
    case Error::Kind::Storage:
        return 503;
    default:
        return 400;
    }
}

} // namespace

Server::Response jsonAnswer(int status, const QByteArray &body)
{
    return {.status = status,
        .body = body.toStdString(),
        .contentType = "application/json",
        .headers = {{"Cache-Control", "no-store"}}};
}

Server::Response refusal(const Error &error)
{
    return jsonAnswer(statusOf(error), Wire::encodeError(error));
}

} // namespace Pagedesk::Relay
