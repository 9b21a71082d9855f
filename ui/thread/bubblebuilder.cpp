// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/bubblebuilder.h"

#include "ui/thread/noticetext.h"

#include <cmath>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;
using M = ThreadMetrics;
using Role = TextBlock::Role;

BubbleBuilder::BubbleBuilder(
    const Message &message, const RowContext &context, const ThreadStyle &style)
    : m_message(message)
    , m_style(style)
    , m_text(displayText(message.text))
{
    m_row.context = context;
    m_row.kind = bubbleKind(message);
    m_row.failed = message.direction == Direction::Out && message.state == DeliveryState::Failed;
    // Narrow windows still leave a little of the other side free.
    const qreal room = std::max(40, style.width - 2 * px(M::SideMargin));
    m_maxWidth = std::min<qreal>(px(M::BubbleWidth), room - std::min<qreal>(room / 10, 40));
}

RowLayout BubbleBuilder::build()
{
    labels();
    if (m_row.kind == BubbleKind::System) {
        label(Role::System, noticeText(m_message), m_style.theme.fonts.meta);
    } else {
        const bool large = emojiCount(m_text) > 0 && m_row.context.quoteText.isEmpty();
        large ? emoji() : bubble();
        pictures();
        cards();
        meta();
    }
    m_row.height = static_cast<int>(std::ceil(m_y));
    if (m_style.direction == Qt::RightToLeft)
        mirror();
    return std::move(m_row);
}

bool BubbleBuilder::isOurs() const
{
    return m_row.kind != BubbleKind::Incoming;
}

qreal BubbleBuilder::sideX(qreal width) const
{
    return isOurs() ? m_style.width - px(M::SideMargin) - width : px(M::SideMargin);
}

TextRequest BubbleBuilder::request(
    Role role, const QString &text, const QFont &font, int pitch) const
{
    TextRequest result;
    result.role = role;
    result.text = text;
    result.font = font;
    result.pitch = px(pitch);
    result.maxWidth = std::max<qreal>(16, m_maxWidth - 2 * px(M::BubblePadX));
    return result;
}

void BubbleBuilder::place(TextBlock block, const QPointF &topLeft)
{
    block.rect.moveTopLeft(topLeft);
    m_row.texts.push_back(std::move(block));
}

void BubbleBuilder::labels()
{
    const QFont &font = m_style.theme.fonts.meta;
    if (m_row.context.edge == RowContext::Edge::Beginning)
        label(Role::Edge, beginningText(), font);
    else if (m_row.context.edge == RowContext::Edge::Loading)
        label(Role::Edge, loadingText(), font);
    if (m_row.context.day.isValid())
        label(Role::Day, dayText(m_row.context.day, m_style.words), font);
}

// A line in the middle without a box.
void BubbleBuilder::label(Role role, const QString &text, const QFont &font)
{
    TextRequest line = request(role, text, font, M::LabelPitch);
    line.maxWidth = m_style.width - 2 * px(M::SideMargin);
    line.align = Qt::AlignHCenter;
    TextBlock block = layOutText(line);
    m_y += px(M::LabelMargin);
    const qreal height = block.rect.height();
    const qreal x = std::round((m_style.width - block.rect.width()) / 2);
    place(std::move(block), {x, m_y});
    if (role == Role::System)
        m_row.outline = m_row.texts.back().rect;
    m_y += height + px(M::LabelMargin) + M::Gap;
}

void BubbleBuilder::bubble()
{
    std::vector<TextBlock> blocks;
    const QString author
        = m_row.context.showsAuthor ? authorText(m_message, m_style.words) : QString();
    quote(blocks);
    if (!m_text.isEmpty())
        blocks.push_back(body());
    // A name needs a bubble even when only pictures follow.
    if (!author.isEmpty()) {
        const Fonts &fonts = m_style.theme.fonts;
        TextRequest line = request(Role::Author, author, fonts.metaStrong, M::BodyPitch);
        blocks.insert(blocks.begin(), layOutLine(line, Qt::ElideRight));
    }
    if (!blocks.empty())
        fillBubble(std::move(blocks));
}

TextBlock BubbleBuilder::body() const
{
    TextRequest text = request(Role::Body, m_text, m_style.theme.fonts.body, M::BodyPitch);
    text.align = Qt::AlignJustify;
    const QList<TextLink> links = findLinks(m_text);
    for (const TextLink &link : links) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(link.start);
        range.length = static_cast<int>(link.length);
        range.format.setFontUnderline(true);
        if (m_row.kind != BubbleKind::Outgoing)
            range.format.setForeground(m_style.theme.accent);
        text.formats.append(range);
    }
    TextBlock block = layOutText(text);
    block.links = links;
    return block;
}

