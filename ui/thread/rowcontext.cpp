// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/rowcontext.h"

#include "models/items/threadmodel.h"
#include "ui/thread/displaytext.h"
#include "ui/thread/noticetext.h"
#include "ui/thread/threadtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace Pagedesk::Ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RowContext)
};

constexpr qint64 GroupGapMs = 5 * 60 * 1000;

bool hasPictures(const Message &message)
{
    return std::any_of(message.attachments.begin(), message.attachments.end(), isPicture);
}

// Within a group only the last state is shown, unless they differ.
bool saysTheSame(const Message &a, const Message &b)
{
    return a.state == b.state && a.state != DeliveryState::Failed && !hasPictures(a)
        && remarks(a).isEmpty();
}

void quote(RowContext &context, const Message &target, const ThreadWords &words)
{
    if (target.direction == Direction::In)
        context.quoteAuthor = displayLine(words.contactName, 80);
    else
        context.quoteAuthor = authorText(target, words);
    if (context.quoteAuthor.isEmpty())
        context.quoteAuthor
            = target.direction == Direction::In ? Words::tr("Customer") : Words::tr("You");
    context.quoteText = displayLine(previewText(target.text));
    if (context.quoteText.isEmpty() && !target.attachments.isEmpty())
        context.quoteText = attachmentTitle(target.attachments.first());
}

} // namespace

QDate LocalDays::dayOf(qint64 ms)
{
    if (ms < m_begin || ms >= m_end) {
        m_day = QDateTime::fromMSecsSinceEpoch(ms).date();
        m_begin = m_day.startOfDay().toMSecsSinceEpoch();
        m_end = m_day.addDays(1).startOfDay().toMSecsSinceEpoch();
    }
    return m_day;
}

bool isSameGroup(const Message &a, const Message &b, LocalDays &days)
{
    return a.direction == b.direction && a.author == b.author && a.author != Author::System
        && a.authorName == b.authorName && std::abs(b.sentAt - a.sentAt) < GroupGapMs
        && days.dayOf(a.sentAt) == days.dayOf(b.sentAt);
}

RowContext rowContext(const ThreadModel &model, int row, const ThreadWords &words, LocalDays &days)
{
    RowContext context;
    const Message &message = model.at(row);
    const Message *before = row > 0 ? &model.at(row - 1) : nullptr;
    const Message *after = row + 1 < model.rowCount() ? &model.at(row + 1) : nullptr;
    if (!before)
        context.edge
            = model.hasMoreBefore() ? RowContext::Edge::Loading : RowContext::Edge::Beginning;
    if (!before || days.dayOf(before->sentAt) != days.dayOf(message.sentAt))
        context.day = days.dayOf(message.sentAt);
    context.showsAuthor = !before || !isSameGroup(*before, message, days);
    context.showsMeta
        = !after || !isSameGroup(message, *after, days) || !saysTheSame(message, *after);
    if (!message.replyTo.isEmpty()) {
        if (const int target = model.rowOf(message.replyTo); target >= 0)
            quote(context, model.at(target), words);
    }
    return context;
}

} // namespace Pagedesk::Ui
