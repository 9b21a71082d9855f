// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/connectpages.h"

#include "models/base/clock.h"
#include "models/desk/conversations.h"
#include "models/desk/pageconnections.h"
#include "ui/admin/connectionresults.h"
#include "ui/admin/connectwords.h"
#include "ui/admin/manualform.h"
#include "ui/admin/pagechooser.h"
#include "ui/admin/permissioncards.h"
#include "ui/admin/stepstrip.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QSize FirstSize(680, 680);
constexpr int Margin = 24;
constexpr auto Tick = 1s;
constexpr int MinuteMs = 60'000;

} // namespace

ConnectPages::ConnectPages(const ThemeProvider &theme, PageConnections &connections,
    Conversations &conversations, const Clock &clock, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_connections(connections)
    , m_conversations(conversations)
    , m_clock(clock)
{
    setObjectName(u"connectPages"_s);
    setWindowTitle(tr("Connect Pages"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(FirstSize);
    build();
    m_ticker.setInterval(Tick);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        sayWaiting();
        askForProgress();
    });
    connect(&m_conversations, &Conversations::pagesChanged, this, &ConnectPages::showPages);
    m_conversations.pages().then(this, [this](const Result<QList<Page>> &known) {
        QHash<PageId, QString> nicknames;
        for (const Page &page : known.value_or(QList<Page>())) {
            if (!page.settings.nickname.isEmpty())
                nicknames.insert(page.id, page.settings.nickname);
        }
        m_chooser->setNicknames(nicknames);
    });
    showStage(Stage::Explain);
    m_connections.logins().then(this, [this](const Result<Wire::Logins> &known) {
        if (known)
            m_cards->setLogins(known->logins);
        else
            say(connectingErrorText(known.error()));
    });
}

ConnectPages::~ConnectPages() = default;

void ConnectPages::build()
{
    m_steps = new StepStrip(m_theme,
        {tr("Permissions"), tr("Log in"), tr("Choose Pages"), tr("Connect"), tr("Delivery"),
            tr("First message")},
        this);
    m_pages = new QStackedWidget(this);
    m_cards = new PermissionCards(m_theme, m_pages);
    m_chooser = new PageChooser(m_theme, m_pages);
    m_results = new ConnectionResults(m_theme, m_pages);
    m_manual = new ManualForm(m_theme, m_pages);
    m_pages->addWidget(m_cards);
    m_pages->addWidget(buildWaiting());
    m_pages->addWidget(m_chooser);
    m_pages->addWidget(m_results);
    m_pages->addWidget(m_manual);
    m_problem = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::bad, this);
    m_problem->setObjectName(u"connectProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_first = new QPushButton(this);
    m_first->setObjectName(u"connectNext"_s);
    m_first->setProperty("kind", u"primary"_s);
    m_first->setDefault(true);
    m_second = new QPushButton(this);
    m_second->setObjectName(u"connectOther"_s);
    m_second->setAutoDefault(false);
    m_close = new QPushButton(this);
    m_close->setObjectName(u"connectClose"_s);
    m_close->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_second);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_first);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(16);
    layout->addWidget(m_steps);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    connect(m_first, &QAbstractButton::clicked, this, &ConnectPages::press);
    connect(m_second, &QAbstractButton::clicked, this, &ConnectPages::pressSecond);
    connect(m_close, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_cards, &PermissionCards::loginChosen, this, &ConnectPages::offerPages);
    connect(m_chooser, &PageChooser::choiceChanged, this, &ConnectPages::refreshButtons);
    connect(m_manual, &ManualForm::changed, this, &ConnectPages::refreshButtons);
    connect(m_manual, &ManualForm::submitted, this, &ConnectPages::press);
}

QWidget *ConnectPages::buildWaiting()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    m_waiting = new ThemedLabel(m_theme, &Fonts::body, &Theme::text, page);
    m_waiting->setObjectName(u"connectWaiting"_s);
    m_waiting->setWordWrap(true);
    m_waiting->setAlignment(Qt::AlignCenter);
    layout->addStretch(2);
    layout->addWidget(m_waiting);
    layout->addStretch(3);
    return page;
}

