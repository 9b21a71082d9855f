// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/groupwriter.h"

namespace Pagedesk {

void GroupWriter::write(const Group &group)
{
    if (group.size() > 1) {
        if (writeTogether(group)) {
            for (const auto &write : group)
                write->finish({});
            return;
        }
    }
    for (const auto &write : group)
        write->finish(writeAlone(*write));
}

Result<> GroupWriter::writeTogether(const Group &group)
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
