// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Pagedesk::Ui {

// Makes every ThreadView known to assistive technology as a list of messages, one child a visible
// row, each with a full sentence: who, when, what, state. Calling it again changes nothing.
void installThreadAccessibility();

} // namespace Pagedesk::Ui
