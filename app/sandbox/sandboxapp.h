// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/options.h"
#include "models/base/result.h"

#include <QObject>

#include <memory>

namespace Pagedesk::Sandbox {

// The simulated Meta as a whole: makes the parts and joins them. The HTTP servers have threads of
// their own; everything else lives on the thread that makes this.
class SandboxApp final : public QObject {
    Q_OBJECT
public:
    explicit SandboxApp(const Options &options);
    ~SandboxApp() override;

    struct Addresses {
        QString graph; // "http://127.0.0.1:8490"
        QString media;
    };
    // Binds both servers, writes the practice history and begins the handshake.
    Result<Addresses> start();
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace Pagedesk::Sandbox
