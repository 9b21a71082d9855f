// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/browser/siterules.h"

#include <QWebEngineProfile>

namespace Pagedesk::Browser {

// A profile that lives in memory: no cookie, cache or history reaches the disk. It refuses
// downloads and looks at every request that a page makes.
class DialogProfile : public QWebEngineProfile {
    Q_OBJECT

public:
    explicit DialogProfile(const SiteRules &rules, QObject *parent = nullptr);

Q_SIGNALS:
    void downloadRefused();
};

} // namespace Pagedesk::Browser
