// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <deque>

namespace Pagedesk::Sandbox {

// The newest calls of the Graph API, for tests of how often a client calls. By a clock of its own,
// which moving the sandbox's clock does not touch.
class CallLog {
public:
    CallLog() { m_since.start(); }

    void note(const QString &pageId, const QString &method, const QString &path)
    {
        if (m_calls.size() == MostCalls)
            m_calls.pop_front();
        m_calls.push_back({m_since.elapsed(), pageId, method, path});
    }

    // Oldest first; of one Page unless `pageId` is empty.
    QJsonArray list(const QString &pageId) const
    {
        QJsonArray calls;
        for (const Call &call : m_calls) {
            if (!pageId.isEmpty() && call.pageId != pageId)
                continue;
            calls.append(QJsonObject{{QStringLiteral("afterMs"), call.afterMs},
                {QStringLiteral("pageId"), call.pageId}, {QStringLiteral("method"), call.method},
                {QStringLiteral("path"), call.path}});
        }
        return calls;
    }

private:
    static constexpr std::size_t MostCalls = 5000;
    struct Call {
        qint64 afterMs = 0; // since the sandbox began
        QString pageId; // whose token was used; empty for others
        QString method;
        QString path; // without the version
    };

    QElapsedTimer m_since;
    std::deque<Call> m_calls;
};

} // namespace Pagedesk::Sandbox
