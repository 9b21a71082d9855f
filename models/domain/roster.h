// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/label.h"
#include "models/domain/operator.h"

namespace Pagedesk {

// Who and what a conversation can be given: people and teams, and the workspace's labels.
struct Roster {
    OperatorId self;
    QList<Operator> people; // revoked ones too: conversations may still name them; by name
    QList<Team> teams; // active ones, by name
    QList<Label> labels; // active ones, by name

    QString nameOf(const OperatorId &id) const; // empty when not known
    QString nameOf(const TeamId &id) const;
    const Label *label(const QString &id) const;
    // Who has a conversation, else whose queue it is in; empty: nobody.
    QString holderOf(const Conversation &conversation) const;
    // In the order of their names; ones that were removed are left out.
    QList<Label> labelsOf(const Conversation &conversation) const;

    bool operator==(const Roster &) const = default;
};

} // namespace Pagedesk
