// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/error.h"
#include "models/domain/message.h"

#include <QObject>

namespace Pagedesk {

class Outbox;
class Threads;

// How far a test message has come, each step with its time in ms UTC; 0: not yet. The first is
// Meta's, the next two are the relay's, the others this computer's: their clocks may differ.
struct ProbeSteps {
    QString word; // to be written to the Page; empty: no probe runs
    qint64 startedAt = 0;
    qint64 writtenAt = 0;
    qint64 receivedAt = 0;
    qint64 storedAt = 0;
    qint64 shownAt = 0; // it is on this desktop
    qint64 answeredAt = 0; // the answer was given to the outbox
    qint64 sentAt = 0;
    qint64 deliveredAt = 0;
    FailureKind failure = FailureKind::None; // of the answer
    std::optional<Error> error; // the answer was not taken

    bool isOver() const { return deliveredAt > 0 || failure != FailureKind::None || error; }
    bool operator==(const ProbeSteps &) const = default;
};

// Waits for a message with a word that is good once, answers it, and follows the answer.
class PageProbe : public QObject {
    Q_OBJECT

public:
    PageProbe(Threads &threads, Outbox &outbox, const Clock &clock, QObject *parent = nullptr);

    // `answer` is what the writer gets back. Another probe is given up.
    void start(const PageId &page, const QString &answer);
    void stop();
    const ProbeSteps &steps() const { return m_steps; }

Q_SIGNALS:
    void changed(const Pagedesk::ProbeSteps &steps);

private:
    void look(const Message &message);
    void arrived(const Message &message);
    void follow(const Message &message);

    Threads &m_threads;
    Outbox &m_outbox;
    const Clock &m_clock;
    ProbeSteps m_steps;
    PageId m_page;
    QString m_answer;
    MessageId m_reply;
    int m_run = 0;
};

} // namespace Pagedesk
