// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/conversationdelegate.h"

#include "models/items/conversationlistmodel.h"
#include "ui/inbox/contactpicture.h"
#include "ui/inbox/conversationwords.h"
#include "ui/inbox/timewords.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QPainter>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int TextLeft = Metrics::Gutter + Metrics::Avatar + Metrics::Gutter;
constexpr int FirstLineTop = 10;
constexpr int LineHeight = 20;
constexpr int LineGap = 2;
constexpr int TagGap = 6;
constexpr int BadgeHeight = 18;

// One line of foreign or own text at the leading edge, in its own direction.
void paintLine(
    QPainter &painter, const QRect &rect, Qt::LayoutDirection layout, const QString &text)
{
    if (rect.width() <= 0)
        return;
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    const auto side = layout == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    painter.save();
    painter.setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.drawText(rect, static_cast<int>(side | Qt::AlignAbsolute | Qt::AlignVCenter), shown);
    painter.restore();
}

// `width` pixels at the trailing edge of a line.
QRect trailing(const QRect &line, Qt::LayoutDirection layout, int width)
{
    const QRect logical(line.right() + 1 - width, line.top(), width, line.height());
    return QStyle::visualRect(layout, line, logical);
}

// What is left of a line after `width` pixels at its trailing edge are taken.
QRect shortened(const QRect &line, Qt::LayoutDirection layout, int width)
{
    return layout == Qt::RightToLeft ? line.adjusted(width, 0, 0, 0)
                                     : line.adjusted(0, 0, -width, 0);
}

} // namespace

struct ConversationDelegate::Row {
    Conversation conversation;
    Page page;
    ReplyWindow window;
    QString draft;
    QString holder;
    QList<Label> labels;
};

ConversationDelegate::ConversationDelegate(
    const ThemeProvider &theme, MediaSource &media, const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_media(media)
    , m_clock(clock)
{
}

ConversationDelegate::Row ConversationDelegate::rowOf(const QModelIndex &index)
{
    using Model = ConversationListModel;
    return {index.data(Model::ConversationRole).value<Conversation>(),
        index.data(Model::PageRole).value<Page>(),
        index.data(Model::WindowRole).value<ReplyWindow>(), index.data(Model::DraftRole).toString(),
        index.data(Model::HolderRole).toString(),
        index.data(Model::LabelsRole).value<QList<Label>>()};
}

void ConversationDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Row row = rowOf(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, option, row);
    paintPicture(*painter, option, row);
    paintFirstLine(*painter, option, row);
    paintSecondLine(*painter, option, row);
    painter->restore();
}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const Theme &theme = m_theme.theme();
    return {theme.px(TextLeft), std::max(Metrics::Row, theme.px(Metrics::Row))};
}

void ConversationDelegate::paintGround(
    QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const
{
    const Theme &theme = m_theme.theme();
    const QRect &rect = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter.fillRect(rect, theme.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(rect, theme.background);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    const QRect edge(rect.left(), rect.top(), Metrics::PageEdge, rect.height());
    const QColor colour(row.page.colour);
    painter.fillRect(
        QStyle::visualRect(option.direction, rect, edge), colour.isValid() ? colour : theme.line);
    if (selected && option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -1.5));
    }
}

