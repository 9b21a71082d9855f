// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/bubblepainter.h"

#include "ui/thread/bubblebuilder.h"
#include "ui/thread/mediasource.h"

#include <QPainter>
#include <QPainterPath>

namespace Pagedesk::Ui {

namespace {

using Role = TextBlock::Role;

struct BubbleColours {
    QColor ground;
    QColor line; // invalid: no line
    QColor text;
    QColor secondary; // author, quote
};

BubbleColours coloursOf(BubbleKind kind, const Theme &theme)
{
    switch (kind) {
    case BubbleKind::Outgoing:
        return {theme.outgoing, {}, theme.outgoingText, theme.outgoingText};
    case BubbleKind::Elsewhere:
        return {theme.accentSoft, theme.line, theme.text, theme.muted};
    case BubbleKind::Assistant:
        return {theme.assistant, theme.assistantLine, theme.text, theme.muted};
    case BubbleKind::Note:
        return {theme.note, theme.noteLine, theme.text, theme.muted};
    case BubbleKind::Incoming:
    case BubbleKind::System:
        break;
    }
    return {theme.incoming, {}, theme.text, theme.muted};
}

QColor penOf(Role role, const RowLayout &row, const BubbleColours &colours, const Theme &theme)
{
    switch (role) {
    case Role::Edge:
    case Role::Day:
        return theme.faint;
    case Role::System:
        return theme.muted;
    case Role::Meta:
        return row.failed ? theme.bad : theme.faint;
    case Role::Author:
    case Role::QuoteAuthor:
    case Role::Quote:
        return colours.secondary;
    case Role::Title:
    case Role::Emoji:
        return theme.text;
    case Role::Detail:
        return theme.muted;
    case Role::Body:
        break;
    }
    return colours.text;
}

// Rounded, with an optional line of one pixel that lies inside.
void paintBox(
    QPainter &painter, const QRectF &rect, qreal radius, const QColor &ground, const QColor &line)
{
    painter.setBrush(ground);
    if (!line.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
        return;
    }
    painter.setPen(line);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5);
}

void paintPlaceholder(QPainter &painter, const QRectF &rect, const Theme &theme)
{
    painter.fillRect(rect, theme.incoming);
    const int size = theme.px(24);
    const QPixmap icon
        = iconPixmap(Icon::Photo, theme.faint, size, painter.device()->devicePixelRatioF());
    painter.drawPixmap(QPointF(rect.center() - QPointF(size / 2.0, size / 2.0)).toPoint(), icon);
}

// The middle of the picture fills the box.
void paintCovering(QPainter &painter, const QRectF &box, const QImage &image)
{
    const QSizeF cut = box.size().scaled(image.size(), Qt::KeepAspectRatio);
    const QRectF middle(
        QPointF((image.width() - cut.width()) / 2, (image.height() - cut.height()) / 2), cut);
    painter.drawImage(box, image, middle);
}

// A sticker is shown whole.
void paintWhole(QPainter &painter, const QRectF &box, const QImage &image)
{
    const QSizeF size = QSizeF(image.size()).scaled(box.size(), Qt::KeepAspectRatio);
    const QPointF at(box.center().x() - size.width() / 2, box.center().y() - size.height() / 2);
    painter.drawImage(QRectF(at, size), image);
}

void paintPictures(QPainter &painter, const RowLayout &row, const Message &message,
    const ThreadStyle &style, MediaSource &media)
{
    if (row.pictures.empty())
        return;
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    QPainterPath rounded;
    const qreal radius = style.theme.px(ThreadMetrics::PictureRadius);
    rounded.addRoundedRect(row.picturesRect, radius, radius);
    for (const PictureBox &picture : row.pictures) {
        const Attachment &attachment = message.attachments.at(picture.attachment);
        const bool sticker = attachment.kind == AttachmentKind::Sticker;
        std::optional<QImage> image;
        if (attachment.state == AttachmentState::Captured)
            image = media.thumbnail(attachment, (picture.rect.size() * ratio).toSize());
        painter.setClipPath(rounded, Qt::ReplaceClip);
        painter.setClipping(!sticker);
        if (!image || image->isNull())
            paintPlaceholder(painter, picture.rect, style.theme);
        else if (sticker)
            paintWhole(painter, picture.rect, *image);
        else
            paintCovering(painter, picture.rect, *image);
    }
    painter.restore();
}

void paintCard(QPainter &painter, const CardBox &card, const Theme &theme)
{
    const qreal radius = theme.px(ThreadMetrics::PictureRadius);
    paintBox(painter, card.rect, radius, theme.raised, theme.line);
    paintBox(painter, card.iconRect, theme.px(Metrics::ControlRadius),
        card.muted ? theme.incoming : theme.accentSoft, {});
    const int size = theme.px(Metrics::Icon);
    const QPixmap icon = iconPixmap(card.icon, card.muted ? theme.muted : theme.accent, size,
        painter.device()->devicePixelRatioF());
    const QPointF at = card.iconRect.center() - QPointF(size / 2.0, size / 2.0);
    painter.drawPixmap(at.toPoint(), icon);
}

QList<QTextLayout::FormatRange> selectionOf(const TextBlock &block, const RowLayout &row,
    const Theme &theme, const RowDecoration &decoration)
{
    QList<QTextLayout::FormatRange> ranges;
    QTextLayout::FormatRange range;
    if (block.role == Role::Meta && decoration.hoversAction && block.actionStart >= 0) {
        range.start = static_cast<int>(block.actionStart);
        range.length = static_cast<int>(block.layout->text().size() - block.actionStart);
        range.format.setFontUnderline(true);
        range.format.setForeground(theme.accent);
        ranges.append(range);
    }
    const bool isBody = block.role == Role::Body || block.role == Role::Emoji;
    for (const auto &[start, length] : isBody ? decoration.found : QList<std::pair<int, int>>()) {
        QTextLayout::FormatRange mark;
        mark.start = start;
        mark.length = length;
        mark.format.setBackground(decoration.isFoundCurrent ? theme.warn : theme.warnSoft);
        mark.format.setForeground(decoration.isFoundCurrent ? theme.surface : theme.text);
        mark.format.setFontUnderline(decoration.isFoundCurrent);
        ranges.append(mark);
    }
    if (isBody && decoration.selectionLength > 0) {
        range.start = decoration.selectionStart;
        range.length = decoration.selectionLength;
        const bool onAccent = row.kind == BubbleKind::Outgoing && block.role == Role::Body;
        range.format.setBackground(onAccent ? theme.outgoingText : theme.accent);
        range.format.setForeground(onAccent ? theme.outgoing : theme.accentText);
        ranges.append(range);
    }
    return ranges;
}

void paintFocus(QPainter &painter, const RowLayout &row, const Theme &theme)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    const qreal radius = (row.bubble.isEmpty() ? theme.px(4) : row.radius) + 3;
    painter.drawRoundedRect(row.outline.adjusted(-3, -3, 3, 3), radius, radius);
}

} // namespace

void paintRow(QPainter &painter, const RowLayout &row, const Message &message,
    const ThreadStyle &style, MediaSource &media, const RowDecoration &decoration)
{
    const Theme &theme = style.theme;
    const BubbleColours colours = coloursOf(row.kind, theme);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!row.bubble.isEmpty())
        paintBox(painter, row.bubble, row.radius, colours.ground, colours.line);
    if (!row.quoteBar.isNull())
        paintBox(painter, row.quoteBar, row.quoteBar.width() / 2, colours.secondary, {});
    paintPictures(painter, row, message, style, media);
    for (const CardBox &card : row.cards)
        paintCard(painter, card, theme);
    for (const TextBlock &block : row.texts) {
        painter.setPen(penOf(block.role, row, colours, theme));
        block.layout->draw(
            &painter, block.rect.topLeft(), selectionOf(block, row, theme, decoration));
    }
    if (decoration.current && !row.outline.isEmpty())
        paintFocus(painter, row, theme);
}

} // namespace Pagedesk::Ui
