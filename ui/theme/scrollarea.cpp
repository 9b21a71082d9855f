// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/scrollarea.h"

#include <QScrollArea>

namespace Pagedesk::Ui {

void makeColumn(QScrollArea &area)
{
    area.setFrameShape(QFrame::NoFrame);
    area.setWidgetResizable(true);
    area.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

} // namespace Pagedesk::Ui
