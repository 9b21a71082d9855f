// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/bubblebuilder.h"

#include <algorithm>
#include <cmath>

namespace Pagedesk::Ui {

using M = ThreadMetrics;

namespace {

// The lines a text takes, from the number of its letters: Han, Kana and Hangul are as wide as the
// type is high, others about half.
int estimateLines(const QString &text, qreal width, int pixelSize)
{
    const qreal room = std::max<qreal>(1, width / pixelSize);
    int lines = 1;
    qreal used = 0;
    for (const QChar c : text) {
        if (c == u'\n') {
            ++lines;
            used = 0;
            continue;
        }
        used += c.unicode() < 0x1100 ? 0.54 : 1.0;
        if (used > room) {
            ++lines;
            used = 0;
        }
    }
    return lines;
}

int estimateAttachments(const Message &message, const ThreadStyle &style)
{
    int photos = 0;
    int height = 0;
    for (const Attachment &attachment : message.attachments) {
        if (!isPicture(attachment))
            height += style.theme.px(M::CardIcon + 20) + M::Gap;
        else if (attachment.kind == AttachmentKind::Sticker)
            height += style.theme.px(M::Sticker) + M::Gap;
        else
            ++photos;
    }
    if (photos == 1)
        height += style.theme.px(M::PictureWidth * 6 / 5) + M::Gap;
    else if (photos > 1)
        height += (photos + 1) / 2 * (style.theme.px(M::PictureHeight) + M::Gap);
    return height;
}

} // namespace

int estimateRowHeight(const Message &message, const RowContext &context, const ThreadStyle &style)
{
    const auto px = [&style](int length) { return style.theme.px(length); };
    const int label = px(M::LabelPitch + 2 * M::LabelMargin) + M::Gap;
    int height = (context.day.isValid() ? label : 0)
        + (context.edge != RowContext::Edge::None ? label : 0);
    if (bubbleKind(message) == BubbleKind::System)
        return height + label;
    if (!message.text.isEmpty()) {
        const int most = std::min(px(M::BubbleWidth), style.width - 2 * px(M::SideMargin));
        const int pixelSize = style.theme.fonts.body.pixelSize();
        height += estimateLines(message.text, most - 2 * px(M::BubblePadX), pixelSize)
                * px(M::BodyPitch)
            + 2 * px(M::BubblePadY) + M::Gap;
        if (context.showsAuthor && bubbleKind(message) > BubbleKind::Outgoing)
            height += px(M::BodyPitch);
    }
    height += estimateAttachments(message, style);
    if (context.showsMeta)
        height += px(M::MetaAbove + M::MetaPitch + M::MetaBelow);
    return std::max(height, 1);
}

} // namespace Pagedesk::Ui
