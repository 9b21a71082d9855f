// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/notifications.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Service = u"org.freedesktop.Notifications"_s;
const QString Path = u"/org/freedesktop/Notifications"_s;
const QString DefaultAction = u"default"_s;
const QString ReplyAction = u"reply"_s;
const QString InlineReply = u"inline-reply"_s; // of KDE's service
const QString ReadAction = u"read"_s;
const QString SnoozeAction = u"snooze"_s;
constexpr int AnswerMs = 5000;
constexpr int PictureSide = 64;
constexpr int Samples = 4;
constexpr int BitsPerSample = 8;

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(Service, Path, Service, method);
}

// As "image-data" wants it: width, height, row stride, alpha, bits, channels, bytes.
QVariant pictureHint(const QImage &picture)
{
    const QImage image
        = picture.scaled(PictureSide, PictureSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
              .convertToFormat(QImage::Format_RGBA8888);
    QDBusArgument argument;
    argument.beginStructure();
    argument << image.width() << image.height() << static_cast<int>(image.bytesPerLine()) << true
             << BitsPerSample << Samples
             << QByteArray(reinterpret_cast<const char *>(image.constBits()),
                    static_cast<int>(image.sizeInBytes()));
    argument.endStructure();
    return QVariant::fromValue(argument);
}

} // namespace

Notifications::Notifications(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
{
    m_bus.connect(Service, Path, Service, u"ActionInvoked"_s, this, SLOT(act(uint, QString)));
    m_bus.connect(
        Service, Path, Service, u"NotificationReplied"_s, this, SLOT(answer(uint, QString)));
    m_bus.connect(Service, Path, Service, u"NotificationClosed"_s, this, SLOT(forget(uint, uint)));
    learn();
}

Notifications::~Notifications()
{
    for (const uint id : std::as_const(m_shown))
        close(id);
}

// The library starts a bus of its own where none is named; that would outlive the program.
std::optional<QDBusConnection> Notifications::sessionBus()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        && (folder.isEmpty() || !QFileInfo::exists(folder + u"/bus"_s)))
        return std::nullopt;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    return bus.isConnected() ? std::optional(bus) : std::nullopt;
}

void Notifications::learn()
{
    auto *watcher
        = new QDBusPendingCallWatcher(m_bus.asyncCall(call(u"GetCapabilities"_s), AnswerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        m_isKnown = true;
        if (!reply.isError())
            m_abilities = reply.value();
        for (const Note &note : std::exchange(m_waiting, {}))
            send(note);
    });
}

void Notifications::show(const Note &note)
{
    m_unwanted.remove(note.key);
    if (m_isKnown)
        send(note);
    else
        m_waiting.append(note);
}

void Notifications::withdraw(const QString &key)
{
    m_waiting.removeIf([&key](const Note &note) { return note.key == key; });
    if (m_coming.contains(key))
        m_unwanted.insert(key);
    if (const auto shown = m_shown.constFind(key); shown != m_shown.cend()) {
        close(*shown);
        m_shown.erase(shown);
    }
}

void Notifications::setBadge(int count, bool urgent)
{
    QDBusMessage signal = QDBusMessage::createSignal(
        u"/app/pagedesk"_s, u"com.canonical.Unity.LauncherEntry"_s, u"Update"_s);
    signal << u"application://pagedesk.desktop"_s
           << QVariantMap{{u"count"_s, qint64(count)}, {u"count-visible"_s, count > 0},
                  {u"urgent"_s, urgent}};
    m_bus.send(signal);
}

void Notifications::send(const Note &note)
{
    const bool hasMarkup = m_abilities.contains(u"body-markup"_s);
    QDBusMessage message = call(u"Notify"_s);
    message << u"Pagedesk"_s << m_shown.value(note.key) << u"pagedesk"_s << note.title
            << (hasMarkup ? note.body.toHtmlEscaped() : note.body) << actions(note) << hints(note)
            << -1;
    ++m_coming[note.key];
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, AnswerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, note] {
        watcher->deleteLater();
        if (--m_coming[note.key] <= 0)
            m_coming.remove(note.key);
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError())
            Q_EMIT notShown(note);
        else
            take(note, reply.value());
    });
}

void Notifications::take(const Note &note, uint id)
{
    if (m_unwanted.contains(note.key)) {
        close(id);
        if (!m_coming.contains(note.key))
            m_unwanted.remove(note.key);
        return;
    }
    m_shown.insert(note.key, id);
}

QVariantMap Notifications::hints(const Note &note) const
{
    QVariantMap hints{{u"desktop-entry"_s, u"pagedesk"_s}, {u"category"_s, u"im.received"_s}};
    if (note.hasSound)
        hints.insert(u"sound-name"_s, u"message-new-instant"_s);
    else
        hints.insert(u"suppress-sound"_s, true);
    if (note.isAboutConversation && m_abilities.contains(InlineReply)) {
        hints.insert(u"x-kde-reply-placeholder-text"_s, tr("Reply to the customer"));
        hints.insert(u"x-kde-reply-submit-button-text"_s, tr("Send"));
    }
    if (!m_picture.isNull())
        hints.insert(u"image-data"_s, pictureHint(m_picture));
    return hints;
}

QStringList Notifications::actions(const Note &note) const
{
    if (!m_abilities.contains(u"actions"_s))
        return {};
    QStringList actions{DefaultAction, tr("Open")};
    if (!note.isAboutConversation)
        return actions;
    if (m_abilities.contains(InlineReply))
        actions << InlineReply << tr("Reply");
    else
        actions << ReplyAction << tr("Reply");
    actions << ReadAction << tr("Mark as read") << SnoozeAction << tr("Snooze 1 hour");
    return actions;
}

void Notifications::act(uint id, const QString &action)
{
    const QString key = keyOf(id);
    if (key.isEmpty())
        return;
    if (action == DefaultAction)
        Q_EMIT opened(key);
    else if (action == ReplyAction || action == InlineReply)
        Q_EMIT answerWanted(key);
    else if (action == ReadAction)
        Q_EMIT readWanted(key);
    else if (action == SnoozeAction)
        Q_EMIT snoozeWanted(key);
}

void Notifications::answer(uint id, const QString &text)
{
    const QString key = keyOf(id);
    if (!key.isEmpty() && !text.trimmed().isEmpty())
        Q_EMIT answered(key, text);
}

void Notifications::forget(uint id, uint /*reason*/)
{
    m_shown.remove(keyOf(id));
}

void Notifications::close(uint id)
{
    QDBusMessage message = call(u"CloseNotification"_s);
    message << id;
    m_bus.send(message);
}

QString Notifications::keyOf(uint id) const
{
    return m_shown.key(id);
}

} // namespace Pagedesk