void ConnectPages::showStage(Stage stage)
{
    m_stage = stage;
    static constexpr int Widgets[] = {0, 1, 2, 1, 3, 4};
    static constexpr int Steps[] = {0, 1, 2, 3, 4, 2};
    m_pages->setCurrentIndex(Widgets[static_cast<int>(stage)]);
    m_steps->setStep(Steps[static_cast<int>(stage)]);
    if (stage == Stage::Waiting)
        m_ticker.start();
    else
        m_ticker.stop();
    if (stage == Stage::Working)
        m_waiting->setText(tr("Asking Facebook…"));
    say({});
    refreshButtons();
}

void ConnectPages::refreshButtons()
{
    struct Labels {
        QString first;
        QString second;
        QString close;
    };
    const auto count = static_cast<int>(m_chooser->chosen().size());
    const Labels labels = [&]() -> Labels {
        switch (m_stage) {
        case Stage::Explain:
            return {tr("Log in at Facebook"), tr("With a token, by hand"), tr("Cancel")};
        case Stage::Waiting:
            return {{}, m_inSystemBrowser ? QString() : tr("Use the system browser instead"),
                tr("Cancel")};
        case Stage::Choose:
            return {tr("Connect %n Page(s)", nullptr, count), tr("Ask for permissions again"),
                tr("Cancel")};
        case Stage::Working:
            return {{}, {}, tr("Cancel")};
        case Stage::Ended:
            return {{}, tr("Connect more"), tr("Close")};
        case Stage::ByHand:
            return {tr("Check and connect"), tr("Back"), tr("Cancel")};
        }
        return {};
    }();
    const auto apply = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setVisible(!text.isEmpty());
    };
    apply(m_first, labels.first);
    apply(m_second, labels.second);
    apply(m_close, labels.close);
    m_first->setEnabled(m_stage == Stage::Choose ? count > 0
            : m_stage == Stage::ByHand           ? m_manual->isComplete()
                                                 : true);
}

void ConnectPages::press()
{
    if (!m_first->isVisibleTo(this) || !m_first->isEnabled())
        return;
    if (m_stage == Stage::Explain)
        logIn(false);
    else if (m_stage == Stage::Choose)
        connectChosen();
    else if (m_stage == Stage::ByHand)
        connectByHand();
}

void ConnectPages::pressSecond()
{
    switch (m_stage) {
    case Stage::Explain:
        showStage(Stage::ByHand);
        break;
    case Stage::Waiting:
        m_inSystemBrowser = true;
        Q_EMIT loginOver();
        Q_EMIT systemBrowserWanted(m_login.url);
        sayWaiting();
        refreshButtons();
        break;
    case Stage::Choose:
        logIn(true);
        break;
    default:
        showStage(Stage::Explain);
        break;
    }
}

void ConnectPages::logIn(bool askAgain)
{
    showStage(Stage::Working);
    m_inSystemBrowser = false;
    m_connections.beginLogin(askAgain).then(this, [this](const Result<Wire::LoginBegun> &begun) {
        if (!begun) {
            showStage(Stage::Explain);
            say(connectingErrorText(begun.error()));
            return;
        }
        m_login = *begun;
        showStage(Stage::Waiting);
        sayWaiting();
        Q_EMIT loginWanted(m_login.url, m_login.returnUrl);
    });
}

void ConnectPages::sayWaiting()
{
    if (m_stage != Stage::Waiting)
        return;
    const qint64 left = std::max<qint64>(m_login.expiresAt - m_clock.now(), 0);
    const auto minutes = static_cast<int>((left + MinuteMs - 1) / MinuteMs);
    const QString where = m_inSystemBrowser ? tr("Log in in your browser, which has opened.")
                                            : tr("Log in in the window that has opened.");
    m_waiting->setText(
        u"%1\n%2"_s.arg(where, tr("There are %n minute(s) left.", nullptr, minutes)));
}

void ConnectPages::askForProgress()
{
    if (m_stage != Stage::Waiting || std::exchange(m_asking, true))
        return;
    m_connections.progressOf(m_login.attemptId)
        .then(this, [this, attempt = m_login.attemptId](const Result<Wire::LoginProgress> &now) {
            m_asking = false;
            if (now && m_stage == Stage::Waiting && attempt == m_login.attemptId)
                take(*now);
        });
}

void ConnectPages::take(const Wire::LoginProgress &progress)
{
    switch (progress.state) {
    case LoginState::Waiting:
    case LoginState::Exchanging:
        return;
    case LoginState::Done:
        Q_EMIT loginOver();
        offerPages(progress.loginId);
        return;
    case LoginState::Failed:
        Q_EMIT loginOver();
        showStage(Stage::Explain);
        say(loginProblemText(progress.problem));
        return;
    }
}

