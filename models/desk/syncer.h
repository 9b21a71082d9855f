// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/backfill.h"
#include "models/desk/relayrequests.h"
#include "models/store/replica/originstore.h"
#include "models/store/replica/threadstore.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace Pagedesk {

class LiveChannel;
class Replica;

// Brings the replica to where the relay is and keeps it there: says hello with what is stored,
// takes in changes, fetches what lies further back. Rows and cursors are stored together, so a cut
// at any moment costs nothing but the page that was on its way.
class Syncer : public QObject {
    Q_OBJECT

public:
    Syncer(Replica &replica, LiveChannel &channel, QObject *parent = nullptr);
    ~Syncer() override;

    // Says whose rows the replica holds. Those of another relay or operator are dropped; what was
    // written here and not sent is kept.
    Task<> adopt(const Origin &origin);

    // Removes everything the replica holds, also what had not been sent.
    Result<> forget();

    // Whether questions to the relay can be asked.
    bool isConnected() const { return m_requests.isReady(); }

    // A part of a thread that was fetched from the relay and stored.
    struct ThreadPart {
        std::optional<ThreadPlace> lowest; // nothing: the part was empty
        bool more = false; // there is more below it
    };
    // Fetches messages before a place, or the newest. Offline, Timeout or the relay's refusal.
    Task<ThreadPart> fetchThread(
        const ConversationId &conversation, const std::optional<ThreadPlace> &before, int limit);
    // What the relay knows of how a message came or went. Offline, Timeout, NotFound.
    Task<Wire::Inspection> inspect(const MessageId &message);

Q_SIGNALS:
    // Once a connection: every stream has what the relay had when it said Welcome, and the newest
    // conversations are here.
    void caughtUp();

private:
    struct Target {
        qint64 head = 0; // what the relay had when it said Welcome
        StreamProgress here;
    };

    void handleOpened();
    void handleClosed();
    void handleFrame(const Wire::ServerFrame &frame);
    void handleWelcome(const Wire::Welcome &welcome);
    void handleAdded(const Wire::StreamInfo &stream);
    void handleRemoved(const QString &stream);
    void handleChanges(const Wire::Changes &changes);
    void handleProgress(const StreamProgress &progress);
    void follow(int run, const QList<Wire::StreamInfo> &streams,
        const Result<QList<StreamProgress>> &stored);
    void dropFor(int run, const Error &error);
    void lookWhetherCaughtUp();

    Replica &m_replica;
    LiveChannel &m_channel;
    RelayRequests m_requests;
    Backfill m_backfill;
    QTimer m_welcomeDue;
    QHash<QString, Target> m_targets;
    int m_run = 0; // rises with every connection
    bool m_welcomed = false;
    bool m_caughtUp = false;
};

} // namespace Pagedesk
