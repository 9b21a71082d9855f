// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/connect/pageinspector.h"
#include "app/relay/graph/pacing.h"
#include "app/relay/metrics.h"
#include "models/domain/conversation.h"
#include "models/wire/diagnosis.h"

namespace Pagedesk::Relay {

// Looks at everything that Meta demands of a Page before its messages come and go, from outside
// where that is where Meta stands.
class PageDoctor : public QObject {
    Q_OBJECT

public:
    // What it works with; all of it outlives this.
    struct Parts {
        Ledger &ledger;
        HttpClient &http;
        GraphClient &graph;
        const FacebookCalls &calls;
        FacebookLogins &logins;
        PageInspector &inspector;
        Pacing &pacing;
        const Vault &vault;
        const Metrics &metrics;
        const Clock &clock;
    };
    // How the relay is reached, and what Meta knows it by.
    struct Settings {
        QUrl address; // the public one, else the one it listens on
        bool isPublic = false;
        bool isSimulated = false; // Meta is played on this computer
        Secret verifyToken;
        Secret appSecret;
    };

    explicit PageDoctor(const Parts &parts, QObject *parent = nullptr);
    void useSettings(const Settings &settings) { m_settings = settings; }

    // NotFound: no such Page.
    Task<Wire::Diagnosis> diagnose(const PageId &page);

private:
    struct Round;
    using Handle = std::shared_ptr<Round>;

    void readLedger(const Handle &round);
    void askAboutTask(const Handle &round);
    void askAboutPage(const Handle &round);
    void askAboutMessaging(const Handle &round);
    void askAboutApp(const Handle &round);
    void askAboutOwners(const Handle &round, QList<Conversation> held);
    void noteFree(const Conversation &conversation);
    void askAddress(const Handle &round);
    void shakeHands(const Handle &round);
    void sendSigned(const Handle &round);
    QUrl urlOf(const QString &path) const;

    Parts m_parts;
    Settings m_settings;
};

} // namespace Pagedesk::Relay
