// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/resolve.h"

#include "app/relay/dispatch/matching.h"
#include "app/relay/dispatch/replies.h"
#include "app/relay/intake/receipts.h"
#include "app/relay/ledger/messages.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

struct Context {
    Connection &connection;
    const Reading &reading;
    const SendTimes &times;
    Ledger::Touched &touched;
};

// The Page's messages in a list that may be a reply with a certain text.
struct Candidates {
    QList<RecentMessage> exact;
    bool hasOthers = false; // that might be it as well: nothing can be ruled out
};

qint64 attemptBegan(const Outbound &outbound)
{
    return outbound.attemptBegunAt > 0 ? outbound.attemptBegunAt : outbound.message.sentAt;
}

Result<Candidates> candidatesFor(Context &context, const Outbound &first)
{
    const PageId &page = first.message.pageId;
    const QString &text = first.message.text;
    Candidates candidates;
    for (const RecentMessage &each : context.reading.recent->messages) {
        if (each.fromId != page.value
            || each.sentAt < attemptBegan(first) - context.times.clockSlack)
            continue;
        const bool isExact = each.text == text;
        if (!isExact && !each.text.isEmpty() && !looksLike(each.text, text))
            continue;
        const auto ours = ownMessageByMid(context.connection, page, each.mid);
        if (!ours)
            return failure(ours.error());
        if (*ours)
            continue;
        const auto elsewhere = messageById(context.connection, messageIdFor(page, each.mid));
        if (!elsewhere)
            return failure(elsewhere.error());
        if (*elsewhere && each.text.isEmpty())
            continue; // something else than a text, sent with another tool
        if (isExact && !*elsewhere)
            candidates.exact.append(each);
        else
            candidates.hasOthers = true;
    }
    return candidates;
}

Result<> foundIt(Context &context, Message message, const RecentMessage &there)
{
    message.state = DeliveryState::Sent;
    message.mid = there.mid;
    message.sentAt = there.sentAt; // until the echo brings it to the millisecond
    if (auto applied = applyReceipts(context.connection, message); !applied)
        return applied;
    return saveReply(context.connection, message, context.touched);
}

Result<> ruledOut(Context &context, Message message)
{
    message.state = DeliveryState::Failed;
    message.failure = FailureKind::NotArrived;
    if (auto saved = saveReply(context.connection, message, context.touched); !saved)
        return saved;
    return failLaterParts(context.connection, message, context.touched);
}

// Nothing was learnt of a reply: it is read about later, or not any more.
Result<> leaveOpen(Context &context, const Outbound &outbound)
{
    const SendTimes &times = context.times;
    const qint64 dueAt = readingDueAt(outbound, times);
    if (dueAt == 0 || dueAt > context.reading.beganAt)
        return {};
    int tries = outbound.tries;
    qint64 nextTryAt = 0;
    if (context.reading.recent)
        ++tries;
    else if (context.reading.beganAt - outbound.attemptEndedAt < times.readingEnds)
        nextTryAt = context.reading.beganAt + times.readAgain;
    else
        tries = static_cast<int>(times.readAfter.size());
    if (auto noted = noteTry(context.connection, outbound.message.id, tries, nextTryAt); !noted)
        return noted;
    context.touched.outbound = true;
    return tries < times.readAfter.size()
        ? Result<>()
        : failLaterParts(context.connection, outbound.message, context.touched);
}

Result<> follow(Context &context, const Outbound &outbound, const Finding &finding, bool sure)
{
    if (finding.fate == Finding::Fate::There)
        return foundIt(context, outbound.message, *finding.message);
    const Reading &reading = context.reading;
    const bool late = reading.beganAt - outbound.attemptEndedAt >= context.times.absentAfter;
    if (finding.fate == Finding::Fate::NotThere && sure && late
        && reachesBackTo(attemptBegan(outbound), *reading.recent, context.times.clockSlack))
        return ruledOut(context, outbound.message);
    return leaveOpen(context, outbound);
}

// Unknown replies with the same text, in the order of their attempts.
Result<> resolveAlike(Context &context, const QList<Outbound> &alike)
{
    const auto candidates = candidatesFor(context, alike.first());
    if (!candidates)
        return failure(candidates.error());
    QList<qint64> beganAt;
    for (const Outbound &outbound : alike)
        beganAt.append(attemptBegan(outbound));
    const auto findings = matchByOrder(beganAt, candidates->exact, context.times.clockSlack);
    for (qsizetype i = 0; i < alike.size(); ++i) {
        if (auto done = follow(context, alike.at(i), findings.at(i), !candidates->hasOthers); !done)
            return done;
    }
    return {};
}

} // namespace

qint64 readingDueAt(const Outbound &unknown, const SendTimes &times)
{
    if (unknown.tries >= times.readAfter.size())
        return 0;
    return std::max(unknown.nextTryAt, unknown.attemptEndedAt + times.readAfter.at(unknown.tries));
}

Result<> resolveUnknown(Connection &connection, const Reading &reading, const SendTimes &times,
    Ledger::Touched &touched)
{
    Context context{connection, reading, times, touched};
    const auto underWay = outboundOf(connection, reading.conversation);
    if (!underWay)
        return failure(underWay.error());
    QStringList beingSent; // which may be in the list, but are not unknown
    QHash<QString, QList<Outbound>> byText;
    for (const Outbound &outbound : *underWay) {
        if (outbound.message.state == DeliveryState::Sending)
            beingSent.append(outbound.message.text);
        if (outbound.message.state == DeliveryState::Unknown
            && reading.beganAt - outbound.attemptEndedAt < 2 * times.readingEnds)
            byText[outbound.message.text].append(outbound);
    }
    for (QList<Outbound> &alike : byText) {
        std::sort(alike.begin(), alike.end(),
            [](const Outbound &a, const Outbound &b) { return attemptBegan(a) < attemptBegan(b); });
        const bool canTell = reading.recent && !beingSent.contains(alike.first().message.text);
        if (canTell) {
            if (auto done = resolveAlike(context, alike); !done)
                return done;
            continue;
        }
        for (const Outbound &outbound : std::as_const(alike)) {
            if (auto left = leaveOpen(context, outbound); !left)
                return left;
        }
    }
    return {};
}

} // namespace Pagedesk::Relay
