// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Pagedesk::Testing {

// A PNG of coloured stripes, another one for each number.
QByteArray samplePicture(int number, int width = 320, int height = 240);

} // namespace Pagedesk::Testing
