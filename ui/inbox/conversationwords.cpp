// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/conversationwords.h"

#include "models/items/conversationviews.h"
#include "ui/inbox/queuewords.h"
#include "ui/inbox/timewords.h"
#include "ui/thread/displaytext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConversationWords)
};

// Keeps a text of unknown direction from turning the words around it.
QString isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

} // namespace

QString displayName(const Contact &contact)
{
    const QString name = displayLine(contact.name.simplified());
    return name.isEmpty() ? Words::tr("Name not shared · …%1").arg(psidTail(contact.psid)) : name;
}

QString attachmentWords(AttachmentKind kind, int count)
{
    const int n = std::max(1, count);
    switch (kind) {
    case AttachmentKind::Image:
        return Words::tr("📷 %n photos", nullptr, n);
    case AttachmentKind::Video:
        return Words::tr("🎬 %n videos", nullptr, n);
    case AttachmentKind::Audio:
        return Words::tr("🎤 Voice message");
    case AttachmentKind::File:
        return Words::tr("📎 %n files", nullptr, n);
    case AttachmentKind::Sticker:
        return Words::tr("Sticker");
    case AttachmentKind::Location:
        return Words::tr("📍 Location");
    case AttachmentKind::Link:
        return Words::tr("🔗 Link");
    case AttachmentKind::Reel:
        return Words::tr("🎬 Reel");
    case AttachmentKind::Post:
        return Words::tr("Post");
    case AttachmentKind::Template:
        return Words::tr("Message with buttons");
    case AttachmentKind::Appointment:
        return Words::tr("📅 Appointment");
    case AttachmentKind::Unknown:
        break;
    }
    return count > 0 ? Words::tr("Attachment") : QString();
}

QString previewLine(const Conversation &conversation, const QString &draft)
{
    const QString unfinished = displayLine(previewText(draft));
    if (!unfinished.isEmpty())
        return Words::tr("Draft: %1").arg(isolated(unfinished));
    const QString last = displayLine(previewText(conversation.lastText));
    const QString text = last.isEmpty()
        ? attachmentWords(conversation.lastAttachment, conversation.lastAttachmentCount)
        : last;
    if (text.isEmpty() || conversation.lastDirection != Direction::Out)
        return text;
    switch (conversation.lastAuthor) {
    case Author::Operator:
        return Words::tr("You: %1").arg(isolated(text));
    case Author::Elsewhere:
        return Words::tr("Page: %1", "the Page wrote, from another tool").arg(isolated(text));
    default:
        return text;
    }
}

QString stateWord(const Conversation &conversation)
{
    if (conversation.lastDirection != Direction::Out)
        return {};
    switch (conversation.lastState) {
    case DeliveryState::Queued:
    case DeliveryState::Sending:
        return Words::tr("waiting", "a reply on its way");
    case DeliveryState::Unknown:
        return Words::tr("not confirmed", "a reply that may or may not have arrived");
    case DeliveryState::Sent:
        return Words::tr("sent");
    case DeliveryState::Delivered:
        return Words::tr("delivered");
    case DeliveryState::Read:
        return Words::tr("read", "a reply that was read");
    case DeliveryState::Failed:
        return Words::tr("failed", "a reply that was not sent");
    case DeliveryState::Received:
        break;
    }
    return {};
}

QList<RowTag> rowTags(const Conversation &conversation, const ReplyWindow &window, qint64 now)
{
    QList<RowTag> tags;
    const bool ours = conversation.lastDirection == Direction::Out;
    if (ours && conversation.lastState == DeliveryState::Failed)
        tags.append({TagKind::Bad, stateWord(conversation)});
    else if (ours && conversation.lastAuthor == Author::Assistant)
        tags.append({TagKind::Good, Words::tr("assistant", "wrote the last message")});
    if (conversation.state == ConversationState::Resolved)
        return tags;
    if (const auto kind = priorityTag(conversation.priority))
        tags.append({*kind, priorityWord(conversation.priority)});
    if (const QString rest = restWord(conversation, now); !rest.isEmpty())
        tags.append({TagKind::Plain, rest});
    if (window.state == ReplyWindow::State::Closed)
        tags.append({TagKind::Bad, Words::tr("closed", "the reply window")});
    else if (closesSoon(window, now))
        tags.append({TagKind::Warn, shortSpan(window.closesAt - now)});
    return tags;
}

QString spokenRow(const Conversation &conversation, const Page &page, const ReplyWindow &window,
    const QString &draft, qint64 now)
{
    QStringList parts{displayName(conversation.contact)};
    if (!page.shownName().isEmpty())
        parts += page.shownName();
    parts += previewLine(conversation, draft);
    parts += stateWord(conversation);
    parts += momentText(conversation.lastMessageAt, now);
    if (conversation.unread > 0)
        parts += Words::tr("%n unread", nullptr, conversation.unread);
    if (window.state == ReplyWindow::State::Closed)
        parts += Words::tr("reply window closed");
    else if (closesSoon(window, now))
        parts += Words::tr("reply window closes in %1").arg(longSpan(window.closesAt - now));
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString spokenDecisions(
    const Conversation &conversation, const QString &holder, const QList<Label> &labels, qint64 now)
{
    QStringList parts;
    if (!holder.isEmpty())
        parts += Words::tr("with %1", "who has the conversation").arg(displayLine(holder, 80));
    parts += restWord(conversation, now);
    if (conversation.priority != Priority::None)
        parts += Words::tr("priority %1").arg(priorityWord(conversation.priority));
    for (const Label &label : labels)
        parts += Words::tr("label %1").arg(displayLine(label.name, 80));
    parts.removeAll(QString());
    return parts.isEmpty() ? QString() : u", "_s + parts.join(u", "_s);
}

QString groupedPsid(const Psid &psid)
{
    QString grouped;
    for (qsizetype i = 0; i < psid.value.size(); ++i) {
        if (i > 0 && i % 4 == 0)
            grouped += u' ';
        grouped += psid.value.at(i);
    }
    return grouped;
}

} // namespace Pagedesk::Ui
