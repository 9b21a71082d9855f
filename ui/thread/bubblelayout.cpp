// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/bubblelayout.h"

#include "ui/thread/bubblebuilder.h"

#include <QTextLine>

#include <cmath>

namespace Pagedesk::Ui {

BubbleKind bubbleKind(const Message &message)
{
    if (message.author == Author::System)
        return BubbleKind::System;
    if (message.direction == Direction::Note)
        return BubbleKind::Note;
    if (message.direction == Direction::In)
        return BubbleKind::Incoming;
    switch (message.author) {
    case Author::Assistant:
        return BubbleKind::Assistant;
    case Author::Elsewhere:
        return BubbleKind::Elsewhere;
    default:
        return BubbleKind::Outgoing;
    }
}

namespace {

// The position in a block's text that covers a point, or -1 beside the letters.
int positionAt(const TextBlock &block, const QPointF &point)
{
    const QPointF inside = point - block.rect.topLeft();
    for (int i = 0; i < block.layout->lineCount(); ++i) {
        const QTextLine line = block.layout->lineAt(i);
        if (inside.y() < line.y() || inside.y() >= line.y() + line.height())
            continue;
        const QRectF letters(line.x(), line.y(), line.naturalTextWidth(), line.height());
        return letters.contains(inside) ? line.xToCursor(inside.x(), QTextLine::CursorOnCharacter)
                                        : -1;
    }
    return -1;
}

RowHit hitText(const TextBlock &block, const QPointF &point)
{
    const int position = positionAt(block, point);
    switch (block.role) {
    case TextBlock::Role::Body:
        for (const TextLink &link : block.links) {
            if (position >= link.start && position < link.start + link.length)
                return {RowHit::Kind::Link, link.url, -1};
        }
        return {RowHit::Kind::Text, {}, -1};
    case TextBlock::Role::Emoji:
        return {RowHit::Kind::Text, {}, -1};
    case TextBlock::Role::Meta:
        if (position < 0)
            return {};
        if (block.actionStart >= 0 && position >= block.actionStart)
            return {RowHit::Kind::SendAgain, {}, -1};
        return {RowHit::Kind::Meta, {}, -1};
    case TextBlock::Role::QuoteAuthor:
    case TextBlock::Role::Quote:
        return {RowHit::Kind::Quote, {}, -1};
    default:
        return {};
    }
}

} // namespace

const TextBlock *RowLayout::body() const
{
    for (const TextBlock &block : texts) {
        if (block.role == TextBlock::Role::Body || block.role == TextBlock::Role::Emoji)
            return &block;
    }
    return nullptr;
}

RowHit RowLayout::hit(const QPointF &point) const
{
    for (const PictureBox &picture : pictures) {
        if (picture.rect.contains(point))
            return {RowHit::Kind::Attachment, {}, picture.attachment};
    }
    for (const CardBox &card : cards) {
        if (card.rect.contains(point))
            return {
                card.muted ? RowHit::Kind::Nothing : RowHit::Kind::Attachment, {}, card.attachment};
    }
    for (const TextBlock &block : texts) {
        if (block.rect.contains(point))
            return hitText(block, point);
    }
    return {};
}

int RowLayout::bodyPosition(const QPointF &point) const
{
    const TextBlock *block = body();
    if (!block || block->layout->lineCount() == 0)
        return -1;
    const QPointF inside = point - block->rect.topLeft();
    if (inside.y() < 0)
        return 0;
    for (int i = 0; i < block->layout->lineCount(); ++i) {
        const QTextLine line = block->layout->lineAt(i);
        const bool last = i + 1 == block->layout->lineCount();
        const qreal end = last ? block->rect.height() : block->layout->lineAt(i + 1).y();
        if (inside.y() < end)
            return line.xToCursor(inside.x(), QTextLine::CursorBetweenCharacters);
    }
    return static_cast<int>(block->layout->text().size());
}

RowLayout layOutRow(const Message &message, const RowContext &context, const ThreadStyle &style)
{
    return BubbleBuilder(message, context, style).build();
}

} // namespace Pagedesk::Ui
