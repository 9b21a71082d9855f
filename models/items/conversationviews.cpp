// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/conversationviews.h"

#include "models/domain/windowlengths.h"

namespace Pagedesk {

ReplyWindow operatorWindow(const Conversation &conversation, const Page &page, qint64 now)
{
    ReplyWindow window = replyWindow(conversation.lastCustomerAt, now, page.humanAgent);
    if (window.state == ReplyWindow::State::Open && page.humanAgent)
        window.closesAt += HumanAgentWindowMs - StandardWindowMs;
    return window;
}

bool closesSoon(const ReplyWindow &window, qint64 now)
{
    return window.allowsHumanReply() && window.closesAt - now <= ClosingSoonMs;
}

bool isInView(const Conversation &conversation, const ReplyWindow &window, ConversationView view,
    qint64 now, const OperatorId &self)
{
    const ConversationState state = conversation.state;
    const bool open = state == ConversationState::Open;
    const bool underWay = open || state == ConversationState::Pending;
    switch (view) {
    case ConversationView::Inbox:
        return open;
    case ConversationView::Unread:
        return open && conversation.unread > 0;
    case ConversationView::Waiting:
        return open && conversation.waitingSince > 0;
    case ConversationView::ClosingSoon:
        return underWay && closesSoon(window, now);
    case ConversationView::Resolved:
        return state == ConversationState::Resolved;
    case ConversationView::Mine:
        return underWay && !self.isEmpty() && conversation.assignee == self;
    case ConversationView::Unassigned:
        return open && conversation.assignee.isEmpty();
    case ConversationView::Pending:
        return state == ConversationState::Pending;
    case ConversationView::Snoozed:
        return state == ConversationState::Snoozed;
    }
    return false;
}

QString foldedForFilter(const QString &text)
{
    QString folded;
    folded.reserve(text.size());
    const QString decomposed = text.normalized(QString::NormalizationForm_KD);
    for (const QChar c : decomposed) {
        if (!c.isMark())
            folded += c;
    }
    return folded.toCaseFolded();
}

} // namespace Pagedesk
