// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/graph/httpclient.h"
#include "models/base/result.h"

#include <QStringList>
#include <QUrl>

namespace Pagedesk::Relay {

// Which addresses media may be fetched from. The default are Meta's hosts; a host given with
// --media-hosts that is an address of this machine (for the sandbox) is allowed over http too.
class MediaRules {
public:
    static constexpr qint64 MaxBytes = qint64(32) * 1024 * 1024;

    // Names are matched at a label boundary: "fbcdn.net" allows "scontent.xx.fbcdn.net".
    explicit MediaRules(QStringList hosts);

    // How to fetch `url`, or Forbidden with the reason in a short word.
    Result<HttpCall> callFor(const QUrl &url) const;

private:
    QStringList m_hosts;
};

QStringList metaMediaHosts(); // Messenger Platform, media addresses, 2026: fbcdn.net, fbsbx.com

} // namespace Pagedesk::Relay