void BubbleBuilder::quote(std::vector<TextBlock> &blocks) const
{
    if (m_row.context.quoteText.isEmpty())
        return;
    const Fonts &fonts = m_style.theme.fonts;
    const qreal indent = px(M::QuoteBar + 8);
    TextRequest author
        = request(Role::QuoteAuthor, m_row.context.quoteAuthor, fonts.metaStrong, M::MetaPitch);
    author.maxWidth -= indent;
    blocks.push_back(layOutLine(author, Qt::ElideRight));
    TextRequest text = request(Role::Quote, m_row.context.quoteText, fonts.meta, M::MetaPitch);
    text.maxWidth -= indent;
    blocks.push_back(layOutLine(text, Qt::ElideRight));
}

void BubbleBuilder::fillBubble(std::vector<TextBlock> blocks)
{
    const auto indentOf = [this](const TextBlock &block) {
        const bool quoted = block.role == Role::QuoteAuthor || block.role == Role::Quote;
        return quoted ? px(M::QuoteBar + 8) : 0;
    };
    qreal inner = 0;
    for (const TextBlock &block : blocks)
        inner = std::max(inner, block.rect.width() + indentOf(block));
    const qreal width = inner + 2 * px(M::BubblePadX);
    const QPointF origin(sideX(width), m_y);
    qreal y = m_y + px(M::BubblePadY);
    for (TextBlock &block : blocks) {
        const int indent = indentOf(block);
        if (block.role == Role::Body)
            alignText(block, inner, Qt::AlignJustify);
        const qreal height = block.rect.height();
        if (block.role == Role::QuoteAuthor)
            m_row.quoteBar = QRectF(origin.x() + px(M::BubblePadX), y, px(M::QuoteBar), 2 * height);
        const bool endsQuote = block.role == Role::Quote;
        place(std::move(block), {origin.x() + px(M::BubblePadX) + indent, y});
        y += height + (endsQuote ? px(6) : 0);
    }
    m_row.bubble = QRectF(origin, QSizeF(width, y + px(M::BubblePadY) - m_y));
    m_row.radius = m_row.kind == BubbleKind::Note ? px(M::NoteRadius) : px(M::BubbleRadius);
    m_row.outline = m_row.outline.united(m_row.bubble);
    m_y = m_row.bubble.bottom() + M::Gap;
}

void BubbleBuilder::emoji()
{
    QFont font = m_style.theme.fonts.body;
    font.setPixelSize(px(M::EmojiSize));
    TextBlock block = layOutText(request(Role::Emoji, m_text, font, M::EmojiPitch));
    const QSizeF size = block.rect.size();
    place(std::move(block), {sideX(size.width()), m_y});
    m_row.outline = m_row.outline.united(m_row.texts.back().rect);
    m_y += size.height() + M::Gap;
}

void BubbleBuilder::meta()
{
    if (!m_row.context.showsMeta)
        return;
    QString text = metaText(m_message, m_style.words);
    TextRequest line = request(Role::Meta, text, m_style.theme.fonts.meta, M::MetaPitch);
    qsizetype actionStart = -1;
    if (canSendAgain(m_message)) {
        actionStart = text.size() + 2;
        line.text = text + u"  "_s + sendAgainText();
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(actionStart);
        range.length = static_cast<int>(sendAgainText().size());
        range.format.setForeground(m_style.theme.accent);
        range.format.setFontWeight(QFont::DemiBold);
        line.formats.append(range);
    }
    const bool right = isOurs() != (m_style.direction == Qt::RightToLeft);
    line.align = right ? Qt::AlignRight : Qt::AlignLeft;
    TextBlock block = layOutText(line);
    block.actionStart = actionStart;
    const QSizeF size = block.rect.size();
    place(std::move(block), {sideX(size.width()), m_y + px(M::MetaAbove)});
    m_y += px(M::MetaAbove) + size.height() + px(M::MetaBelow);
}

void BubbleBuilder::mirror()
{
    const auto flip = [this](QRectF &rect) {
        if (!rect.isNull())
            rect.moveLeft(m_style.width - rect.right());
    };
    flip(m_row.bubble);
    flip(m_row.outline);
    flip(m_row.quoteBar);
    flip(m_row.picturesRect);
    for (TextBlock &block : m_row.texts)
        flip(block.rect);
    for (PictureBox &picture : m_row.pictures)
        flip(picture.rect);
    for (CardBox &card : m_row.cards) {
        flip(card.rect);
        flip(card.iconRect);
    }
}

} // namespace Pagedesk::Ui
