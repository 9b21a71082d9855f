// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replica.h"
#include "tests/support/await.h"

#include <QTemporaryDir>

namespace Pagedesk::Testing {

// A replica in a folder that goes when the test ends. It can be closed and opened again, as the
// program does when it is started anew.
class TemporaryReplica {
public:
    TemporaryReplica() { open(); }

    QString path() const { return m_folder.filePath(QStringLiteral("replica.sqlite")); }
    QString folder() const { return m_folder.path(); }
    Replica &get() { return *m_replica; }
    Replica *operator->() { return m_replica.get(); }

    Result<> open()
    {
        m_replica = std::make_unique<Replica>();
        return m_replica->open(path());
    }
    void close() { m_replica.reset(); }
    // As the program has it before it knows its profile: made, not open.
    void makeAnew() { m_replica = std::make_unique<Replica>(); }

    template <typename F> auto write(F work)
    {
        using R = std::invoke_result_t<F, ReplicaWriter &>;
        return await(m_replica->write<typename R::value_type>(work));
    }
    template <typename F> auto read(F work)
    {
        using R = std::invoke_result_t<F, Connection &>;
        return await(m_replica->read<typename R::value_type>(work));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Replica> m_replica;
};

} // namespace Pagedesk::Testing
