// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/faults.h"
#include "app/sandbox/medialinks.h"
#include "app/sandbox/scheduler.h"
#include "app/sandbox/world.h"
#include "app/server/http.h"

namespace Pagedesk::Sandbox {

// The host behind the signed addresses of attachments and pictures.
class MediaHost final : public QObject {
    Q_OBJECT
public:
    MediaHost(const World &world, const MediaLinks &links, Scheduler &scheduler, Faults &faults);

    void handle(const Server::Request &request, const Server::Responder &responder);

private:
    Server::Response answer(const Server::Request &request) const;

    const World &m_world;
    const MediaLinks &m_links;
    Scheduler &m_scheduler;
    Faults &m_faults;
};

// The bytes of a file, or the part that a Range header asks for (RFC 9110, 14).
Server::Response fileResponse(const MediaFile &file, std::string_view range);

} // namespace Pagedesk::Sandbox
