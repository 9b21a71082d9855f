// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/dispatch/matching.h"

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

class Matching {
public:
    Matching(const QList<qint64> &startedAt, const QList<RecentMessage> &candidates, qint64 slack)
        : m_startedAt(startedAt)
        , m_candidates(candidates)
        , m_slack(slack)
        , m_findings(startedAt.size())
    {
        for (qsizetype i = 0; i < startedAt.size(); ++i)
            m_open.append(i);
    }

    QList<Finding> run()
    {
        // More messages than replies: at least one is not ours, and none says which.
        while (m_candidates.size() <= m_open.size() && takeOnlyChoice()) { }
        if (m_candidates.isEmpty()) {
            for (const qsizetype i : std::as_const(m_open))
                m_findings[i].fate = Finding::Fate::NotThere;
        } else if (m_candidates.size() == m_open.size() && canBePaired()) {
            for (qsizetype i = 0; i < m_open.size(); ++i)
                m_findings[m_open.at(i)] = {Finding::Fate::There, m_candidates.at(i)};
        }
        return m_findings;
    }

private:
    bool canBe(qsizetype reply, const RecentMessage &message) const
    {
        return message.sentAt >= m_startedAt.at(reply) - m_slack;
    }

    bool canBePaired() const
    {
        for (qsizetype i = 0; i < m_open.size(); ++i) {
            if (!canBe(m_open.at(i), m_candidates.at(i)))
                return false;
        }
        return true;
    }

    // A message that only the first reply was early enough for.
    bool takeOnlyChoice()
    {
        if (m_candidates.isEmpty() || m_open.isEmpty())
            return false;
        const RecentMessage &first = m_candidates.first();
        if (!canBe(m_open.first(), first) || (m_open.size() > 1 && canBe(m_open.at(1), first)))
            return false;
        if (m_candidates.size() > 1 && !canBe(m_open.at(1), m_candidates.at(1)))
            return false; // two for one
        m_findings[m_open.first()] = {Finding::Fate::There, first};
        m_open.removeFirst();
        m_candidates.removeFirst();
        return true;
    }

    const QList<qint64> &m_startedAt;
    QList<RecentMessage> m_candidates;
    qint64 m_slack;
    QList<Finding> m_findings;
    QList<qsizetype> m_open;
};

} // namespace

QList<Finding> matchByOrder(
    const QList<qint64> &startedAt, QList<RecentMessage> candidates, qint64 slack)
{
    if (startedAt.isEmpty())
        return {};
    // Before the first attempt: somebody else's.
    const qint64 from = startedAt.first() - slack;
    candidates.removeIf([from](const RecentMessage &each) { return each.sentAt < from; });
    std::reverse(candidates.begin(), candidates.end());
    std::stable_sort(candidates.begin(), candidates.end(),
        [](const RecentMessage &a, const RecentMessage &b) { return a.sentAt < b.sentAt; });
    return Matching(startedAt, candidates, slack).run();
}

bool reachesBackTo(qint64 startedAt, const RecentMessages &recent, qint64 slack)
{
    return recent.complete
        || (!recent.messages.isEmpty() && recent.messages.last().sentAt < startedAt - slack);
}

bool looksLike(const QString &a, const QString &b)
{
    const auto plain = [](const QString &text) {
        return text.normalized(QString::NormalizationForm_KC).simplified();
    };
    return a == b || plain(a) == plain(b);
}

} // namespace Pagedesk::Relay
