// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/messaging.h"
#include "app/sandbox/practicescript.h"

#include <QRandomGenerator>

namespace Pagedesk::Sandbox {

// Customers who write by themselves: a history when it begins, then now and then something new,
// and now and then a reaction to an answer. The same seed gives the same customers the same words.
class Practice final : public QObject {
    Q_OBJECT
public:
    Practice(
        World &world, Messaging &messaging, Scheduler &scheduler, const Clock &clock, quint32 seed);

    // Writes the history. Its message ids are the same each time, so that a receiver that keeps
    // its data over a restart of the sandbox recognises them.
    void begin();
    // The receiver is there: the first customer writes a second from now.
    void goOn();
    // Somebody has connected that Page: unless it has customers, a first one writes a second
    // from now.
    void welcome(const QString &pageId);

private:
    void writeLine(const ScriptLine &line, int number);
    void writeSomething();
    void scheduleNext();
    void answered(const QString &pageId, const QString &psid, const QString &mid);
    QList<Attachment> attachmentsOf(const ScriptLine &line, int number);
    QString pick(const QStringList &from);

    World &m_world;
    Messaging &m_messaging;
    Scheduler &m_scheduler;
    const Clock &m_clock;
    quint32 m_seed;
    QRandomGenerator m_random;
    bool m_isGoing = false;
};

} // namespace Pagedesk::Sandbox
