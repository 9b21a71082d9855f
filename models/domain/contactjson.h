// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contactcard.h"

#include <QJsonObject>

namespace Pagedesk {

// A contact's card as JSON, for frames and for columns; what is empty is left out, and so are id,
// Page, person and seq, which stand beside it. Reading: Protocol, naming the field that is wrong.
QJsonObject cardToJson(const ContactCard &card);
Result<ContactCard> cardFromJson(const QJsonObject &object);

// The same as one text for a column; empty when there is nothing. What cannot be read reads as
// empty.
QString cardToText(const ContactCard &card);
ContactCard cardFromText(const QString &text);

QJsonObject editToJson(const ContactEdit &edit);
Result<ContactEdit> editFromJson(const QJsonObject &object);

} // namespace Pagedesk
