// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/queuedesk.h"

#include "models/desk/conversations.h"
#include "models/desk/workspaceroster.h"
#include "models/domain/permissions.h"
#include "models/domain/snoozetimes.h"
#include "ui/inbox/queuewords.h"
#include "ui/shell/queuebar.h"
#include "ui/thread/displaytext.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

// Colours that stand apart from each other; a new label takes the next.
constexpr std::array LabelColours{
    "#1f6feb", "#2f9e44", "#e8590c", "#9c36b5", "#c2255c", "#0c8599", "#a67c00", "#5c5f66"};

// A menu reads "&" as a key.
QString menuText(const QString &foreign)
{
    return displayLine(foreign, 80).replace(u'&', u"&&"_s);
}

} // namespace

QueueDesk::QueueDesk(const ConversationListModel &list, Conversations &conversations,
    WorkspaceRoster &roster, QueueBar &bar, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_list(list)
    , m_conversations(conversations)
    , m_roster(roster)
    , m_bar(bar)
    , m_clock(clock)
{
    m_assign.setTitle(tr("Assign"));
    m_snooze.setTitle(tr("Snooze"));
    m_priority.setTitle(tr("Priority"));
    m_labels.setTitle(tr("Labels"));
    m_assign.setObjectName(u"assignMenu"_s);
    m_snooze.setObjectName(u"snoozeMenu"_s);
    m_priority.setObjectName(u"priorityMenu"_s);
    m_labels.setObjectName(u"labelMenu"_s);
    connect(&m_assign, &QMenu::aboutToShow, this, &QueueDesk::fillAssign);
    connect(&m_snooze, &QMenu::aboutToShow, this, &QueueDesk::fillSnooze);
    connect(&m_priority, &QMenu::aboutToShow, this, &QueueDesk::fillPriority);
    connect(&m_labels, &QMenu::aboutToShow, this, &QueueDesk::fillLabels);
    connect(&conversations, &Conversations::refused, this,
        [this](const ConversationId &, const Error &error) {
            Q_EMIT problem(queueProblem(error, m_roster.roster()));
        });
}

void QueueDesk::open(const ConversationId &id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_bar.dismiss(); // what was begun was about another
}

const Conversation *QueueDesk::conversation() const
{
    const ConversationListModel::Row *row = m_list.find(m_id);
    return row == nullptr ? nullptr : &row->conversation;
}

void QueueDesk::take()
{
    if (conversation() != nullptr && !m_roster.roster().self.isEmpty())
        tell(m_conversations.take(m_id, m_roster.roster().self));
}

void QueueDesk::putBack()
{
    if (conversation() != nullptr && !conversation()->assignee.isEmpty())
        tell(m_conversations.putBack(m_id, m_roster.roster().self));
}

void QueueDesk::takeOver()
{
    if (conversation() != nullptr && !conversation()->ownerApp.isEmpty())
        tell(m_conversations.takeOver(m_id, m_clock.now()));
}

void QueueDesk::setState(ConversationState state)
{
    change({.state = state});
}

void QueueDesk::resolveWithNote()
{
    if (conversation() == nullptr)
        return;
    m_bar.ask(
        {tr("Resolve"), tr("Closing note, for the team only"), tr("Resolve"), MaxCommentCharacters},
        [this](const QString &note) { change({.state = ConversationState::Resolved}, note); });
}

void QueueDesk::markUnread()
{
    if (conversation() == nullptr)
        return;
    Q_EMIT keptUnread(m_id);
    change({.markUnread = true});
}

void QueueDesk::fillAssign()
{
    m_assign.clear();
    const Conversation *open = conversation();
    if (open == nullptr)
        return;
    const Roster &roster = m_roster.roster();
    const bool mine = open->assignee == roster.self;
    m_assign.addAction(tr("Take"), this, &QueueDesk::take)->setEnabled(!mine);
    m_assign.addAction(tr("Put back into the queue"), this, &QueueDesk::putBack)->setEnabled(mine);
    m_assign
        .addAction(
            tr("Nobody"), this, [this] { change({.assignee = OperatorId(), .team = TeamId()}); })
        ->setEnabled(!open->assignee.isEmpty() || !open->team.isEmpty());
    m_assign.addSection(tr("People"));
    for (const Operator &person : roster.people) {
        if (!person.active || person.id == roster.self)
            continue;
        QAction *action = m_assign.addAction(
            menuText(person.name), this, [this, person] { giveTo(person.id, person.name); });
        action->setCheckable(true);
        action->setChecked(person.id == open->assignee);
    }
    if (roster.teams.isEmpty())
        return;
    m_assign.addSection(tr("Teams"));
    for (const Team &team : roster.teams) {
        QAction *action = m_assign.addAction(
            menuText(team.name), this, [this, team] { giveToTeam(team.id, team.name); });
        action->setCheckable(true);
        action->setChecked(team.id == open->team);
    }
}

void QueueDesk::giveTo(const OperatorId &person, const QString &name)
{
    m_bar.ask({tr("Give it to %1", "name").arg(displayLine(name, 80)),
                  tr("Comment, for the team only"), tr("Give"), MaxCommentCharacters},
        [this, person](const QString &comment) { change({.assignee = person}, comment); });
}

void QueueDesk::giveToTeam(const TeamId &team, const QString &name)
{
    m_bar.ask({tr("Give it to the team %1", "name").arg(displayLine(name, 80)),
                  tr("Comment, for the team only"), tr("Give"), MaxCommentCharacters},
        [this, team](
            const QString &comment) { change({.assignee = OperatorId(), .team = team}, comment); });
}

void QueueDesk::fillSnooze()
{
    m_snooze.clear();
    const Conversation *open = conversation();
    if (open == nullptr)
        return;
    const qint64 now = m_clock.now();
    const QList<SnoozeTime> times = snoozeTimes(now, QTimeZone::systemTimeZone());
    for (const SnoozeTime &time : times) {
        addSnooze(tr("%1 · %2", "Later today, its time")
                      .arg(snoozeWord(time.name), comingMoment(time.at, now)),
            time.at);
    }
    m_snooze.addAction(tr("Date and time…"), this, &QueueDesk::askForMoment);
    m_snooze.addSeparator();
    m_snooze.addAction(tr("Wake it up"), this, [this] { setState(ConversationState::Open); })
        ->setEnabled(open->state == ConversationState::Snoozed);
}

void QueueDesk::addSnooze(const QString &words, qint64 at)
{
    const QString remark = windowRemark(at);
    const QString text
        = remark.isEmpty() ? words : tr("%1 (%2)", "choice, warning").arg(words, remark);
    m_snooze.addAction(text, this, [this, at] { snooze(at); });
}

// Whoever comes back too late cannot answer any more.
QString QueueDesk::windowRemark(qint64 until) const
{
    const ConversationListModel::Row *row = m_list.find(m_id);
    if (row == nullptr || !row->window.allowsHumanReply() || row->window.closesAt > until)
        return {};
    return tr("the reply window ends before: %1", "moment")
        .arg(comingMoment(row->window.closesAt, m_clock.now()));
}

void QueueDesk::askForMoment()
{
    const qint64 tomorrow = m_clock.now() + qint64(24) * 60 * 60 * 1000;
    m_bar.askMoment(
        tr("Snooze until"), tr("Snooze"), QDateTime::fromMSecsSinceEpoch(tomorrow),
        [this](const QDateTime &moment) { return windowRemark(moment.toMSecsSinceEpoch()); },
        [this](const QDateTime &moment) { snooze(moment.toMSecsSinceEpoch()); });
}

void QueueDesk::snooze(qint64 until)
{
    if (until <= m_clock.now())
        Q_EMIT problem(tr("This moment is over. Choose one that lies ahead."));
    else
        change({.state = ConversationState::Snoozed, .snoozedUntil = until});
}

void QueueDesk::fillPriority()
{
    m_priority.clear();
    const Conversation *open = conversation();
    if (open == nullptr)
        return;
    for (const Priority priority :
        {Priority::Urgent, Priority::High, Priority::None, Priority::Low}) {
        QAction *action = m_priority.addAction(
            priorityWord(priority), this, [this, priority] { change({.priority = priority}); });
        action->setCheckable(true);
        action->setChecked(open->priority == priority);
    }
}

void QueueDesk::fillLabels()
{
    m_labels.clear();
    const Conversation *open = conversation();
    if (open == nullptr)
        return;
    const Roster &roster = m_roster.roster();
    for (const Label &label : roster.labels) {
        const bool on = open->labels.contains(label.id.value);
        QAction *action = m_labels.addAction(menuText(label.name), this, [this, id = label.id, on] {
            change(on ? ConversationChange{.removeLabel = id} : ConversationChange{.addLabel = id});
        });
        action->setCheckable(true);
        action->setChecked(on);
    }
    const auto self = std::find_if(roster.people.cbegin(), roster.people.cend(),
        [&roster](const Operator &person) { return person.id == roster.self; });
    const bool mayMake
        = self != roster.people.cend() && isAllowed(self->role, Action::ManageLabels);
    if (roster.labels.isEmpty() && !mayMake)
        m_labels.addAction(tr("A supervisor can make labels"))->setEnabled(false);
    if (!mayMake)
        return;
    m_labels.addSeparator();
    m_labels.addAction(tr("New label…"), this, &QueueDesk::askForLabel);
    QMenu *removing = m_labels.addMenu(tr("Remove from the workspace"));
    removing->setEnabled(!roster.labels.isEmpty());
    for (const Label &label : roster.labels) {
        removing->addAction(menuText(label.name), this, [this, label] {
            Label gone = label;
            gone.active = false;
            tell(m_roster.saveLabel(gone, m_id));
        });
    }
}

void QueueDesk::askForLabel()
{
    m_bar.ask({tr("New label"), tr("Name of the label"), tr("Add"), MaxLabelCharacters, false},
        [this](const QString &name) {
            const auto count = static_cast<size_t>(m_roster.roster().labels.size());
            const Label label{m_roster.newLabelId(), name.simplified(),
                QString::fromLatin1(LabelColours.at(count % LabelColours.size()))};
            tell(m_roster.saveLabel(label, m_id));
            change({.addLabel = label.id});
        });
}

void QueueDesk::change(const ConversationChange &change, const QString &comment)
{
    if (conversation() != nullptr)
        tell(m_conversations.change(m_id, change, comment));
}

void QueueDesk::tell(Task<> task)
{
    task.then(this, [this](const Result<> &done) {
        if (!done)
            Q_EMIT problem(queueProblem(done.error(), m_roster.roster()));
    });
}

} // namespace Pagedesk::Ui
