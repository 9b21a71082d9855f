// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/alerts.h"

#include "app/desktop/desk.h"
#include "app/desktop/trayicon.h"
#include "models/items/inboxfeed.h"
#include "ui/errortext.h"
#include "ui/inbox/conversationwords.h"
#include "ui/shell/alertsettingswindow.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowsettings.h"
#include "ui/thread/displaytext.h"

#include <QApplication>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

// More at once are told as one.
constexpr qsizetype MostAtOnce = 3;
constexpr int LongestName = 80;
constexpr int LongestText = 200;
constexpr qint64 SnoozeMs = 60 * 60 * 1000;
// Keys of notes that are about no single conversation; an id of one has a Page in front.
const QString SeveralKey = u"several"_s;
const QString TrialKey = u"trial"_s;
const QString ProblemKey = u"problem"_s;

bool isConversation(const QString &key)
{
    return key != SeveralKey && key != TrialKey && key != ProblemKey;
}

} // namespace

Alerts::Alerts(Desk &desk, InboxFeed &inbox, Ui::WindowSettings &settings, Ui::MainWindow &window,
    TrayIcon &tray, const std::optional<QDBusConnection> &bus, const Autostart &autostart)
    : m_desk(desk)
    , m_inbox(inbox)
    , m_settings(settings)
    , m_window(window)
    , m_tray(tray)
    , m_autostart(autostart)
    , m_attention(desk.clock)
{
    m_attention.setSettings(settings.alerts());
    if (bus) {
        m_notifications = std::make_unique<Notifications>(*bus);
        m_notifications->setPicture(TrayIcon::sign(false).pixmap(64, 64).toImage());
        followNotifications();
    }
    follow();
    followWindow();
    begin();
}

void Alerts::follow()
{
    connect(&m_desk.conversations, &Conversations::conversationsChanged, &m_attention,
        &Attention::take);
    connect(&m_desk.conversations, &Conversations::conversationsRemoved, &m_attention,
        &Attention::remove);
    connect(&m_desk.conversations, &Conversations::reset, this, &Alerts::begin);
    const auto setLive
        = [this] { m_attention.setLive(m_desk.session.status().state == ConnectionState::Live); };
    connect(&m_desk.session, &Session::statusChanged, this, setLive);
    connect(&m_desk.session, &Session::selfChanged, this,
        [this] { m_attention.setSelf(m_desk.session.self()); });
    connect(&m_attention, &Attention::alerted, this, &Alerts::tell);
    connect(&m_attention, &Attention::reminded, this, &Alerts::remind);
    connect(&m_attention, &Attention::settled, this, [this](const ConversationId &id) {
        if (m_notifications)
            m_notifications->withdraw(id.value);
    });
    connect(&m_inbox, &InboxFeed::countsChanged, this, &Alerts::showCounts);
    setLive();
}

void Alerts::followWindow()
{
    connect(&m_window, &Ui::MainWindow::lookingChanged, &m_attention, &Attention::setLooking);
    connect(&m_window, &Ui::MainWindow::alertSettingsWanted, this, &Alerts::openSettings);
    connect(this, &Alerts::showRequested, &m_window, [this] {
        m_window.show();
        m_window.raise();
        m_window.activateWindow();
    });
    connect(&m_tray, &TrayIcon::messageClicked, this, &Alerts::showRequested);
    m_window.setKeptInTray(TrayIcon::isAvailable() && m_settings.isKeptInTray());
    showCounts();
}

void Alerts::followNotifications()
{
    Notifications *shown = m_notifications.get();
    connect(shown, &Notifications::opened, this, &Alerts::open);
    connect(shown, &Notifications::answerWanted, this, [this](const QString &key) {
        open(key);
        m_window.focusReply();
    });
    connect(shown, &Notifications::answered, this, [this](const QString &key, const QString &text) {
        if (isConversation(key))
            answer({key}, text);
    });
    connect(shown, &Notifications::readWanted, this, [this](const QString &key) {
        if (isConversation(key))
            markRead({key});
    });
    connect(shown, &Notifications::snoozeWanted, this, [this](const QString &key) {
        if (isConversation(key))
            snooze({key});
    });
    connect(shown, &Notifications::notShown, this, [this](const Notifications::Note &note) {
        m_isRefused = true;
        showElsewhere(note);
    });
}

void Alerts::begin()
{
    m_attention.reset();
    m_attention.setSelf(m_desk.session.self());
    m_desk.conversations.all().then(this, [this](const Result<QList<Conversation>> &known) {
        if (known)
            m_attention.begin(*known);
        m_attention.setLive(m_desk.session.status().state == ConnectionState::Live);
    });
}

void Alerts::tell(const QList<Alert> &alerts)
{
    if (alerts.size() <= MostAtOnce) {
        for (const Alert &alert : alerts)
            show(noteOf(alert));
    } else {
        show({SeveralKey, u"Pagedesk"_s,
            tr("Something new in %n conversation(s).", nullptr, static_cast<int>(alerts.size())),
            m_attention.settings().hasSound, false});
    }
    QApplication::alert(&m_window);
}

void Alerts::remind(int conversations)
{
    show({SeveralKey, u"Pagedesk"_s,
        tr("%n conversation(s) still wait to be looked at.", nullptr, conversations),
        m_attention.settings().hasSound, false});
    QApplication::alert(&m_window);
}

