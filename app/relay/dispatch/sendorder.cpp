// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/sendorder.h"

#include <algorithm>
#include <tuple>

namespace Pagedesk::Relay {

namespace {

struct Placed {
    qsizetype index = 0; // in the list
    qsizetype conversation = 0; // where its conversation begins in the list
    qint64 turn = 0;
    int part = 0;
    qint64 arrival = 0;

    auto key() const { return std::tie(conversation, turn, part, arrival); }
};

} // namespace

QList<Outbound> inSendOrder(
    const QList<Outbound> &replies, const QHash<ConversationId, QString> &begun)
{
    QList<Placed> places;
    places.reserve(replies.size());
    QHash<QString, qint64> turns; // of the groups of the conversation at hand
    qsizetype conversation = 0;
    for (qsizetype i = 0; i < replies.size(); ++i) {
        const Message &message = replies.at(i).message;
        if (message.conversationId != replies.at(conversation).message.conversationId) {
            conversation = i;
            turns.clear();
        }
        const QString &group = message.details.group;
        Placed placed{i, conversation, message.arrival, 0, message.arrival};
        if (!group.isEmpty()) {
            const bool isNext = begun.value(message.conversationId) == group;
            placed.turn = isNext ? 0 : turns.value(group, message.arrival);
            placed.part = message.details.part;
            turns.insert(group, placed.turn);
        }
        places.append(placed);
    }
    std::sort(places.begin(), places.end(),
        [](const Placed &a, const Placed &b) { return a.key() < b.key(); });
    QList<Outbound> ordered;
    ordered.reserve(replies.size());
    for (const Placed &placed : std::as_const(places))
        ordered.append(replies.at(placed.index));
    return ordered;
}

} // namespace Pagedesk::Relay
