// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/relayrequests.h"
#include "models/store/replica/streamstore.h"

#include <QObject>

namespace Pagedesk {

class Replica;

// Fetches what lies before the beginning of streams: first the conversations by last activity,
// then the history backwards. One request a stream at a time; goes on from what is stored.
class Backfill : public QObject {
    Q_OBJECT

public:
    Backfill(Replica &replica, RelayRequests &requests, QObject *parent = nullptr);

    // Goes on with a stream where its progress says.
    void start(const StreamProgress &progress);
    // Forgets every stream: the connection is gone.
    void stop();

Q_SIGNALS:
    // A page of it was stored.
    void progressed(const Pagedesk::StreamProgress &progress);
    void failed(const Pagedesk::Error &error); // the replica could not take it

private:
    void askConversations(const StreamProgress &progress);
    void askHistory(const StreamProgress &progress);
    void handleStored(int run, const QString &stream, const Result<StreamProgress> &stored);
    void handleRefused(int run, const StreamProgress &progress, const Error &error);

    Replica &m_replica;
    RelayRequests &m_requests;
    int m_run = 0; // rises with every stop(), so that late answers are not taken for new ones
};

} // namespace Pagedesk
