// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/desk/relayhttp.h"
#include "models/wire/frames.h"
#include "models/wire/pageprofiles.h"

#include <QHash>

namespace Pagedesk {

class LiveChannel;

// What an admin changes about a Page. Asked at once or not at all: nothing of it waits for a
// connection, so what was not done can be asked again. Errors as RelayHttp's.
class PageAdministration : public QObject {
    Q_OBJECT

public:
    PageAdministration(LiveChannel &channel, const Clock &clock, QObject *parent = nullptr);
    ~PageAdministration() override;

    // The relay and this device's token there.
    void setSource(const QUrl &relay, const Secret &token);

    // Done means that the relay has it; the Page itself comes with the next changes.
    Task<> setSettings(const Wire::SetPageSettings &wanted);
    // What the Page shows in Messenger, as Meta has it now.
    Task<Wire::ShownProfile> profileOf(const PageId &page);
    Task<Wire::ShownProfile> applyProfile(const Wire::ApplyProfile &order);

private:
    void handleFrame(const Wire::ServerFrame &frame);
    void handleClosed();
    void finish(const CommandId &id, Result<> result);

    LiveChannel &m_channel;
    const Clock &m_clock;
    RelayHttp m_http;
    QHash<CommandId, std::shared_ptr<Promise<>>> m_open;
    bool m_ready = false; // opened by the relay's Welcome
};

} // namespace Pagedesk
