// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Pagedesk::Tests {

class World;

// A disk of 8 MiB under the relay's data folder: a tmpfs that only this process and its children
// see. Whoever may not mount gets the ordinary disk and a preloaded library that says it is full.
class SmallDisk {
public:
    // Before the relay starts; `nospace` is the path of that library.
    SmallDisk(World &world, const QString &nospace);
    ~SmallDisk();
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isReal() const { return m_isReal; }
    // Leaves so many bytes; with the library nothing at all is left.
    void leave(qint64 bytes);
    void giveBack();

private:
    QString m_folder;
    QString m_ballast;
    bool m_isReal = false;
};

} // namespace Pagedesk::Tests
