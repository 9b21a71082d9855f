// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/bubblebuilder.h"

#include <algorithm>
#include <cmath>

namespace Pagedesk::Ui {

using M = ThreadMetrics;
using Role = TextBlock::Role;

namespace {

Icon iconOf(const Attachment &attachment)
{
    switch (attachment.kind) {
    case AttachmentKind::Image:
    case AttachmentKind::Sticker:
        return Icon::Photo;
    case AttachmentKind::Video:
    case AttachmentKind::Reel:
        return Icon::Video;
    case AttachmentKind::Audio:
        return Icon::Audio;
    case AttachmentKind::Location:
        return Icon::Location;
    case AttachmentKind::Link:
    case AttachmentKind::Post:
        return Icon::Link;
    case AttachmentKind::Template:
        return Icon::Layout;
    case AttachmentKind::Appointment:
        return Icon::Calendar;
    case AttachmentKind::File:
    case AttachmentKind::Unknown:
        break;
    }
    return Icon::File;
}

bool canOpen(const Attachment &attachment)
{
    return attachment.state == AttachmentState::Captured
        || attachment.kind == AttachmentKind::Location || !attachmentLink(attachment).isEmpty();
}

bool isSticker(const Attachment &attachment)
{
    return attachment.kind == AttachmentKind::Sticker && isPicture(attachment);
}

bool isPhoto(const Attachment &attachment)
{
    return attachment.kind == AttachmentKind::Image && isPicture(attachment);
}

} // namespace

QSizeF singlePictureSize(const Attachment &attachment, const QSizeF &most, qreal least)
{
    if (attachment.width <= 0 || attachment.height <= 0)
        return {most.width(), std::round(most.width() * 0.6)};
    QSizeF size(attachment.width, attachment.height);
    if (size.width() > most.width() || size.height() > most.height())
        size.scale(most, Qt::KeepAspectRatio);
    return {std::clamp(std::round(size.width()), least, std::max(least, most.width())),
        std::clamp(std::round(size.height()), least, std::max(least, most.height()))};
}

QList<QRectF> pictureGrid(int count, const QSizeF &cell, qreal gap)
{
    QList<QRectF> cells;
    for (int i = 0; i < count; ++i) {
        const int line = i / 2;
        const QPointF at((i % 2) * (cell.width() + gap), line * (cell.height() + gap));
        QRectF rect(at, cell);
        if (i % 2 == 0 && i + 1 == count) // the odd one takes the whole line
            rect.setWidth(2 * cell.width() + gap);
        cells.append(rect);
    }
    return cells;
}

void BubbleBuilder::pictures()
{
    QList<int> photos;
    for (int i = 0; i < m_message.attachments.size(); ++i) {
        if (isSticker(m_message.attachments.at(i)))
            sticker(i);
        else if (isPhoto(m_message.attachments.at(i)))
            photos.append(i);
    }
    if (photos.isEmpty())
        return;
    const qreal width = std::min<qreal>(m_maxWidth, 2 * px(M::PictureWidth) + M::Gap);
    QList<QRectF> cells;
    if (photos.size() == 1) {
        const QSizeF most(width, px(M::SinglePictureHeight));
        const Attachment &only = m_message.attachments.at(photos.first());
        cells.append({QPointF(), singlePictureSize(only, most, px(M::PictureHeight))});
    } else {
        const qreal column = std::floor((width - M::Gap) / 2);
        cells = pictureGrid(static_cast<int>(photos.size()),
            {column, std::round(column * M::PictureHeight / M::PictureWidth)}, M::Gap);
    }
    QRectF all;
    for (const QRectF &cell : cells)
        all = all.united(cell);
    all.moveTopLeft({sideX(all.width()), m_y});
    for (int i = 0; i < photos.size(); ++i)
        m_row.pictures.push_back({cells.at(i).translated(all.topLeft()), photos.at(i)});
    m_row.picturesRect = all;
    m_row.outline = m_row.outline.united(all);
    m_y = all.bottom() + M::Gap;
}

void BubbleBuilder::sticker(int attachment)
{
    const qreal side = std::min<qreal>(m_maxWidth, px(M::Sticker));
    const QRectF rect(sideX(side), m_y, side, side);
    m_row.pictures.push_back({rect, attachment});
    m_row.outline = m_row.outline.united(rect);
    m_y = rect.bottom() + M::Gap;
}

void BubbleBuilder::cards()
{
    for (int i = 0; i < m_message.attachments.size(); ++i) {
        if (!isPicture(m_message.attachments.at(i)))
            card(i);
    }
}

void BubbleBuilder::card(int attachment)
{
    const Attachment &shown = m_message.attachments.at(attachment);
    const Theme &theme = m_style.theme;
    const qreal width = std::min<qreal>(m_maxWidth, px(M::CardWidth));
    const qreal pad = px(M::CardPad);
    const qreal textX = pad + px(M::CardIcon) + pad;
    TextRequest title
        = request(Role::Title, attachmentTitle(shown), theme.fonts.body, M::BodyPitch);
    title.maxWidth = std::max<qreal>(16, width - textX - pad);
    TextRequest detail = request(Role::Detail, attachmentDetail(shown, m_style.words.locale),
        theme.fonts.meta, M::MetaPitch);
    detail.maxWidth = title.maxWidth;
    // The end of a file's name says what it is.
    const bool isFile = hasMedia(shown.kind);
    TextBlock titleBlock = layOutLine(title, isFile ? Qt::ElideMiddle : Qt::ElideRight);
    TextBlock detailBlock = layOutText(detail);
    const qreal textHeight = titleBlock.rect.height() + detailBlock.rect.height();
    const qreal height = std::max<qreal>(px(M::CardIcon), textHeight) + 2 * px(10);
    CardBox box;
    box.rect = QRectF(sideX(width), m_y, width, height);
    box.iconRect = QRectF(box.rect.left() + pad, m_y + std::round((height - px(M::CardIcon)) / 2),
        px(M::CardIcon), px(M::CardIcon));
    box.icon = iconOf(shown);
    box.muted = !canOpen(shown);
    box.attachment = attachment;
    m_row.cards.push_back(box);
    const qreal titleHeight = titleBlock.rect.height();
    const qreal textY = m_y + std::round((height - textHeight) / 2);
    place(std::move(titleBlock), {box.rect.left() + textX, textY});
    place(std::move(detailBlock), {box.rect.left() + textX, textY + titleHeight});
    m_row.outline = m_row.outline.united(box.rect);
    m_y = box.rect.bottom() + M::Gap;
}

} // namespace Pagedesk::Ui
