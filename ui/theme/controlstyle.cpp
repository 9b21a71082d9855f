// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/controlstyle.h"

#include <QStyleOption>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

// Fusion draws outlines darker than the palette's window by that, in percent.
constexpr int Darker = 140;
// … and those of boxes to tick a little lighter again.
constexpr int Lighter = 110;

template <typename Option> Option edged(const Option &option, const QColor &edge)
{
    Option result(option);
    result.palette.setColor(QPalette::Window, edge.lighter(Darker));
    return result;
}

QColor edgeIn(const QStyleOption &option)
{
    return option.palette.color(QPalette::Shadow);
}

} // namespace

ControlStyle::ControlStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

void ControlStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
    QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (button && (element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton)) {
        const bool isBox = element == PE_IndicatorCheckBox;
        const QStyleOptionButton visible
            = edged(*button, isBox ? edgeIn(*button).darker(Lighter) : edgeIn(*button));
        QProxyStyle::drawPrimitive(element, &visible, painter, widget);
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ControlStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
    QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (control == CC_ComboBox && combo) {
        const QStyleOptionComboBox visible = edged(*combo, edgeIn(*combo));
        QProxyStyle::drawComplexControl(control, &visible, painter, widget);
    } else if (control == CC_SpinBox && spin) {
        const QStyleOptionSpinBox visible = edged(*spin, edgeIn(*spin));
        QProxyStyle::drawComplexControl(control, &visible, painter, widget);
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace Pagedesk::Ui
