// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/entities.h"
#include "app/sandbox/grapherrors.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>

namespace Pagedesk::Sandbox {

// Gets what stands behind the address of an attachment. Only addresses of this machine are asked;
// for any other a stand-in is made, since practice must not reach out to the network.
class MediaFetcher final : public QObject {
    Q_OBJECT
public:
    // Without an id yet. Error 100/2018008 when the address does not give it.
    using Answer = std::function<void(tl::expected<MediaFile, GraphError>)>;

    MediaFetcher();

    void fetch(const QUrl &url, const QString &attachmentType, const Answer &answer);

private:
    QNetworkAccessManager m_network;
};

} // namespace Pagedesk::Sandbox
