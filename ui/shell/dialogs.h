// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

#include <functional>

class QWidget;

namespace Pagedesk::Ui {

// Questions and notes. None blocks: each calls back, or nothing, when it is answered.

// Shows where a link leads and opens it in the browser when the person agrees. Anything but http
// and https is refused without a question.
void askToOpenLink(const QUrl &url, QWidget *parent);
void showAbout(QWidget *parent);
// The replica was written by a newer Pagedesk; it is left as it is.
void showNewerReplica(const std::function<void()> &closed);
// The replica cannot be read. `rebuild` empties it; everything of the relay comes again.
void askToRebuildReplica(const std::function<void()> &rebuild, const std::function<void()> &quit);
// Something without which the program cannot go on.
void showFatal(const QString &sentence, const std::function<void()> &closed);
// A pairing link came to a desktop that is in a workspace already.
void showAlreadyPaired(const QString &workspace, QWidget *parent);

} // namespace Pagedesk::Ui
