// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/messagedetails.h"
#include "models/domain/pagehealth.h"

#include <QJsonObject>

namespace Pagedesk {

// The rarer parts of messages and Pages as JSON, for frames and for columns; what is empty is left
// out. Reading: Protocol, naming the field that is wrong.
QJsonObject detailsToJson(const MessageDetails &details);
Result<MessageDetails> detailsFromJson(const QJsonObject &object);
QJsonObject referralToJson(const Referral &referral);
Result<Referral> referralFromJson(const QJsonObject &object);
QJsonObject healthToJson(const PageHealth &health);
Result<PageHealth> healthFromJson(const QJsonObject &object);

// The same as one text for a column; empty when there is nothing. Reading never fails: what cannot
// be read reads as empty.
QString detailsToText(const MessageDetails &details);
MessageDetails detailsFromText(const QString &text);
QString healthToText(const PageHealth &health);
PageHealth healthFromText(const QString &text);

} // namespace Pagedesk
