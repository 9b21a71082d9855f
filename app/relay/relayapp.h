// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/api/callbackendpoint.h"
#include "app/relay/api/connectendpoint.h"
#include "app/relay/api/peopleendpoint.h"
#include "app/relay/api/router.h"
#include "app/relay/connect/facebooklogins.h"
#include "app/relay/connect/pageconnector.h"
#include "app/relay/connect/pagedoctor.h"
#include "app/relay/connect/pageinspector.h"
#include "app/relay/dispatch/dispatcher.h"
#include "app/relay/dispatch/reconciler.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/intake/pagefigures.h"
#include "app/relay/intake/webhookendpoint.h"
#include "app/relay/jobs/checkjob.h"
#include "app/relay/jobs/historyjob.h"
#include "app/relay/jobs/jobrunner.h"
#include "app/relay/jobs/matchjob.h"
#include "app/relay/jobs/mediajob.h"
#include "app/relay/jobs/pagereader.h"
#include "app/relay/jobs/profilejob.h"
#include "app/relay/jobs/subscriptionjob.h"
#include "app/relay/jobs/takethreadjob.h"
#include "app/relay/jobs/thumbnailjob.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/media/blobstore.h"
#include "app/relay/media/mediarules.h"
#include "app/relay/metrics.h"
#include "app/relay/relayconfig.h"
#include "app/relay/service/certificate.h"
#include "app/relay/service/servicemanager.h"
#include "app/relay/service/watchdog.h"
#include "app/relay/sync/synchub.h"
#include "app/server/httpserver.h"
#include "models/wire/pairing.h"

#include <QObject>

namespace Pagedesk::Relay {

// Builds the serving relay from its parts; reading this class is reading the architecture.
class RelayApp : public QObject {
    Q_OBJECT

public:
    RelayApp(RelayConfig config, Vault vault, QObject *parent = nullptr);
    ~RelayApp() override;

    // Serves this socket instead of one it opens itself. Before start().
    void useSocket(const ServiceManager::PassedSocket &socket) { m_passed = socket; }
    // Opens the ledger, listens and begins to work. The address it listens on.
    Result<QString> start();
    // A link for the workspace's first admin; nothing when there is one.
    Result<std::optional<Wire::PairingLink>> inviteFirstAdmin();
    bool hasNoAdmin();
    // Stops accepting, answers what was accepted, finishes what is being sent; emits stopped().
    void stop();
    // Reads the certificate again.
    void reload();

Q_SIGNALS:
    void stopped();

private:
    Result<> lockFolder();
    Result<QString> listen();
    void checkMasterKey();
    Result<> rememberAddress(const QString &address);
    void handleJobs();
    Result<> careForPages();
    Result<> writeNow(const Ledger::Work &work);

    RelayConfig m_config;
    SystemClock m_clock;
    Metrics m_metrics;
    Vault m_vault;
    MediaRules m_mediaRules;
    BlobStore m_blobs;
    HttpClient m_http;
    Pacing m_pacing;
    GraphClient m_graph;
    BackgroundCalls m_backgroundCalls;
    Ledger m_ledger;
    WebhookEndpoint m_webhooks;
    CallbackEndpoint m_callbacks;
    PageFigures m_figures;
    SyncHub m_sync;
    MetaFiles m_metaFiles;
    Dispatcher m_dispatcher;
    Reconciler m_reconciler;
    ProfileJob m_profileJob;
    MediaJob m_mediaJob;
    ThumbnailJob m_thumbnailJob;
    PageReader m_pageReader;
    HistoryJob m_historyJob;
    CheckJob m_checkJob;
    SubscriptionJob m_subscriptionJob;
    MatchJob m_matchJob;
    TakeThreadJob m_takeThreadJob;
    JobRunner m_jobs;
    UploadEndpoint m_uploads;
    FacebookCalls m_facebook;
    FacebookLogins m_logins;
    PageConnector m_pageConnector;
    PageInspector m_inspector;
    PageDoctor m_doctor;
    ConnectEndpoint m_connect;
    MessengerProfiles m_messengerProfiles;
    PagesEndpoint m_pages;
    PeopleEndpoint m_people;
    Router m_router;
    Server::HttpServer m_server;
    Certificate m_certificate;
    Watchdog m_watchdog;
    std::optional<ServiceManager::PassedSocket> m_passed;
    int m_lock = -1;
    bool m_serverDown = false;
    bool m_stopping = false;
};

} // namespace Pagedesk::Relay
