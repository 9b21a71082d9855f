// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/http.h"
#include "models/base/error.h"

#include <QByteArray>

namespace Pagedesk::Relay {

// JSON that nobody on the way may keep.
Server::Response jsonAnswer(int status, const QByteArray &body);
// The status that fits an error, and the error.
Server::Response refusal(const Error &error);

} // namespace Pagedesk::Relay
