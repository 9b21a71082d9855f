// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contactcard.h"

namespace Pagedesk::Ui {

// What is known of a person in words; empty where nothing is. Show all of it as plain text.

// "14:05 · UTC+7": the time where the person is, `now` ms UTC.
QString localTimeText(const ContactCard &card, qint64 now);
QString timezoneText(double hours); // "UTC+5:30"
// "Deutsch (Österreich)" for "de_AT"; what is no known locale stays as it is.
QString languageText(const QString &locale);
QString genderText(const QString &gender);
// How the conversation began: "Advertisement “Spring sale”", "m.me link (ref: poster)".
QString originText(const ContactOrigin &origin);
// Why there is no name: a sentence, or empty when there is one or Meta was not asked.
QString gapText(const ContactCard &card);

} // namespace Pagedesk::Ui
