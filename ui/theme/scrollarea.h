// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;

namespace Pagedesk::Ui {

// A part of a window that has no frame of its own, takes the width there is and scrolls upright.
void makeColumn(QScrollArea &area);

} // namespace Pagedesk::Ui
