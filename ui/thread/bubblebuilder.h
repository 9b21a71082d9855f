// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/thread/bubblelayout.h"
#include "ui/thread/bubbletext.h"

namespace Pagedesk::Ui {

// Lengths of the thread at a text scale of 1, in pixels.
struct ThreadMetrics {
    static constexpr int SideMargin = 20;
    static constexpr int EndMargin = 16; // above the first and below the last row
    static constexpr int Gap = 4; // between bubbles of a group
    static constexpr int BubbleWidth = 460;
    static constexpr int BubblePadX = 12;
    static constexpr int BubblePadY = 8;
    static constexpr int BubbleRadius = 14;
    static constexpr int NoteRadius = 6;
    static constexpr int BodyPitch = 20;
    static constexpr int MetaPitch = 16;
    static constexpr int MetaAbove = 4;
    static constexpr int MetaBelow = 16; // so that groups stand apart
    static constexpr int LabelPitch = 20;
    static constexpr int LabelMargin = 8;
    static constexpr int EmojiSize = 36;
    static constexpr int EmojiPitch = 48;
    static constexpr int QuoteBar = 3;
    static constexpr int PictureWidth = 148;
    static constexpr int PictureHeight = 88;
    static constexpr int PictureRadius = 12;
    static constexpr int SinglePictureHeight = 320; // at most
    static constexpr int Sticker = 120;
    static constexpr int CardWidth = 300;
    static constexpr int CardPad = 12;
    static constexpr int CardIcon = 32;
};

// Builds one row from top to bottom, left to right; mirrored at the end where the window is.
class BubbleBuilder {
public:
    BubbleBuilder(const Message &message, const RowContext &context, const ThreadStyle &style);

    RowLayout build();

private:
    int px(int length) const { return m_style.theme.px(length); }
    bool isOurs() const;
    qreal sideX(qreal width) const;
    TextRequest request(
        TextBlock::Role role, const QString &text, const QFont &font, int pitch) const;
    void place(TextBlock block, const QPointF &topLeft);
    void labels();
    void label(TextBlock::Role role, const QString &text, const QFont &font);
    void bubble();
    void emoji();
    void quote(std::vector<TextBlock> &blocks) const;
    TextBlock body() const;
    void fillBubble(std::vector<TextBlock> blocks);
    void pictures();
    void sticker(int attachment);
    void cards();
    void card(int attachment);
    void meta();
    void mirror();

    const Message &m_message;
    const ThreadStyle &m_style;
    QString m_text; // display text
    qreal m_maxWidth = 0; // of a bubble with its padding
    qreal m_y = 0;
    RowLayout m_row;
};

// The size of a lone picture, and the cells of several in a grid of two columns, from (0, 0).
QSizeF singlePictureSize(const Attachment &attachment, const QSizeF &most, qreal least);
QList<QRectF> pictureGrid(int count, const QSizeF &cell, qreal gap);

} // namespace Pagedesk::Ui
