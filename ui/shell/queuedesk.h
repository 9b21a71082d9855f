// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/task.h"
#include "models/domain/conversationchange.h"
#include "models/items/conversationlistmodel.h"

#include <QMenu>
#include <QObject>

namespace Pagedesk {
class Conversations;
class WorkspaceRoster;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class QueueBar;

// What the team can decide about the open conversation: who has it, when it comes back, how much
// it presses, its labels. Fills the menus and carries out what is chosen in them.
class QueueDesk : public QObject {
    Q_OBJECT

public:
    QueueDesk(const ConversationListModel &list, Conversations &conversations,
        WorkspaceRoster &roster, QueueBar &bar, const Clock &clock, QObject *parent = nullptr);

    void open(const ConversationId &id);

    QMenu &assignMenu() { return m_assign; }
    QMenu &snoozeMenu() { return m_snooze; }
    QMenu &priorityMenu() { return m_priority; }
    QMenu &labelMenu() { return m_labels; }

    void take();
    void putBack();
    // From the other app that holds it.
    void takeOver();
    void setState(ConversationState state);
    void resolveWithNote();
    void markUnread();

Q_SIGNALS:
    void problem(const QString &sentence);
    void keptUnread(const Pagedesk::ConversationId &id);

private:
    const Conversation *conversation() const;
    void fillAssign();
    void fillSnooze();
    void fillPriority();
    void fillLabels();
    void giveTo(const OperatorId &person, const QString &name);
    void giveToTeam(const TeamId &team, const QString &name);
    void addSnooze(const QString &words, qint64 at);
    void askForMoment();
    void askForLabel();
    void snooze(qint64 until);
    QString windowRemark(qint64 until) const;
    void change(const ConversationChange &change, const QString &comment = {});
    void tell(Task<> task);

    const ConversationListModel &m_list;
    Conversations &m_conversations;
    WorkspaceRoster &m_roster;
    QueueBar &m_bar;
    const Clock &m_clock;
    ConversationId m_id;
    QMenu m_assign;
    QMenu m_snooze;
    QMenu m_priority;
    QMenu m_labels;
};

} // namespace Pagedesk::Ui
