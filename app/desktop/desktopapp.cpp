// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktopapp.h"

#include "app/desktop/processfacts.h"
#include "models/base/logging.h"
#include "ui/errortext.h"
#include "ui/shell/dialogs.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTextStream>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

DeviceSecrets::Place secretPlace(const Options &options)
{
    // Practice keeps nothing worth protecting and shall not ask for a keychain's password.
    const bool file = options.practice || qEnvironmentVariable("PAGEDESK_KEYCHAIN") == u"file";
    return file ? DeviceSecrets::Place::File : DeviceSecrets::Place::Keychain;
}

} // namespace

DesktopApp::DesktopApp(QApplication &application, Options options, const QString &profileFolder)
    : m_options(std::move(options))
    , m_identity(profileFolder)
    , m_practice(
          m_options.practice ? std::make_unique<PracticeWorld>(profileFolder, m_identity) : nullptr)
    , m_local(m_options.practice
              ? nullptr
              : std::make_unique<LocalRelay>(profileFolder, secretPlace(m_options), m_identity))
    , m_desk(profileFolder, secretPlace(m_options))
    , m_settings(profileFolder)
    , m_theme(application, m_settings.appearance())
    , m_inbox(m_desk.conversations, m_desk.drafts, m_desk.clock)
    , m_images(m_desk.media)
{
    m_theme.setTextScale(m_settings.textScale());
    connectServices();
}

DesktopApp::~DesktopApp()
{
    m_window.reset();
    m_desk.drafts.flush();
}

void DesktopApp::start()
{
    openReplica();
}

void DesktopApp::handle(const Options &request)
{
    if (!m_window)
        return;
    showWindow();
    if (!request.open.isEmpty())
        m_window->openConversation(request.open);
    if (!request.offeredPairing.isEmpty())
        m_window->offerPairing(request.offeredPairing);
}

