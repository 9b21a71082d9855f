// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointer>
#include <QTimer>

#include <string>
#include <vector>

namespace Pagedesk::Relay {

// Reads what is new in a stream: once for all desktops that are equally far, which those that are
// live always are.
class ChangeReader : public QObject {
    Q_OBJECT

public:
    struct News {
        qint64 toSeq = 0; // not above `after`: there is nothing
        std::string frame; // Wire::Changes, encoded
        bool mayHaveMore = false; // than one frame holds
    };
    using Done = std::function<void(const Result<News> &)>;

    explicit ChangeReader(Database &database, QObject *parent = nullptr);

    // What has been committed by then above `after`, or the beginning of it. `done` is called
    // later, on this object's thread, unless `asker` is gone by then. At least some milliseconds
    // lie between two reads, so that a storm of events is told in fewer and larger frames;
    // `isBehind`: not for a desktop that has to catch up.
    void read(const QString &stream, qint64 after, bool isBehind, QObject *asker, Done done);

private:
    struct Asker {
        QPointer<QObject> object;
        Done done;
    };
    struct Place {
        QString stream;
        qint64 after = 0;

        bool operator==(const Place &) const = default;
        friend size_t qHash(const Place &place, size_t seed = 0)
        {
            return qHashMulti(seed, place.stream, place.after);
        }
    };

    void readAll();

    Database &m_database;
    QTimer m_next;
    QElapsedTimer m_sinceLast;
    QHash<Place, std::vector<Asker>> m_waiting; // for a read that has not begun
};

} // namespace Pagedesk::Relay
