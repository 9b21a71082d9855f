// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/jsonfields.h"

// Errors as they are told over the wire: {"error": {"kind", "detail", "retryAfterSeconds"}}.
namespace Pagedesk::Wire {

void putError(QJsonObject &object, const std::optional<Error> &error);
std::optional<Error> errorFrom(FieldReader &in);

} // namespace Pagedesk::Wire
