// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/groupwriter.h"

namespace Pagedesk {

void GroupWriter::write(Group group)
{
    if (group.size() == 1) {
        group.front()->finish(writeAlone(*group.front()));
    } else if (writeTogether(group)) {
        for (const auto &write : group)
            write->finish({});
    } else {
        const size_t half = group.size() / 2;
        write(group.first(half));
        write(group.subspan(half));
    }
}

Result<> GroupWriter::writeTogether(Group group)
{
    if (const auto begun = m_connection.begin(); !begun)
        return failure(begun.error());
    for (const auto &write : group) {
        if (const auto done = write->run(m_connection); !done) {
            m_connection.rollBack();
            return done;
        }
    }
    if (const auto done = m_connection.commit(); !done) {
        m_connection.rollBack();
        return failure(done.error());
    }
    return {};
}

Result<> GroupWriter::writeAlone(Write &write)
{
    if (const auto begun = m_connection.begin(); !begun)
        return failure(begun.error());
    auto done = write.run(m_connection);
    if (done) {
        if (const auto committed = m_connection.commit(); !committed)
            done = failure(committed.error());
    }
    if (!done)
        m_connection.rollBack();
    return done;
}

} // namespace Pagedesk
