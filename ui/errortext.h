// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/domain/deliverystate.h"

#include <QString>

namespace Pagedesk::Ui {

// The only place where kinds become words: one or two sentences that say what happened and, where
// something can be done, what. Translated.
QString errorText(const Error &error);
QString failureText(FailureKind kind, bool isAdmin = false);
// Why Meta did not give a conversation to us that another app holds, and what helps.
QString takingFailureText(FailureKind kind);

// A few words of the same for a list ("Not delivered", "Page needs a new login").
QString failureTitle(FailureKind kind);

// Whether sending the same reply again can help, once the operator asks for it.
bool mayHelpToSendAgain(FailureKind kind);

} // namespace Pagedesk::Ui
