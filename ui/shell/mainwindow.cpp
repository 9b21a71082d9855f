// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "models/desk/localworkspace.h"
#include "models/desk/outbox.h"
#include "models/desk/session.h"
#include "models/items/inboxfeed.h"
#include "ui/admin/carestrip.h"
#include "ui/contact/contactdesk.h"
#include "ui/errortext.h"
#include "ui/inbox/conversationlist.h"
#include "ui/inbox/rail.h"
#include "ui/inbox/searchpanel.h"
#include "ui/shell/actions.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/keybindings.h"
#include "ui/shell/mediaimages.h"
#include "ui/shell/pairingpanel.h"
#include "ui/shell/shortcutswindow.h"
#include "ui/shell/statusstrip.h"
#include "ui/shell/threadpane.h"
#include "ui/shell/windowsettings.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize FirstSize(1440, 900);
constexpr QSize LeastSize(560, 420);
constexpr int LeastList = 240;
constexpr int LeastThread = 320;

} // namespace

MainWindow::MainWindow(ThemeProvider &theme, const DeskServices &services, WindowSettings &settings)
    : Panel(theme, &Theme::background, {})
    , m_themes(theme)
    , m_services(services)
    , m_settings(settings)
{
    setWindowTitle(u"Pagedesk"_s);
    setObjectName(u"mainWindow"_s);
    setMinimumSize(LeastSize);
    m_actions = new Actions(*this);
    m_actions->fillMenu(m_menu);
    build();
    restore();
    connectServices();
    connectList();
    connectSearch();
    connectThread();
    connectActions();
    connectQueue();
    connectCare();
    connectAppearance();
    connectKeys();
    showSelf();
    showCounts(services.inbox.counts());
    m_strip->setOutbox(services.outbox.waiting());
    applyLayout();
}

MainWindow::~MainWindow() = default;

bool MainWindow::openConversation(const ConversationId &id)
{
    const bool found = m_list->open(id);
    if (!found)
        showNotice(tr("This conversation is not here."));
    return found;
}

void MainWindow::showPairing()
{
    const bool belongs = !m_services.session.self().id.isEmpty();
    m_pairing->setLeavable(belongs);
    m_pairing->setForgettable(belongs);
    const LocalWorkspace *local = m_services.local;
    m_pairing->setLocalOffered(!belongs && local != nullptr);
    m_pairing->setWorkspaceHere(local != nullptr && local->isHere() ? local->folder() : QString());
    m_stack->setCurrentWidget(m_pairing);
    m_pairing->focusField();
}

void MainWindow::offerPairing(const QString &link)
{
    const ConnectionState state = m_services.session.status().state;
    if (state != ConnectionState::Unpaired && state != ConnectionState::Refused) {
        showAlreadyPaired(m_services.session.workspace(), this);
        return;
    }
    showPairing();
    m_pairing->offerLink(link);
}

void MainWindow::pair(const Wire::PairingLink &link, const QString &deviceName)
{
    m_pairing->setBusy(true);
    m_services.session.pair(link, deviceName).then(this, [this](const Result<> &joined) {
        m_pairing->setBusy(false);
        if (joined)
            return;
        const bool used = joined.error().kind == Error::Kind::Rejected;
        m_pairing->setProblem(used ? tr("This link does not work: it was used before or is older "
                                        "than ten minutes. Ask for a new one.")
                : joined.error().kind == Error::Kind::Offline
                ? tr("The relay cannot be reached. Check the network and try again.")
                : errorText(joined.error()));
    });
}

void MainWindow::setPractice(bool practice)
{
    m_strip->setPractice(practice);
}

void MainWindow::setUnprotected(bool unprotected, const QString &sentence)
{
    m_strip->setUnprotected(unprotected);
    m_pairing->setNote(unprotected ? sentence : QString());
}

void MainWindow::showNotice(const QString &sentence)
{
    m_strip->showNotice(sentence);
}

void MainWindow::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() != QEvent::ActivationChange || m_thread == nullptr)
        return;
    if (isActiveWindow())
        m_thread->windowActivated();
    tellLooking();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setGeometry(saveGeometry());
    m_settings.setSplitter(m_splitter->saveState());
    m_settings.setOrder(m_list->query().order);
    m_settings.setContactShown(m_contactWanted);
    m_settings.setRailNarrow(m_railNarrow);
    // The end of a session is not held up.
    if (m_isKeptInTray && !m_isQuitting && !qGuiApp->isSavingSession()) {
        event->ignore();
        hide();
        return;
    }
    event->accept();
    Q_EMIT quitRequested();
}

void MainWindow::quit()
{
    m_isQuitting = true;
    close();
}

void MainWindow::offerReply(const ConversationId &id, const QString &text, const QString &reason)
{
    if (m_list->open(id)) {
        m_thread->addText(text, reason);
        return;
    }
    // Nobody writes it a second time because a Page was taken from them meanwhile.
    QGuiApplication::clipboard()->setText(text);
    showNotice(tr("This conversation is not here any more. What you wrote is on the clipboard."));
}

void MainWindow::focusReply()
{
    m_thread->focusComposer();
}

void MainWindow::tellLooking()
{
    Q_EMIT lookingChanged(isActiveWindow() && isVisible(), m_thread->current());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    applyLayout();
}

void MainWindow::build()
{
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(buildInbox());
    m_pairing = new PairingPanel(m_themes, m_stack);
    m_stack->addWidget(m_pairing);
    m_strip = new StatusStrip(m_themes, m_services.clock, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_strip);
}

QWidget *MainWindow::buildInbox()
{
    auto *inbox = new QWidget(m_stack);
    m_rail = new Rail(m_themes, m_services.inbox.pages(), m_menu, inbox);
    m_splitter = new QSplitter(Qt::Horizontal, inbox);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_side = new QStackedWidget(m_splitter);
    m_list = new ConversationList(
        m_themes, m_services.inbox.conversations(), m_services.images, m_services.clock, m_side);
    m_search = new SearchPanel(m_themes, m_services.search, m_services.clock, m_side);
    m_side->addWidget(m_list);
    m_side->addWidget(m_search);
    m_side->setMinimumWidth(LeastList);
    m_thread = new ThreadPane(m_themes, m_services, m_splitter);
    m_thread->setMinimumWidth(LeastThread);
    m_splitter->addWidget(m_side);
    m_splitter->addWidget(m_thread);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({Metrics::ListWidth, FirstSize.width()});
    m_contactDesk = new ContactDesk(m_services.contacts, m_services.inbox, this);
    m_contact = new ContactPanel(
        m_themes, m_services.images,
        [this](const QString &words) { return m_contactDesk->candidates(words); }, inbox);
    m_contactDesk->attach(*m_contact);
    m_care = new CareStrip(m_themes, inbox);
    auto *column = new QVBoxLayout(inbox);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_care);
    auto *layout = new QHBoxLayout;
    column->addLayout(layout, 1);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_contact);
    return inbox;
}

void MainWindow::restore()
{
    if (!restoreGeometry(m_settings.geometry()))
        resize(FirstSize);
    m_splitter->restoreState(m_settings.splitter());
    m_splitter->setHandleWidth(1);
    m_list->setOrder(m_settings.order());
    m_contactWanted = m_settings.isContactShown();
    m_railNarrow = m_settings.isRailNarrow();
}

} // namespace Pagedesk::Ui
