// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/thread/displaytext.h"
#include "ui/thread/rowcontext.h"
#include "ui/thread/threadtext.h"

#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace Pagedesk::Ui {

// What the layout of a row depends on besides its message and its neighbours.
struct ThreadStyle {
    Theme theme;
    ThreadWords words;
    int width = 0; // of the viewport, pixels
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

enum class BubbleKind { Incoming, Outgoing, Elsewhere, Assistant, Note, System };

BubbleKind bubbleKind(const Message &message);

// A laid-out piece of text. Its place is in row coordinates.
struct TextBlock {
    enum class Role {
        Edge,
        Day,
        System,
        Author,
        QuoteAuthor,
        Quote,
        Body,
        Emoji,
        Title,
        Detail,
        Meta
    };

    Role role = Role::Body;
    QRectF rect; // the layout is drawn at its top left
    std::shared_ptr<QTextLayout> layout;
    QList<TextLink> links; // Body only
    qsizetype actionStart = -1; // Meta only: where "Send again" begins
};

struct PictureBox {
    QRectF rect;
    int attachment = 0; // index in the message
};

struct CardBox {
    QRectF rect;
    QRectF iconRect;
    Icon icon = Icon::File;
    bool muted = false; // nothing to open
    int attachment = 0;
};

// What a point of a row means.
struct RowHit {
    enum class Kind { Nothing, Text, Link, Attachment, SendAgain, Meta, Quote };

    Kind kind = Kind::Nothing;
    QUrl url; // Link
    int attachment = -1; // Attachment
};

// The geometry of one row: everything size, painting and clicks need, so that they cannot disagree.
struct RowLayout {
    BubbleKind kind = BubbleKind::Incoming;
    RowContext context; // what it was made with
    int height = 0;
    QRectF bubble; // empty when nothing stands in one
    QRectF outline; // around everything of the message itself, for focus
    qreal radius = 0;
    bool failed = false;
    QRectF quoteBar;
    std::vector<TextBlock> texts;
    std::vector<PictureBox> pictures;
    QRectF picturesRect;
    std::vector<CardBox> cards;

    // The body, or nullptr when the message has no text.
    const TextBlock *body() const;
    RowHit hit(const QPointF &point) const;
    // The position between two characters of the body nearest to a point; -1 without a body.
    int bodyPosition(const QPointF &point) const;
};

// Pure: the same arguments give the same geometry.
RowLayout layOutRow(const Message &message, const RowContext &context, const ThreadStyle &style);

// What layOutRow() would probably give, for a hundredth of its cost.
int estimateRowHeight(const Message &message, const RowContext &context, const ThreadStyle &style);

} // namespace Pagedesk::Ui