void DesktopApp::showWindow()
{
    if (!m_window)
        return;
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void DesktopApp::openReplica()
{
    const auto opened = m_desk.open();
    if (opened) {
        openWindow();
        return;
    }
    qCWarning(logDesktop) << "the replica cannot be opened:" << kindName(opened.error().kind)
                          << opened.error().detail;
    const auto quit = [this] { Q_EMIT finished(1); };
    switch (opened.error().kind) {
    case Error::Kind::NewerVersion:
        Ui::showNewerReplica(quit);
        break;
    case Error::Kind::Damaged:
        Ui::askToRebuildReplica([this] { rebuild(); }, quit);
        break;
    default:
        Ui::showFatal(Ui::errorText(opened.error()), quit);
    }
}

void DesktopApp::rebuild()
{
    const auto rebuilt = m_desk.replica.rebuild(m_desk.clock.now());
    if (!rebuilt) {
        Ui::showFatal(Ui::errorText(rebuilt.error()), [this] { Q_EMIT finished(1); });
        return;
    }
    if (!m_window)
        openWindow();
    else if (m_desk.channel.isOpen()) // a new hello asks for everything
        m_desk.channel.drop({Error::Kind::Offline, u"the replica was built anew"_s});
    else
        m_desk.session.retryNow();
}

void DesktopApp::openWindow()
{
    const Ui::DeskServices services{m_desk.session, m_inbox, m_desk.conversations, m_desk.contacts,
        m_desk.roster, m_desk.threads, m_desk.drafts, m_desk.outbox, m_desk.media, m_desk.outgoing,
        m_desk.uploader, m_desk.connections, m_desk.administration, m_desk.people, m_desk.search,
        m_images, m_desk.clock, m_local.get(), m_practice.get()};
    m_window = std::make_unique<Ui::MainWindow>(m_theme, services, m_settings);
    m_window->setPractice(m_options.practice);
    connect(m_window.get(), &Ui::MainWindow::quitRequested, this, [this] { Q_EMIT finished(0); });
    connect(
        m_window.get(), &Ui::MainWindow::firstConversationsPainted, this, &DesktopApp::reportStart);
    connectLogins();
    if (m_local) {
        connect(m_local.get(), &LocalWorkspace::broken, this,
            [this](const QString &sentence) { m_window->showNotice(sentence); });
    }
    tellProtection(m_desk.secrets.isProtected());
    m_inbox.load();
    m_window->show();
    goOn();
}

void DesktopApp::connectServices()
{
    connect(&m_inbox, &InboxFeed::loaded, this, &DesktopApp::showFirstFrame);
    connect(&m_inbox, &InboxFeed::loadFailed, this, [this](const Error &error) {
        qCWarning(logDesktop) << "the inbox cannot be loaded:" << error.detail;
        if (m_options.measureStart)
            Q_EMIT finished(1);
    });
    connect(&m_desk.secrets, &DeviceSecrets::protectionChanged, this, &DesktopApp::tellProtection);
    connect(&m_desk.replica, &Replica::damaged, this,
        [this] { Ui::askToRebuildReplica([this] { rebuild(); }, [this] { Q_EMIT finished(1); }); });
}

// Logins at Facebook are shown by a program of their own, or by the system's browser.
void DesktopApp::connectLogins()
{
    Ui::MainWindow *window = m_window.get();
    connect(
        window, &Ui::MainWindow::loginWanted, this, [this](const QUrl &url, const QUrl &returnUrl) {
            // Where our relay says that its logins are.
            m_browser.open(url, returnUrl, {url.host()});
        });
    connect(window, &Ui::MainWindow::systemBrowserWanted, this,
        [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(window, &Ui::MainWindow::loginOver, &m_browser, &BrowserProcess::cancel);
    connect(&m_browser, &BrowserProcess::closed, window, &Ui::MainWindow::loginWindowClosed);
    connect(&m_browser, &BrowserProcess::failed, window, &Ui::MainWindow::loginWindowFailed);
    connect(&m_browser, &BrowserProcess::systemBrowserWanted, window,
        [window] { window->loginWindowFailed({}); });
}

void DesktopApp::goOn()
{
    if (m_options.measureStart)
        return; // the relay is no part of the measure
    showTray();
    if (m_practice) {
        startPractice();
        return;
    }
    if (m_local->isHere())
        startLocal();
    else
        connectStored();
}

// The workspace is on this computer: its relay comes first.
void DesktopApp::startLocal()
{
    m_local->start().then(this, [this](const Result<> &started) {
        if (!started) {
            m_window->showNotice(tr("The relay of this workspace could not be started: %1")
                                     .arg(started.error().detail));
        }
        connectStored();
    });
}

void DesktopApp::connectStored()
{
    const auto identity = m_identity.load();
    m_desk.session.start();
    if (!identity || !*identity)
        joinOrAsk();
    else if (m_options.pair)
        m_window->offerPairing(Wire::toLink(*m_options.pair));
    if (!m_options.offeredPairing.isEmpty())
        m_window->offerPairing(m_options.offeredPairing);
}

void DesktopApp::showTray()
{
    m_tray = std::make_unique<TrayIcon>();
    connect(m_window.get(), &Ui::MainWindow::pagesInTroubleChanged, m_tray.get(),
        &TrayIcon::setTrouble);
    connect(m_tray.get(), &TrayIcon::showRequested, this, &DesktopApp::showWindow);
    connect(m_tray.get(), &TrayIcon::quitRequested, m_window.get(), &Ui::MainWindow::quit);
    m_alerts = std::make_unique<Alerts>(
        m_desk, m_inbox, m_settings, *m_window, *m_tray, Notifications::sessionBus(), autostart());
}

// Practice is not what somebody wants to find after a login.
Autostart DesktopApp::autostart() const
{
    QStringList arguments;
    if (!m_options.profile.isEmpty())
        arguments << u"--profile"_s << QDir(m_options.profile).absolutePath();
    return {QStandardPaths::writableLocation(QStandardPaths::ConfigLocation),
        QCoreApplication::applicationFilePath(), arguments};
}

void DesktopApp::joinOrAsk()
{
    m_window->showPairing();
    // Where the device's key will lie is said before anybody joins.
    m_pairWhenChecked = m_options.pair.has_value();
    m_desk.secrets.check();
}

void DesktopApp::startPractice()
{
    connect(m_practice.get(), &PracticeWorld::broken, this,
        [this](const QString &sentence) { m_window->showNotice(sentence); });
    m_practice->start().then(this, [this](const Result<QString> &link) {
        if (!link) {
            breakPractice(link.error().detail);
            return;
        }
        if (link->isEmpty()) {
            m_desk.session.start();
            return;
        }
        if (const auto invitation = Wire::pairingLinkFrom(*link))
            m_window->pair(*invitation, tr("Practice desktop"));
        else
            breakPractice(invitation.error().detail);
    });
}

void DesktopApp::breakPractice(const QString &reason)
{
    qCWarning(logDesktop) << "practice cannot be started:" << reason;
    Ui::showFatal(
        tr("Practice could not be started: %1").arg(reason), [this] { Q_EMIT finished(1); });
}

void DesktopApp::showFirstFrame()
{
    if (!m_options.open.isEmpty() && !m_started)
        m_window->openConversation(m_options.open);
    if (m_inbox.conversations().rowCount() > 0 || m_started)
        return;
    if (m_options.measureStart) {
        QTextStream(stderr) << "pagedesk: there are no conversations in this profile" << Qt::endl;
        Q_EMIT finished(1);
        return;
    }
    // Nothing to show is usable too: once it has been painted.
    QTimer::singleShot(0, this, &DesktopApp::reportStart);
}

void DesktopApp::reportStart()
{
    if (m_started)
        return;
    m_started = true;
    const qint64 milliseconds = millisecondsSinceExec();
    qCInfo(logDesktop).noquote() << "startup" << milliseconds << "ms to the first usable frame";
    if (!m_options.measureStart)
        return;
    QTextStream(stdout) << milliseconds << " ms " << QString::number(residentMebibytes(), 'f', 1)
                        << " MiB" << Qt::endl;
    Q_EMIT finished(0);
}

void DesktopApp::tellProtection(bool isProtected)
{
    if (!m_window)
        return;
    // In practice there is nothing to protect.
    const bool tell = !isProtected && !m_options.practice;
    m_window->setUnprotected(tell,
        m_desk.secrets.isFallback()
            ? tr("There is no working keychain on this computer. The key of this device will lie "
                 "in a file of your profile that only you can read.")
            : tr("As asked for, the key of this device lies in a file of your profile that only "
                 "you can read."));
    if (std::exchange(m_pairWhenChecked, false))
        m_window->pair(*m_options.pair, QSysInfo::machineHostName());
}

} // namespace Pagedesk
