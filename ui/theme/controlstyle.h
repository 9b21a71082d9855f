// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace Pagedesk::Ui {

// Fusion, but for the frames of boxes that are ticked, chosen from or counted in: Fusion makes them
// a little darker than the window, which nobody sees in a dark one. Here they have the palette's
// shadow as their colour, as the frames of fields have.
class ControlStyle : public QProxyStyle {
    Q_OBJECT

public:
    ControlStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
        QPainter *painter, const QWidget *widget) const override;
};

} // namespace Pagedesk::Ui
