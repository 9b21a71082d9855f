// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

namespace Pagedesk {

// Whether Pagedesk starts with the person's session: an entry of the folder "autostart" as the
// Desktop Application Autostart Specification 0.5 says.
class Autostart {
public:
    // `folder`: the one of the person's configuration, $XDG_CONFIG_HOME. The command is this
    // program, with its profile when that is not the usual one.
    Autostart(const QString &folder, const QString &program, const QStringList &arguments);

    bool isOn() const;
    // Storage when the entry cannot be written or removed.
    Result<> set(bool on) const;

private:
    QString m_file;
    QString m_command;
};

} // namespace Pagedesk
