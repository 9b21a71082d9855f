// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"

#include <QStringList>

namespace Pagedesk::Ui {

struct ThreadWords;

// The app that holds a conversation, in words: "another app (330011)".
QString holderWords(const QString &appId);

// The line for something that happened in a thread without being written by anybody. What comes
// from outside is one line of plain text.
QString noticeText(const Message &message);

// What is said beside the time of a message that was edited, taken back, reacted to, tapped instead
// of written, or found later than it was sent. In the order to be shown; empty for most messages.
QStringList remarks(const Message &message);

// Lines for a tooltip: every earlier text, and when what happened to the message.
QStringList historyLines(const Message &message, const ThreadWords &words);

} // namespace Pagedesk::Ui
