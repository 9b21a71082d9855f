// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QString>

// What customers and operators write in samples.
namespace Pagedesk::Testing {

QString customerText(QRandomGenerator &random);
QString operatorText(QRandomGenerator &random);
QString personName(QRandomGenerator &random);

} // namespace Pagedesk::Testing
