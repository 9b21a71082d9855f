// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Pagedesk::Browser {

// Takes out of the environment what would loosen the page's confinement: remote debugging, and the
// switches with which Chromium's sandbox and checks are turned off. Call before the application.
void tidyEnvironment();

// The switches Chromium gets, given those of the environment: of these only what concerns drawing.
QByteArray chromiumFlags(const QByteArray &wanted);

// Chromium's sandbox does not work for root; tests that run as root do without it, by
// QTWEBENGINE_DISABLE_SANDBOX.
bool canShowPages();

} // namespace Pagedesk::Browser