void ConnectPages::loginWindowClosed()
{
    if (m_stage != Stage::Waiting || m_inSystemBrowser)
        return;
    // What came back may still be on its way through the relay.
    m_connections.progressOf(m_login.attemptId)
        .then(this, [this](const Result<Wire::LoginProgress> &now) {
            if (m_stage != Stage::Waiting)
                return;
            if (now && now->state != LoginState::Waiting) {
                take(*now);
                return;
            }
            showStage(Stage::Explain);
            say(tr("The window was closed before the login was done. Nothing was connected."));
        });
}

void ConnectPages::loginWindowFailed(const QString &sentence)
{
    if (m_stage != Stage::Waiting)
        return;
    m_inSystemBrowser = true;
    Q_EMIT systemBrowserWanted(m_login.url);
    sayWaiting();
    refreshButtons();
    say(sentence);
}

void ConnectPages::offerPages(const QString &loginId)
{
    showStage(Stage::Working);
    m_loginId = loginId;
    m_connections.offerOf(loginId).then(this, [this](const Result<Wire::PageOffer> &offer) {
        if (!offer) {
            showStage(Stage::Explain);
            say(connectingErrorText(offer.error()));
            return;
        }
        m_chooser->setPages(offer->pages);
        showStage(Stage::Choose);
        if (offer->pages.isEmpty()) {
            say(tr(
                "Facebook lists no Page for %1. Were all of them left out in the dialog, or does "
                "somebody else look after them?")
                    .arg(displayLine(offer->login.name, 80)));
        }
    });
}

void ConnectPages::connectChosen()
{
    const Wire::ConnectPages chosen{m_loginId, m_chooser->chosen()};
    showStage(Stage::Working);
    m_connections.connectPages(chosen).then(this,
        [this](const Result<Wire::PagesConnected> &connected) { end(connected, Stage::Choose); });
}

void ConnectPages::connectByHand()
{
    const Wire::ManualPage manual = m_manual->page();
    showStage(Stage::Working);
    m_connections.connectByHand(manual).then(
        this, [this](const Result<Wire::PagesConnected> &connected) {
            if (connected)
                m_manual->clear();
            end(connected, Stage::ByHand);
        });
}

void ConnectPages::end(const Result<Wire::PagesConnected> &connected, Stage back)
{
    if (!connected) {
        showStage(back);
        say(connectingErrorText(connected.error()));
        return;
    }
    m_results->setResults(connected->pages);
    m_connectedAt = m_clock.now();
    m_connected.clear();
    for (const Wire::ConnectedPage &page : connected->pages) {
        if (!page.error)
            m_connected.insert(page.id);
    }
    showStage(Stage::Ended);
    m_conversations.pages().then(this, [this](const Result<QList<Page>> &pages) {
        if (pages)
            showPages(*pages);
    });
}

// The last two steps happen by themselves: Facebook delivers, and somebody writes.
void ConnectPages::showPages(const QList<Page> &pages)
{
    if (m_stage != Stage::Ended || m_connected.isEmpty())
        return;
    const auto ours = [this](const Page &page) { return m_connected.contains(page.id); };
    const auto refused = std::find_if(pages.begin(), pages.end(),
        [&](const Page &page) { return ours(page) && !page.health.subscriptionProblem.isEmpty(); });
    const bool delivered = std::any_of(pages.begin(), pages.end(), [&](const Page &page) {
        return ours(page) && page.health.lastEventAt >= m_connectedAt - MinuteMs;
    });
    const bool isOrdered = std::all_of(pages.begin(), pages.end(),
        [&](const Page &page) { return !ours(page) || page.health.subscribed; });
    m_steps->setStep(delivered ? 6 : isOrdered && refused == pages.end() ? 5 : 4);
    if (refused != pages.end()) {
        m_results->setProgress(
            tr("Facebook does not deliver messages of %1 yet: %2")
                .arg(displayLine(refused->shownName(), 120), refused->health.subscriptionProblem));
    } else if (delivered) {
        m_results->setProgress(tr("The first message has arrived. Everything works."));
    } else {
        m_results->setProgress(
            tr("Older conversations are being read. To see a message arrive, write "
               "to the Page from another account."));
    }
}

void ConnectPages::say(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void ConnectPages::done(int result)
{
    Q_EMIT loginOver();
    QDialog::done(result);
}

} // namespace Pagedesk::Ui
