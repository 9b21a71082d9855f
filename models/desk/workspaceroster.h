// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/domain/roster.h"

#include <QObject>

namespace Pagedesk {

class CommandQueue;
class Replica;

// The people, teams and labels of the workspace as the replica has them.
class WorkspaceRoster : public QObject {
    Q_OBJECT

public:
    WorkspaceRoster(Replica &replica, CommandQueue &commands, QObject *parent = nullptr);

    const Roster &roster() const { return m_roster; }
    void load();
    // Makes a label or changes it; at once here, at the relay when it can be reached. `near`: the
    // conversation it is made for, whose later commands wait for this one.
    Task<> saveLabel(const Label &label, const ConversationId &near);
    LabelId newLabelId() const;

Q_SIGNALS:
    void changed();

private:
    Replica &m_replica;
    CommandQueue &m_commands;
    Roster m_roster;
    int m_loads = 0;
};

} // namespace Pagedesk
