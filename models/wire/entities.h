// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"

#include <QJsonObject>

namespace Pagedesk::Wire {

// One row as JSON, {"kind": "conversation", ...}.
QJsonObject toJson(const Entity &entity);
Result<Entity> entityFromJson(const QJsonObject &object);

QJsonObject operatorToJson(const Operator &person);
Result<Operator> operatorFromJson(const QJsonObject &object);

QJsonObject attachmentToJson(const Attachment &attachment);
Result<Attachment> attachmentFromJson(const QJsonObject &object);

} // namespace Pagedesk::Wire
