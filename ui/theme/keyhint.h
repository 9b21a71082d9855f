// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QSize>

class QPainter;
class QRect;
class QString;

namespace Pagedesk::Ui {

struct Theme;

// The name of a key in a small frame, shown where the key works.
QSize keyHintSize(const Theme &theme, const QString &key);
void paintKeyHint(QPainter &painter, const QRect &rect, const Theme &theme, const QString &key,
    const QColor &text, const QColor &frame, const QColor &ground = Qt::transparent);

} // namespace Pagedesk::Ui
