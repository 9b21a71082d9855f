// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/connectpages.h"

#include "models/base/clock.h"
#include "models/desk/conversations.h"
#include "models/desk/pageconnections.h"
#include "ui/admin/connectwords.h"
#include "ui/admin/manualform.h"
#include "ui/admin/pagechooser.h"
#include "ui/admin/stepstrip.h"
#include "ui/errortext.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
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

// What the relay refuses comes with a sentence for people; everything else has words of its own.
QString wordsFor(const Error &error)
{
    using Kind = Error::Kind;
    const bool isSentence = error.kind == Kind::Rejected || error.kind == Kind::Conflict
        || error.kind == Kind::NotFound;
    return isSentence && error.detail.endsWith(u'.') ? error.detail : errorText(error);
}

void clear(QVBoxLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QScrollArea *scrolled(QWidget *inner)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inner);
    return area;
}

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
    showStage(Stage::Explain);
    m_connections.logins().then(this, [this](const Result<Wire::Logins> &known) {
        if (known)
            listLogins(known->logins);
        else
            say(wordsFor(known.error()));
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
    m_chooser = new PageChooser(m_theme, m_pages);
    m_manual = new ManualForm(m_theme, m_pages);
    m_pages->addWidget(buildExplanation());
    m_pages->addWidget(buildWaiting());
    m_pages->addWidget(m_chooser);
    m_pages->addWidget(buildEnd());
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
    connect(m_chooser, &PageChooser::choiceChanged, this, &ConnectPages::refreshButtons);
    connect(m_manual, &ManualForm::changed, this, &ConnectPages::refreshButtons);
    connect(m_manual, &ManualForm::submitted, this, &ConnectPages::press);
}

QWidget *ConnectPages::buildExplanation()
{
    auto *inner = new QWidget;
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, Metrics::Gutter, 0);
    layout->setSpacing(4);
    const auto words
        = [this, inner, layout](QFont Fonts::*font, QColor Theme::*colour, const QString &text) {
              auto *label = new ThemedLabel(m_theme, font, colour, inner);
              label->setText(text);
              label->setWordWrap(true);
              layout->addWidget(label);
          };
    words(&Fonts::heading, &Theme::text, tr("Facebook will ask you to allow this"));
    words(&Fonts::secondary, &Theme::muted,
        tr("Pagedesk never sees your password. You can take everything back at Facebook at any "
           "time."));
    auto *logins = new QWidget(inner);
    m_logins = new QVBoxLayout(logins);
    m_logins->setContentsMargins(0, 8, 0, 0);
    m_logins->setSpacing(8);
    layout->addWidget(logins);
    for (const LoginPermission &permission : loginPermissions()) {
        const PermissionWords card = permissionWords(QString::fromLatin1(permission.name));
        layout->addSpacing(Metrics::Gutter);
        words(&Fonts::bodyStrong, &Theme::text, card.title);
        words(&Fonts::secondary, &Theme::text, card.why);
        words(&Fonts::secondary, &Theme::muted, card.limits);
    }
    layout->addStretch(1);
    return scrolled(inner);
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

QWidget *ConnectPages::buildEnd()
{
    auto *inner = new QWidget;
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, Metrics::Gutter, 0);
    layout->setSpacing(Metrics::Gutter);
    auto *results = new QWidget(inner);
    m_results = new QVBoxLayout(results);
    m_results->setContentsMargins(0, 0, 0, 0);
    m_results->setSpacing(8);
    layout->addWidget(results);
    m_progress = new ThemedLabel(m_theme, &Fonts::body, &Theme::text, inner);
    m_progress->setObjectName(u"connectProgress"_s);
    m_progress->setWordWrap(true);
    layout->addWidget(m_progress);
    layout->addStretch(1);
    return scrolled(inner);
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

void ConnectPages::listLogins(const QList<FacebookLogin> &logins)
{
    clear(*m_logins);
    for (const FacebookLogin &login : logins) {
        if (!login.valid)
            continue; // a new login takes its place
        const QString name = displayLine(login.name, 80);
        auto *button = new QPushButton(
            tr("Choose Pages of %1").arg(QString(name).replace(u'&', u"&&"_s)), this);
        button->setObjectName(u"login-"_s + login.id);
        button->setAutoDefault(false);
        m_logins->addWidget(button, 0, Qt::AlignLeft);
        connect(button, &QAbstractButton::clicked, this, [this, id = login.id] { offerPages(id); });
    }
}

void ConnectPages::logIn(bool askAgain)
{
    showStage(Stage::Working);
    m_inSystemBrowser = false;
    m_connections.beginLogin(askAgain).then(this, [this](const Result<Wire::LoginBegun> &begun) {
        if (!begun) {
            showStage(Stage::Explain);
            say(wordsFor(begun.error()));
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
            say(wordsFor(offer.error()));
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
        say(wordsFor(connected.error()));
        return;
    }
    clear(*m_results);
    m_connectedAt = m_clock.now();
    m_connected.clear();
    for (const Wire::ConnectedPage &page : connected->pages) {
        const QString name = displayLine(page.name.isEmpty() ? page.id.value : page.name, 120);
        auto *label
            = new ThemedLabel(m_theme, &Fonts::body, page.error ? &Theme::bad : &Theme::text, this);
        label->setWordWrap(true);
        label->setText(page.error ? tr("%1 was not connected. %2").arg(name, wordsFor(*page.error))
                                  : tr("%1 is connected.").arg(name));
        m_results->addWidget(label);
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
        m_progress->setText(
            tr("Facebook does not deliver messages of %1 yet: %2")
                .arg(displayLine(refused->name, 120), refused->health.subscriptionProblem));
    } else if (delivered) {
        m_progress->setText(tr("The first message has arrived. Everything works."));
    } else {
        m_progress->setText(tr("Older conversations are being read. To see a message arrive, write "
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
