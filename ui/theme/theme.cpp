// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QFont font(int pixels, qreal scale, QFont::Weight weight = QFont::Normal)
{
    QFont result;
    // The emoji font must be named: fontconfig would put symbol fonts before it.
    result.setFamilies({u"Noto Sans"_s, u"Noto Color Emoji"_s});
    result.setPixelSize(std::max(1, qRound(pixels * scale)));
    result.setWeight(weight);
    return result;
}

Fonts fonts(qreal scale)
{
    return {
        .body = font(14, scale),
        .bodyStrong = font(14, scale, QFont::DemiBold),
        .secondary = font(13, scale),
        .secondaryStrong = font(13, scale, QFont::DemiBold),
        .meta = font(12, scale),
        .metaStrong = font(12, scale, QFont::DemiBold),
        .chip = font(11, scale, QFont::DemiBold),
        .heading = font(16, scale, QFont::DemiBold),
    };
}

qreal keptWithin(qreal scale)
{
    return std::isfinite(scale) ? std::clamp(scale, 0.5, 3.0) : 1.0;
}

double luminance(const QColor &colour)
{
    const auto linear
        = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

} // namespace

Theme lightTheme(qreal textScale)
{
    const qreal scale = keptWithin(textScale);
    return {
        .dark = false,
        .textScale = scale,
        .background = QColor(0xf6f7f9),
        .surface = QColor(0xffffff),
        .raised = QColor(0xffffff),
        .line = QColor(0xe3e6ea),
        .text = QColor(0x1b1f24),
        .muted = QColor(0x56606b),
        .faint = QColor(0x646e79),
        .accent = QColor(0x1a63d6),
        .accentSoft = QColor(0xe7f0ff),
        .accentText = QColor(0xffffff),
        .incoming = QColor(0xeef0f3),
        .outgoing = QColor(0x1f6feb),
        .outgoingText = QColor(0xffffff),
        .note = QColor(0xfff6d6),
        .noteLine = QColor(0xecd78a),
        .assistant = QColor(0xeaf6f1),
        .assistantLine = QColor(0xbfe3d3),
        .warn = QColor(0x8f5400),
        .warnSoft = QColor(0xfff0d6),
        .bad = QColor(0xb42318),
        .badSoft = QColor(0xfde8e6),
        .ok = QColor(0x16744a),
        .selection = QColor(0xe7f0ff),
        .fonts = fonts(scale),
    };
}

Theme darkTheme(qreal textScale)
{
    const qreal scale = keptWithin(textScale);
    return {
        .dark = true,
        .textScale = scale,
        .background = QColor(0x14171b),
        .surface = QColor(0x1a1e23),
        .raised = QColor(0x21262c),
        .line = QColor(0x2b3138),
        .text = QColor(0xe6e9ed),
        .muted = QColor(0xa3adb8),
        .faint = QColor(0x8c96a1),
        .accent = QColor(0x6ea8ff),
        .accentSoft = QColor(0x1d2b42),
        .accentText = QColor(0x0d1420),
        .incoming = QColor(0x262c33),
        .outgoing = QColor(0x2a5db8),
        .outgoingText = QColor(0xf4f7ff),
        .note = QColor(0x3a3318),
        .noteLine = QColor(0x5e5220),
        .assistant = QColor(0x1b2e27),
        .assistantLine = QColor(0x2c4a3e),
        .warn = QColor(0xf0b35a),
        .warnSoft = QColor(0x3a2c14),
        .bad = QColor(0xff8b80),
        .badSoft = QColor(0x3d1f1d),
        .ok = QColor(0x59c392),
        .selection = QColor(0x1d2b42),
        .fonts = fonts(scale),
    };
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace Pagedesk::Ui
