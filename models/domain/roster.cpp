// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/roster.h"

#include <algorithm>

namespace Pagedesk {

namespace {

template <typename List, typename Id> QString nameIn(const List &list, const Id &id)
{
    const auto found = std::find_if(
        list.cbegin(), list.cend(), [&id](const auto &each) { return each.id == id; });
    return found == list.cend() ? QString() : found->name;
}

} // namespace

QString Roster::nameOf(const OperatorId &id) const
{
    return nameIn(people, id);
}

QString Roster::nameOf(const TeamId &id) const
{
    return nameIn(teams, id);
}

const Label *Roster::label(const QString &id) const
{
    const auto found = std::find_if(
        labels.cbegin(), labels.cend(), [&id](const Label &each) { return each.id.value == id; });
    return found == labels.cend() ? nullptr : &*found;
}

QString Roster::holderOf(const Conversation &conversation) const
{
    return conversation.assignee.isEmpty() ? nameOf(conversation.team)
                                           : nameOf(conversation.assignee);
}

QList<Label> Roster::labelsOf(const Conversation &conversation) const
{
    QList<Label> borne;
    if (conversation.labels.isEmpty())
        return borne;
    std::copy_if(labels.cbegin(), labels.cend(), std::back_inserter(borne),
        [&conversation](const Label &each) { return conversation.labels.contains(each.id.value); });
    return borne;
}

} // namespace Pagedesk
