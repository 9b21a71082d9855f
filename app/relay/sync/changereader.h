// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"

#include <QHash>
#include <QPointer>

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
    };
    using Done = std::function<void(const Result<News> &)>;

    explicit ChangeReader(Database &database, QObject *parent = nullptr);

    // What has been committed by now above `after`, or the beginning of it. `done` is called later,
    // on this object's thread, unless `asker` is gone by then.
    void read(const QString &stream, qint64 after, QObject *asker, Done done);

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
    QHash<Place, std::vector<Asker>> m_waiting; // for a read that has not begun
};

} // namespace Pagedesk::Relay
