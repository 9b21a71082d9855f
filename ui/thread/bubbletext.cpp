// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/bubbletext.h"

#include <QFontMetricsF>

#include <cmath>

namespace Pagedesk::Ui {

namespace {

// Letters of another font may be this much taller than the pitch before they get more room.
constexpr qreal PitchTolerance = 1.2;

qreal naturalWidth(const QTextLayout &layout)
{
    qreal width = 0;
    for (int i = 0; i < layout.lineCount(); ++i)
        width = std::max(width, layout.lineAt(i).naturalTextWidth());
    return std::ceil(width);
}

} // namespace

TextBlock layOutText(const TextRequest &request)
{
    TextBlock block;
    block.role = request.role;
    block.layout = std::make_shared<QTextLayout>(request.text, request.font);
    QTextLayout &layout = *block.layout;
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    layout.setTextOption(option);
    layout.setFormats(request.formats);
    layout.setCacheEnabled(true);

    const QFontMetricsF metrics(request.font);
    const qreal baseline
        = (request.pitch - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent();
    qreal y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(request.maxWidth);
        const bool tall = line.height() > request.pitch * PitchTolerance;
        line.setPosition({0, tall ? y : y + std::round(baseline - line.ascent())});
        y += tall ? std::ceil(line.height()) : request.pitch;
    }
    layout.endLayout();
    block.rect = QRectF(0, 0, naturalWidth(layout), y);
    alignText(block, block.rect.width(), request.align);
    return block;
}

void alignText(TextBlock &block, qreal width, Qt::Alignment align)
{
    const bool own = align.testFlag(Qt::AlignJustify);
    const bool right = own ? block.layout->text().isRightToLeft() : align.testFlag(Qt::AlignRight);
    for (int i = 0; i < block.layout->lineCount(); ++i) {
        QTextLine line = block.layout->lineAt(i);
        const qreal rest = width - line.naturalTextWidth();
        const qreal x = right ? rest : align.testFlag(Qt::AlignHCenter) ? rest / 2 : 0;
        line.setPosition({std::floor(x), line.y()});
    }
    block.rect.setWidth(width);
}

TextBlock layOutLine(const TextRequest &request, Qt::TextElideMode elide)
{
    TextRequest line = request;
    line.text = QFontMetricsF(request.font).elidedText(request.text, elide, request.maxWidth);
    line.maxWidth = request.maxWidth + 8; // measured and laid out may differ by a hair
    TextBlock block = layOutText(line);
    block.rect.setWidth(std::min(block.rect.width(), request.maxWidth));
    return block;
}

} // namespace Pagedesk::Ui
