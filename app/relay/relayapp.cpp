// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/relayapp.h"

#include "app/relay/access/access.h"
#include "app/relay/access/pagetokens.h"
#include "app/relay/jobs/profilerules.h"
#include "app/relay/jobs/wakejob.h"
#include "app/relay/ledger/pagereading.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/people.h"
#include "app/relay/ledger/workforce.h"
#include "models/base/logging.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>

#include <future>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

using namespace std::chrono_literals;

constexpr auto Grace = 10s; // for requests under way
constexpr int SendGraceMs = 15'000; // for send calls under way

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

} // namespace

RelayApp::RelayApp(RelayConfig config, Vault vault, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_vault(std::move(vault))
    , m_mediaRules(m_config.mediaHosts)
    , m_blobs(QDir(m_config.data).filePath(QStringLiteral("media")))
    , m_pacing(m_clock)
    , m_graph(m_config.graphUrl, m_http, &m_pacing)
    , m_backgroundCalls(m_http, &m_pacing)
    , m_webhooks({m_config.appSecrets, m_config.verifyToken},
          {m_config.appId, m_config.eventsPerMinute}, m_ledger, m_clock, m_metrics)
    , m_callbacks(m_config.appSecrets, m_ledger, m_clock, m_metrics)
    , m_figures(m_ledger, m_clock)
    , m_sync(m_ledger, m_clock, m_metrics)
    , m_metaFiles(m_ledger, m_graph, m_blobs, m_clock)
    , m_dispatcher(
          m_ledger, m_graph, m_metaFiles, m_vault, m_clock, m_metrics, m_pacing, m_config.sendTimes)
    , m_reconciler(m_ledger, m_graph, m_vault, m_clock, m_pacing, m_config.sendTimes)
    , m_profileJob(m_ledger, m_graph, m_http, m_vault, m_mediaRules, m_blobs, m_clock)
    , m_mediaJob(m_ledger, m_http, m_mediaRules, m_blobs, m_clock)
    , m_thumbnailJob(m_ledger, m_blobs, m_clock)
    , m_pageReader(m_ledger, m_graph, m_backgroundCalls, m_vault)
    , m_historyJob(m_ledger, m_pageReader, m_clock)
    , m_checkJob(m_ledger, m_pageReader, m_clock, m_config.checkMinutes)
    , m_subscriptionJob(m_ledger, m_pageReader, m_clock, m_config.appId)
    , m_matchJob(m_ledger, m_graph, m_backgroundCalls,
          {m_config.appId, m_config.appSecrets.value(0)}, m_clock)
    , m_takeThreadJob(m_ledger, m_graph, m_vault, m_clock)
    , m_jobs(m_ledger, m_clock)
    , m_uploads(QDir(m_config.data).filePath(QStringLiteral("uploads")), m_blobs, m_ledger, m_clock)
    , m_facebook(m_graph, {m_config.appId, m_config.appSecrets.value(0)})
    , m_logins(m_ledger, m_facebook, m_vault, m_clock)
    , m_pageConnector(m_ledger, m_facebook, m_logins, m_vault, m_clock)
    , m_inspector(m_ledger, m_graph, m_facebook, m_logins, m_pageReader, m_vault, m_clock)
    , m_doctor({m_ledger, m_http, m_graph, m_facebook, m_logins, m_inspector, m_pacing, m_vault,
          m_metrics, m_clock})
    , m_connect(m_ledger, {m_logins, m_pageConnector, m_inspector, m_doctor})
    , m_messengerProfiles(m_ledger, m_graph, m_http, m_vault, m_clock)
    , m_pages(m_ledger, m_messengerProfiles)
    , m_people(m_ledger, m_clock, [this](const DeviceId &id) { return m_sync.isConnected(id); })
    , m_router({m_webhooks, m_callbacks, m_uploads, m_connect, m_pages, m_people, m_sync, m_ledger,
          m_blobs, m_clock, m_metrics})
    , m_server({},
          [this](Server::Request &&request, const Server::Responder &responder) {
              m_router.route(std::move(request), responder);
          })
    , m_certificate(m_server)
    , m_watchdog(m_ledger, m_server)
{
    handleJobs();
    connect(&m_inspector, &PageInspector::foundWell, &m_dispatcher, &Dispatcher::resume);
    connect(&m_pageConnector, &PageConnector::connected, &m_dispatcher, &Dispatcher::resume);
    connect(&m_dispatcher, &Dispatcher::idle, this, [this] {
        if (std::exchange(m_stopping, false))
            Q_EMIT stopped();
    });
}

RelayApp::~RelayApp()
{
    // The other threads end before what they call into.
    if (!m_serverDown)
        m_server.shutDown(0ms);
    m_ledger.database().close();
    if (m_lock >= 0)
        ::close(m_lock);
}

Result<QString> RelayApp::start()
{
    if (!QDir().mkpath(m_config.data))
        return failure(
            Error::Kind::Storage, QStringLiteral("cannot make the folder %1").arg(m_config.data));
    if (const auto locked = lockFolder(); !locked)
        return failure(locked.error());
    if (const auto opened = m_ledger.open(m_config.data); !opened)
        return failure(opened.error());
    m_router.useStatistics([this] { return m_server.statistics(); });
    const auto listening = listen();
    if (!listening)
        return failure(listening.error());
    const QString &address = *listening;
    if (const auto kept = rememberAddress(address); !kept)
        return failure(kept.error());
    checkMasterKey();
    const QUrl home = m_config.publicUrl.isEmpty() ? QUrl(address) : m_config.publicUrl;
    m_logins.useSettings(
        {m_config.loginUrl, FacebookLogins::returnUrlOf(home), m_config.loginConfigId});
    m_logins.start();
    m_doctor.useSettings({home, !m_config.publicUrl.isEmpty(), isLoopback(m_config.graphUrl.host()),
        m_config.verifyToken, m_config.appSecrets.value(0)});
    if (const auto cared = careForPages(); !cared)
        return failure(cared.error());
    m_figures.start();
    m_dispatcher.start();
    m_reconciler.start();
    m_jobs.start();
    if (const auto interval = ServiceManager::watchdogInterval())
        m_watchdog.start(*interval);
    return address;
}

// The address it listens on.
Result<QString> RelayApp::listen()
{
    const bool encrypted = !m_config.tlsCertificate.isEmpty();
    if (encrypted) {
        const auto used = m_certificate.use(m_config.tlsCertificate, m_config.tlsKey);
        if (!used)
            return failure(used.error());
    }
    const QString host = m_passed ? m_passed->host : m_config.listenHost;
    const auto port = m_passed ? m_server.listenOn(m_passed->descriptor)
                               : m_server.listen(host.toStdString(), m_config.listenPort);
    if (!port)
        return failure(port.error());
    if (!encrypted && !isLoopback(host)) {
        qCWarning(logRelay) << "this port is open beyond this machine WITHOUT encryption: use "
                               "--tls-certificate and --tls-key, or listen on 127.0.0.1 behind a "
                               "web server with TLS";
    }
    return QStringLiteral("%1://%2:%3")
        .arg(encrypted ? QStringLiteral("https") : QStringLiteral("http"))
        .arg(host.contains(u':') ? u'[' + host + u']' : host)
        .arg(*port);
}

void RelayApp::reload()
{
    m_certificate.reload();
}

// Webhooks are kept whatever the key is, so this is no reason not to serve.
void RelayApp::checkMasterKey()
{
    m_ledger.submit([vault = m_vault](Connection &connection,
                        Ledger::Touched &) { return PageTokens::adopt(connection, vault); },
        [](const Result<> &done) {
            if (!done)
                qCCritical(logRelay) << "replies cannot be sent:" << done.error().detail;
        });
}

// Two relays on one ledger would both send its replies.
Result<> RelayApp::lockFolder()
{
    const QByteArray path
        = QFile::encodeName(QDir(m_config.data).filePath(QStringLiteral("relay.lock")));
    m_lock = ::open(path.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (m_lock < 0)
        return failure(
            Error::Kind::Storage, QStringLiteral("cannot write in %1").arg(m_config.data));
    if (::flock(m_lock, LOCK_EX | LOCK_NB) != 0) {
        return failure(Error::Kind::Conflict,
            QStringLiteral("another relay already serves %1").arg(m_config.data));
    }
    return {};
}

void RelayApp::handleJobs()
{
    m_jobs.handle(JobKind::Profile, [this](const Job &job) {
        return askIfWanted(
            m_ledger, job, this, [this](const Job &wanted) { return m_profileJob.run(wanted); });
    });
    m_jobs.handle(JobKind::Match, [this](const Job &job) { return m_matchJob.run(job); });
    m_jobs.handle(JobKind::Media, [this](const Job &job) { return m_mediaJob.run(job); });
    m_jobs.handle(JobKind::Thumbnail, [this](const Job &job) { return m_thumbnailJob.run(job); });
    m_jobs.handleLasting(
        JobKind::History, [this](const Job &job) { return m_historyJob.run(job); });
    m_jobs.handleLasting(JobKind::Check, [this](const Job &job) { return m_checkJob.run(job); });
    m_jobs.handleLasting(
        JobKind::Subscription, [this](const Job &job) { return m_subscriptionJob.run(job); });
    m_jobs.handleLasting(
        JobKind::Inspection, [this](const Job &job) { return m_inspector.run(job); });
    m_jobs.handle(
        JobKind::Wake, [this](const Job &job) { return wakeConversation(m_ledger, m_clock, job); });
    m_jobs.handle(JobKind::TakeThread, [this](const Job &job) { return m_takeThreadJob.run(job); });
    m_graph.setWatcher([this](const PageId &page, const Secret &token, const SendVerdict &verdict) {
        m_inspector.hearRefusal(page, token, verdict);
    });
}

// Nobody knows what happened while the relay was down.
Result<> RelayApp::careForPages()
{
    return writeNow([now = m_clock.now()](Connection &connection, Ledger::Touched &) -> Result<> {
        const auto pages = allPages(connection);
        if (!pages)
            return failure(pages.error());
        for (const Page &page : *pages) {
            if (page.state == PageState::Removed)
                continue;
            if (auto woken = wakeJob(connection, JobKind::Inspection, page.id, page.id.value, now);
                !woken)
                return woken;
            if (page.state != PageState::Connected)
                continue;
            if (auto woken = wakePageJobs(connection, page.id, now); !woken)
                return woken;
        }
        return {};
    });
}

// For `invite`, which must put the address into its link.
Result<> RelayApp::rememberAddress(const QString &address)
{
    const QString shown = m_config.publicUrl.isEmpty() ? address : m_config.publicUrl.toString();
    return writeNow([shown](Connection &connection, Ledger::Touched &) -> Result<> {
        const auto workspace = setting(connection, QStringLiteral("workspace"));
        if (!workspace)
            return failure(workspace.error());
        if (workspace->isEmpty()) {
            if (auto named
                = setSetting(connection, QStringLiteral("workspace"), QStringLiteral("Pagedesk"));
                !named)
                return named;
        }
        return setSetting(connection, QStringLiteral("address"), shown);
    });
}

Result<std::optional<Wire::PairingLink>> RelayApp::inviteFirstAdmin()
{
    std::optional<Wire::PairingLink> link;
    const auto made = writeNow(
        [&link, now = m_clock.now()](Connection &connection, Ledger::Touched &) -> Result<> {
            const auto address = setting(connection, QStringLiteral("address"));
            if (!address)
                return failure(address.error());
            const auto invited = Access::inviteFirstAdmin(connection, now);
            if (!invited)
                return failure(invited.error());
            link = *invited;
            if (link)
                link->relay = QUrl(*address);
            return {};
        });
    if (!made)
        return failure(made.error());
    return link;
}

bool RelayApp::hasNoAdmin()
{
    bool none = false;
    const auto looked = writeNow([&none](Connection &connection, Ledger::Touched &) -> Result<> {
        const auto admin = hasAdmin(connection);
        if (!admin)
            return failure(admin.error());
        none = !*admin;
        return {};
    });
    return looked && none;
}

Result<> RelayApp::writeNow(const Ledger::Work &work)
{
    std::promise<Result<>> written;
    m_ledger.submit(work, [&written](const Result<> &done) { written.set_value(done); });
    return written.get_future().get();
}

void RelayApp::stop()
{
    qCInfo(logRelay) << "stopping";
    ServiceManager::tell("STOPPING=1");
    m_jobs.stop();
    m_reconciler.stop();
    m_sync.closeAll(QStringLiteral("shutdown"));
    m_server.shutDown(Grace);
    m_serverDown = true;
    m_ledger.database().flush();
    m_stopping = true;
    QTimer::singleShot(SendGraceMs, this, [this] {
        // What is still being sent is read as unknown at the next start.
        if (std::exchange(m_stopping, false))
            Q_EMIT stopped();
    });
    m_dispatcher.stop();
}

} // namespace Pagedesk::Relay