Notifications::Note Alerts::noteOf(const Alert &alert) const
{
    using Preview = AlertSettings::Preview;
    const Conversation &conversation = alert.conversation;
    const AlertSettings &settings = m_attention.settings();
    Notifications::Note note{conversation.id.value, u"Pagedesk"_s, {}, settings.hasSound, true};
    if (settings.preview != Preview::Nothing) {
        note.title = Ui::displayLine(Ui::displayName(conversation.contact), LongestName);
        const Page page = m_inbox.conversations().pageOf(conversation);
        if (m_inbox.pages().rowCount() > 1)
            note.title += u" · "_s + Ui::displayLine(page.name, LongestName);
    }
    switch (alert.reason) {
    case Alert::Reason::Message:
        note.body = settings.preview == Preview::Text
            ? Ui::displayLine(Ui::previewLine(conversation, {}), LongestText)
            : tr("A new message");
        break;
    case Alert::Reason::Given:
        note.body = tr("The conversation was given to you.");
        break;
    case Alert::Reason::Woken:
        note.body = tr("The snooze is over.");
        break;
    }
    return note;
}

void Alerts::show(const Notifications::Note &note)
{
    if (m_notifications)
        m_notifications->show(note);
    else
        showElsewhere(note);
}

void Alerts::showElsewhere(const Notifications::Note &note)
{
    m_tray.showMessage(note.title, note.body);
}

void Alerts::open(const QString &key)
{
    Q_EMIT showRequested();
    if (isConversation(key))
        m_window.openConversation({key});
}

// What is written in the notification leaves by the way of every reply. Where something was begun
// in the window, the two are not mixed up: the person sees both before anything leaves.
void Alerts::answer(const ConversationId &id, const QString &text)
{
    const ConversationListModel::Row *row = m_inbox.conversations().find(id);
    if (row == nullptr || !row->draft.isEmpty()) {
        Q_EMIT showRequested();
        m_window.offerReply(id, text, tr("A reply was begun here before. Nothing was sent yet."));
        return;
    }
    m_desk.drafts.files(id).then(this, [this, id, text](const Result<QList<Attachment>> &files) {
        if (files && files->isEmpty()) {
            sendAnswer(id, text);
            return;
        }
        Q_EMIT showRequested();
        m_window.offerReply(id, text,
            files ? tr("Files were chosen here before. Nothing was sent yet.")
                  : Ui::errorText(files.error()));
    });
}

void Alerts::sendAnswer(const ConversationId &id, const QString &text)
{
    m_desk.outbox.send(id, text).then(this, [this, id, text](const Result<MessageId> &sent) {
        if (sent) {
            markRead(id);
            return;
        }
        Q_EMIT showRequested();
        m_window.offerReply(id, text, Ui::errorText(sent.error()));
        show({ProblemKey, u"Pagedesk"_s, tr("Your reply was not sent. It is in the window."),
            m_attention.settings().hasSound, false});
    });
}

void Alerts::markRead(const ConversationId &id)
{
    const ConversationListModel::Row *row = m_inbox.conversations().find(id);
    if (row == nullptr)
        return;
    m_desk.conversations.markRead(id, row->conversation.lastMessageAt)
        .then(this, [this](const Result<> &done) {
            if (!done)
                m_window.showNotice(Ui::errorText(done.error()));
        });
}

void Alerts::snooze(const ConversationId &id)
{
    ConversationChange change;
    change.state = ConversationState::Snoozed;
    change.snoozedUntil = m_desk.clock.now() + SnoozeMs;
    m_desk.conversations.change(id, change).then(this, [this](const Result<> &done) {
        if (!done)
            m_window.showNotice(Ui::errorText(done.error()));
    });
    if (m_notifications)
        m_notifications->withdraw(id.value);
}

void Alerts::showCounts()
{
    const int unread = m_inbox.counts().unread;
    m_tray.setUnread(unread);
    if (m_notifications)
        m_notifications->setBadge(unread, false);
}

QString Alerts::place() const
{
    if (m_notifications && !m_isRefused)
        return tr("Notifications appear where this desktop shows them.");
    if (TrayIcon::showsMessages())
        return tr("This desktop has no notifications; they appear at the tray.");
    return tr("This desktop shows no notifications. The window asks for attention instead.");
}

void Alerts::openSettings()
{
    auto *settings = new Ui::AlertSettingsWindow(m_window.theme(), m_attention.settings(),
        {TrayIcon::isAvailable(), m_settings.isKeptInTray(), m_autostart.isOn()}, &m_window);
    settings->setPlace(place());
    connect(
        settings, &Ui::AlertSettingsWindow::changed, this, [this](const AlertSettings &changed) {
            m_settings.setAlerts(changed);
            m_attention.setSettings(changed);
        });
    connect(settings, &Ui::AlertSettingsWindow::keptChanged, this, [this](bool kept) {
        m_settings.setKeptInTray(kept);
        m_window.setKeptInTray(kept);
    });
    connect(settings, &Ui::AlertSettingsWindow::autostartWanted, this, [this, settings](bool on) {
        const auto done = m_autostart.set(on);
        settings->setAutostarted(m_autostart.isOn());
        settings->setProblem(
            done ? QString() : tr("This could not be changed: %1").arg(done.error().detail));
    });
    connect(settings, &Ui::AlertSettingsWindow::tried, this, [this, settings] {
        show({TrialKey, u"Pagedesk"_s, tr("This is how a notification looks."),
            m_attention.settings().hasSound, false});
        settings->setPlace(place());
    });
    if (m_notifications) {
        connect(m_notifications.get(), &Notifications::notShown, settings,
            [this, settings] { settings->setPlace(place()); });
    }
    settings->show();
}

} // namespace Pagedesk
