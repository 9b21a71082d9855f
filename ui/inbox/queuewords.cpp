// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/queuewords.h"

#include "models/domain/conversationchange.h"
#include "ui/errortext.h"
#include "ui/thread/displaytext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(QueueWords)
};

QString refusalText(QueueRefusal refusal, const QString &name)
{
    switch (refusal) {
    case QueueRefusal::HeldByOther:
        return name.isEmpty() ? Words::tr("Somebody else has this conversation.")
                              : Words::tr("%1 has this conversation.", "name").arg(name);
    case QueueRefusal::AssigneeGone:
        return Words::tr("This person does not work here any more.");
    case QueueRefusal::AssigneeWithoutPage:
        return Words::tr("This person may not work on this Page. An admin can change it.");
    case QueueRefusal::TeamGone:
        return Words::tr("This team is not there any more.");
    case QueueRefusal::TeamWithoutPage:
        return Words::tr("Nobody of this team may work on this Page. An admin can change it.");
    case QueueRefusal::SnoozeTime:
        return Words::tr("A conversation can be snoozed for up to a year.");
    case QueueRefusal::LabelGone:
        return Words::tr("This label is not there any more.");
    case QueueRefusal::TooManyLabels:
        return Words::tr("This conversation has too many labels.");
    case QueueRefusal::LabelTaken:
        return Words::tr("There is a label of this name already.");
    }
    return {};
}

} // namespace

QString priorityWord(Priority priority)
{
    switch (priority) {
    case Priority::Low:
        return Words::tr("Low");
    case Priority::High:
        return Words::tr("High");
    case Priority::Urgent:
        return Words::tr("Urgent");
    case Priority::None:
        break;
    }
    return Words::tr("No priority");
}

std::optional<TagKind> priorityTag(Priority priority)
{
    switch (priority) {
    case Priority::Low:
        return TagKind::Plain;
    case Priority::High:
        return TagKind::Warn;
    case Priority::Urgent:
        return TagKind::Bad;
    case Priority::None:
        break;
    }
    return std::nullopt;
}

QString snoozeWord(SnoozeTime::Name name)
{
    switch (name) {
    case SnoozeTime::Name::LaterToday:
        return Words::tr("Later today");
    case SnoozeTime::Name::TomorrowMorning:
        return Words::tr("Tomorrow morning");
    case SnoozeTime::Name::Monday:
        return Words::tr("Monday");
    case SnoozeTime::Name::NextWeek:
        return Words::tr("Next week");
    }
    return {};
}

QString comingMoment(qint64 at, qint64 now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at);
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    const QString clock = QLocale().toString(time.time(), QLocale::ShortFormat);
    if (time.date() == today)
        return clock;
    if (time.date() == today.addDays(1))
        return Words::tr("tomorrow at %1").arg(clock);
    const QString day = QLocale().toString(
        time.date(), time.date().year() == today.year() ? u"ddd, d MMM"_s : u"ddd, d MMM yyyy"_s);
    return Words::tr("%1 at %2", "day, time").arg(day, clock);
}

QString restWord(const Conversation &conversation, qint64 now)
{
    if (conversation.state == ConversationState::Pending)
        return Words::tr("pending");
    if (conversation.state == ConversationState::Snoozed)
        return Words::tr("until %1", "moment").arg(comingMoment(conversation.snoozedUntil, now));
    return {};
}

QString queueProblem(const Error &error, const Roster &roster)
{
    const auto refusal = queueRefusalFromName(error.detail.section(u' ', 0, 0));
    const auto failure = failureKindFromName(error.detail);
    if (!refusal && failure && *failure != FailureKind::None)
        return takingFailureText(*failure);
    if (!refusal)
        return errorText(error);
    const OperatorId holder{error.detail.section(u' ', 1)};
    return refusalText(*refusal, displayLine(roster.nameOf(holder), 80));
}

} // namespace Pagedesk::Ui
