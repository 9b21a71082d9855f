// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/load/loadgenerator.h"
#include "tests/load/syncclient.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTcpSocket>

#include <memory>
#include <vector>

namespace Pagedesk::Tests {

// Customers who write at a steady pace, and a desktop that listens: how soon each message is
// answered with 200 and how soon the desktop has it; and whether it has each once and in order.
class SteadyCustomers : public QObject {
    Q_OBJECT

public:
    static constexpr int People = 200;

    SteadyCustomers(
        const QUrl &relay, const Secret &token, int perSecond, const QByteArray &secret);
    ~SteadyCustomers() override;

    void start();
    // No new messages; false when what was sent has not been answered and heard within a minute.
    bool pause();

    // Since the last call, in milliseconds; unanswered ones count with what they have waited.
    struct Times {
        QList<double> answered;
        QList<double> heard;
    };
    Times takeTimes();

    // What went wrong since the beginning: an answer that is not 200, a message doubled, lost or
    // out of order. Empty when nothing did.
    QString problem() const { return m_problem; }
    int sent() const { return m_next; }
    // Of the messages sent so far, the conversation and its mids, oldest first.
    QHash<QString, QStringList> threads() const;

private:
    struct Line {
        QTcpSocket socket;
        QByteArray answer;
        QList<int> waiting; // to be sent, and first the one under way
        bool busy = false;
    };

    void tick();
    void feed(Line &line);
    void receive(Line &line);
    void hear(const Wire::Changes &changes);
    void hear(const Message &message);
    double now() const { return static_cast<double>(m_time.nsecsElapsed()) / 1e6; }
    void fail(const QString &problem);
    PreparedRequest &request(int number);

    const int m_perSecond;
    const QByteArray m_secret;
    SyncClient m_client;
    QTimer m_tick;
    QElapsedTimer m_time;
    std::vector<std::unique_ptr<Line>> m_lines;
    quint16 m_port;
    QList<PreparedRequest> m_batch; // m_batchBegin and on
    int m_batchBegin = 0;
    int m_next = 0; // the number of the next message
    int m_heard = 0;
    double m_startedAt = 0;
    int m_startedWith = 0;
    QHash<int, double> m_dueAt; // of messages that were not both answered and heard
    QHash<int, int> m_open; // how many of the two are missing
    QHash<int, int> m_lastOf; // by person, the last message heard
    Times m_times;
    QString m_problem;
};

} // namespace Pagedesk::Tests