void ConversationDelegate::paintPicture(
    QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const
{
    const int side = Metrics::Avatar;
    const QRect place(option.rect.left() + Metrics::Gutter,
        option.rect.top() + (option.rect.height() - side) / 2, side, side);
    paintContact(painter, QStyle::visualRect(option.direction, option.rect, place),
        row.conversation.contact, m_media);
}

void ConversationDelegate::paintFirstLine(
    QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const
{
    const Theme &theme = m_theme.theme();
    const QRect line = textLine(option, 0);
    const QString time = listTime(row.conversation.lastMessageAt, m_clock.now());
    painter.setFont(theme.fonts.meta);
    const int width = painter.fontMetrics().horizontalAdvance(time);
    painter.setPen(theme.faint);
    painter.drawText(
        trailing(line, option.direction, width), static_cast<int>(Qt::AlignCenter), time);
    QRect rest = shortened(line, option.direction, width + Metrics::Gutter);
    for (const auto paint :
        {&ConversationDelegate::paintHolder, &ConversationDelegate::paintLabels}) {
        const int taken = (this->*paint)(painter, rest, option, row);
        if (taken > 0)
            rest = shortened(rest, option.direction, taken + TagGap);
    }
    painter.setFont(theme.fonts.bodyStrong);
    painter.setPen(row.conversation.contact.name.isEmpty() ? theme.muted : theme.text);
    paintLine(painter, rest, option.direction, displayName(row.conversation.contact));
}

// A name that is longer than there is room for beside the customer's is shortened.
int ConversationDelegate::paintHolder(
    QPainter &painter, const QRect &line, const QStyleOptionViewItem &option, const Row &row) const
{
    if (row.holder.isEmpty())
        return 0;
    const Theme &theme = m_theme.theme();
    const QFontMetrics metrics(theme.fonts.chip);
    const QString name
        = metrics.elidedText(displayLine(row.holder, 80), Qt::ElideRight, line.width() / 3);
    const QSize size = tagSize(theme, name);
    QRect place = trailing(line, option.direction, size.width());
    place.setTop(line.top() + (line.height() - size.height()) / 2);
    place.setHeight(size.height());
    paintTag(painter, place, theme, TagKind::Plain, name);
    return size.width();
}

// As many as there is room for, and how many more there are.
int ConversationDelegate::paintLabels(
    QPainter &painter, const QRect &line, const QStyleOptionViewItem &option, const Row &row) const
{
    if (row.labels.isEmpty())
        return 0;
    const Theme &theme = m_theme.theme();
    const QFontMetrics metrics(theme.fonts.chip);
    const int room = line.width() / 3;
    int taken = 0;
    int shown = 0;
    for (const Label &label : row.labels) {
        const QString name = metrics.elidedText(displayLine(label.name, 40), Qt::ElideRight, room);
        const QSize size = labelSize(theme, name);
        const int next = taken + (shown > 0 ? TagGap : 0) + size.width();
        const bool isLast = &label == &row.labels.constLast();
        const int more = isLast ? 0 : TagGap + tagSize(theme, u"+9"_s).width();
        if (shown > 0 && next + more > room)
            break;
        QRect place = trailing(
            shortened(line, option.direction, next - size.width()), option.direction, size.width());
        place.setTop(line.top() + (line.height() - size.height()) / 2);
        place.setHeight(size.height());
        paintLabel(painter, place, theme, QColor(label.colour), name);
        taken = next;
        ++shown;
    }
    if (shown == row.labels.size())
        return taken;
    const QString rest = u"+%1"_s.arg(row.labels.size() - shown);
    const QSize size = tagSize(theme, rest);
    QRect place = trailing(
        shortened(line, option.direction, taken + TagGap), option.direction, size.width());
    place.setTop(line.top() + (line.height() - size.height()) / 2);
    place.setHeight(size.height());
    paintTag(painter, place, theme, TagKind::Plain, rest);
    return taken + TagGap + size.width();
}

void ConversationDelegate::paintSecondLine(
    QPainter &painter, const QStyleOptionViewItem &option, const Row &row) const
{
    const Theme &theme = m_theme.theme();
    const QRect line = textLine(option, 1);
    const int taken = paintTags(painter, line, option, row);
    const bool unread = row.conversation.unread > 0;
    painter.setFont(theme.fonts.secondary);
    painter.setPen(unread ? theme.text : theme.muted);
    paintLine(painter, shortened(line, option.direction, taken > 0 ? taken + TagGap : 0),
        option.direction, previewLine(row.conversation, row.draft));
}

int ConversationDelegate::paintTags(
    QPainter &painter, const QRect &line, const QStyleOptionViewItem &option, const Row &row) const
{
    const Theme &theme = m_theme.theme();
    QRect rest = line;
    const auto take = [&rest, &option](int width) {
        if (width > 0)
            rest = shortened(rest, option.direction, width + TagGap);
    };
    const QList<RowTag> tags = rowTags(row.conversation, row.window, m_clock.now());
    for (auto tag = tags.crbegin(); tag != tags.crend(); ++tag) {
        const QSize size = tagSize(theme, tag->text);
        QRect place = trailing(rest, option.direction, size.width());
        place.setTop(line.top() + (line.height() - size.height()) / 2);
        place.setHeight(size.height());
        paintTag(painter, place, theme, tag->kind, tag->text);
        take(size.width());
    }
    if (row.conversation.unread > 0)
        take(paintUnread(painter, rest, option, row.conversation.unread));
    else if (row.draft.isEmpty())
        take(paintState(painter, rest, option, row));
    return line.width() - rest.width();
}

int ConversationDelegate::paintUnread(
    QPainter &painter, const QRect &line, const QStyleOptionViewItem &option, int unread) const
{
    const Theme &theme = m_theme.theme();
    const QString number = unread > 99 ? QStringLiteral("99+") : QString::number(unread);
    painter.setFont(theme.fonts.chip);
    const int height = theme.px(BadgeHeight);
    const int width = std::max(height, painter.fontMetrics().horizontalAdvance(number) + 10);
    QRect place = trailing(line, option.direction, width);
    place.setTop(line.top() + (line.height() - height) / 2);
    place.setHeight(height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(place, height / 2.0, height / 2.0);
    painter.setPen(theme.accentText);
    painter.drawText(place, static_cast<int>(Qt::AlignCenter), number);
    return width;
}

int ConversationDelegate::paintState(
    QPainter &painter, const QRect &line, const QStyleOptionViewItem &option, const Row &row) const
{
    // A failure has a tag of its own.
    if (row.conversation.lastState == DeliveryState::Failed)
        return 0;
    const QString word = stateWord(row.conversation);
    if (word.isEmpty())
        return 0;
    painter.setFont(m_theme.theme().fonts.meta);
    painter.setPen(m_theme.theme().faint);
    const int width = painter.fontMetrics().horizontalAdvance(word);
    painter.drawText(
        trailing(line, option.direction, width), static_cast<int>(Qt::AlignCenter), word);
    return width;
}

QRect ConversationDelegate::textLine(const QStyleOptionViewItem &option, int number) const
{
    const Theme &theme = m_theme.theme();
    const int height = theme.px(LineHeight);
    const int both = 2 * height + LineGap;
    const int top = theme.textScale > 1 ? (option.rect.height() - both) / 2 : FirstLineTop;
    const QRect line(option.rect.left() + TextLeft,
        option.rect.top() + top + number * (height + LineGap),
        option.rect.width() - TextLeft - Metrics::Gutter, height);
    return QStyle::visualRect(option.direction, option.rect, line);
}

} // namespace Pagedesk::Ui
