// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/store/database.h"
#include "models/wire/frames.h"

#include <QHash>
#include <QPointer>

#include <deque>

namespace Pagedesk::Relay {

// What desktops ask to be read from the ledger: one request at a time, and the devices in turn. So
// what happens now waits for one of them at most before it is read, however many there are, and a
// device that asks a lot delays itself.
class RequestLine : public QObject {
    Q_OBJECT

public:
    using Read = std::function<Result<Wire::ServerFrame>(Connection &)>;
    using Answered = std::function<void(const Result<Wire::ServerFrame> &)>;

    explicit RequestLine(Database &database, QObject *parent = nullptr);

    // `answered` is called later, on this object's thread, unless `asker` is gone by then.
    void ask(const DeviceId &device, QObject *asker, Read read, Answered answered);

private:
    struct Request {
        QPointer<QObject> asker;
        Read read;
        Answered answered;
    };

    void next();

    Database &m_database;
    QHash<DeviceId, std::deque<Request>> m_waiting; // none is empty
    std::deque<DeviceId> m_turns; // those that wait, each once
    bool m_reading = false;
};

} // namespace Pagedesk::Relay
