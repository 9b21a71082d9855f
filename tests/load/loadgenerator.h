// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

namespace Pagedesk::Tests {

// One signed webhook request, ready to be written to a socket.
struct PreparedRequest {
    QString mid;
    QByteArray bytes;
};

// `count` different customer messages of `people` customers, signed, with mids "m_<prefix>_<n>".
QList<PreparedRequest> prepareMessages(
    const QString &prefix, int first, int count, int people, const QByteArray &secret);

struct LoadResult {
    QList<QString> acknowledged; // mids answered 200, in the order of the answers
    QList<double> latenciesMs; // of every 200, from when it was due
    qint64 refused = 0; // answered with another status
    QList<double> refusalsMs; // how long each of those took
    qint64 broken = 0; // connections that ended without an answer
    double seconds = 0; // from the first request to the last answer
};

struct LoadPlan {
    quint16 port = 0;
    int connections = 64;
    double perSecond = 0; // 0: as fast as the answers come
    double deadlineSeconds = 60;
    // Asked now and then; true ends the run early.
    std::function<bool(const LoadResult &)> enough = nullptr;
};

// Sends each request once over keep-alive connections, from one thread, and waits for the answers.
// A connection that breaks is opened again; its unanswered request is not sent a second time.
LoadResult sendLoad(const LoadPlan &plan, const QList<PreparedRequest> &requests);

// The value below which `part` (0..1) of the values lie; sorts a copy. 0 for none.
double percentile(QList<double> values, double part);

} // namespace Pagedesk::Tests
