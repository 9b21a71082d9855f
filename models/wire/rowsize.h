// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/frames.h"

namespace Pagedesk::Wire {

// What the rows of one frame may take together, with room for what else it says.
inline constexpr qsizetype RowsRoom = MaxFrameBytes - 16 * 1024;

// The most bytes a row takes in a frame. It may say more than is taken, never less.
qsizetype mostBytes(const Entity &entity);

// A message that fits into a frame with room for others: the oldest of many replaced texts and the
// last of many attachments are left out. The relay keeps all of them.
Message fitted(const Message &message);

} // namespace Pagedesk::Wire
