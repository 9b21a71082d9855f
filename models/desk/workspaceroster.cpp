// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/workspaceroster.h"

#include "models/base/logging.h"
#include "models/desk/commandqueue.h"
#include "models/store/replica/commandstore.h"
#include "models/store/replica/labelstore.h"
#include "models/store/replica/operatorstore.h"
#include "models/store/replica/originstore.h"
#include "models/store/replica/replica.h"

#include <algorithm>

namespace Pagedesk {

namespace {

bool byName(const auto &a, const auto &b)
{
    const int order = a.name.compare(b.name, Qt::CaseInsensitive);
    return order != 0 ? order < 0 : a.id < b.id;
}

// Labels with what waits here.
Result<QList<Label>> labelsOf(Connection &connection)
{
    auto labels = LabelStore::all(connection);
    if (!labels)
        return labels;
    const auto waiting = CommandStore::ofKind(connection, CommandKind::Label);
    if (!waiting)
        return failure(waiting.error());
    for (const StoredCommand &stored : *waiting) {
        const auto frame = Wire::decodeClientFrame(stored.frame);
        const auto *command = frame ? std::get_if<Wire::Command>(&*frame) : nullptr;
        const auto *save = command ? std::get_if<Wire::SaveLabel>(&command->body) : nullptr;
        if (save == nullptr)
            continue;
        labels->removeIf([save](const Label &label) { return label.id == save->label.id; });
        labels->append(save->label);
    }
    labels->removeIf([](const Label &label) { return !label.active; });
    std::sort(labels->begin(), labels->end(), byName<Label, Label>);
    return labels;
}

Result<Roster> read(Connection &connection)
{
    auto people = OperatorStore::all(connection);
    if (!people)
        return failure(people.error());
    const auto teams = OperatorStore::teams(connection);
    if (!teams)
        return failure(teams.error());
    const auto labels = labelsOf(connection);
    if (!labels)
        return failure(labels.error());
    const auto origin = OriginStore::load(connection);
    if (!origin)
        return failure(origin.error());
    std::sort(people->begin(), people->end(), byName<Operator, Operator>);
    return Roster{origin->value_or(Origin()).operatorId, *people, *teams, *labels};
}

} // namespace

WorkspaceRoster::WorkspaceRoster(Replica &replica, CommandQueue &commands, QObject *parent)
    : QObject(parent)
    , m_replica(replica)
    , m_commands(commands)
{
    connect(&replica, &Replica::reset, this, &WorkspaceRoster::load);
    connect(&replica, &Replica::changed, this, [this](const ReplicaChanges &changes) {
        if (changes.roster)
            load();
    });
    if (replica.isOpen())
        load();
}

void WorkspaceRoster::load()
{
    m_replica.read<Roster>(&read).then(
        this, [this, load = ++m_loads](const Result<Roster> &roster) {
            if (load != m_loads)
                return; // a newer one is under way
            if (!roster) {
                qCWarning(logDesk) << "cannot read the roster" << kindName(roster.error().kind);
                return;
            }
            if (*roster == m_roster)
                return;
            m_roster = *roster;
            Q_EMIT changed();
        });
}

Task<> WorkspaceRoster::saveLabel(const Label &label, const ConversationId &near)
{
    const StoredCommand command = storedCommand(m_commands.newId(), Wire::SaveLabel{label}, near);
    return m_replica.write<void>(
        [command](ReplicaWriter &writer) { return CommandStore::add(writer, command); });
}

LabelId WorkspaceRoster::newLabelId() const
{
    return {m_commands.newId().value};
}

} // namespace Pagedesk
