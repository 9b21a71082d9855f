// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"

namespace Pagedesk::Wire {

// What the rows of one frame may take together, with room for what else it says.
inline constexpr qsizetype RowsRoom = MaxFrameBytes - 16 * 1024;
// What one row may take, so that a row and what comes with it fit into one frame.
inline constexpr qsizetype RowRoom = RowsRoom / 4;
inline constexpr qsizetype ContactRoom = RowsRoom / 4 * 3;

// The most bytes a row takes in a frame. It may say more than is taken, never less, and never more
// than a row may take.
qsizetype mostBytes(const Entity &entity);

// A row of any kind, or an inspection, that takes no more than it may and that readers accept,
// whatever it holds. What matters most keeps its length longest: the present text before
// attachments, these before replaced texts, a new note before an old one. A text that was cut ends
// in "…"; an address is whole or left out. The relay keeps all of it.
template <typename Row> Row fitted(const Row &row);

} // namespace Pagedesk::Wire
