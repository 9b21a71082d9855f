// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>

#include <optional>

class QDBusMessage;

namespace Pagedesk {

// Messages on the desktop, by the service org.freedesktop.Notifications 1.2 of the session bus.
// Nothing here waits for the service.
class Notifications : public QObject {
    Q_OBJECT

public:
    struct Note {
        QString key; // a newer note with the same key takes its place
        QString title; // plain text, like the body
        QString body;
        bool hasSound = false;
        bool isAboutConversation = false; // with Reply, Mark as read and Snooze
    };

    explicit Notifications(const QDBusConnection &bus, QObject *parent = nullptr);
    // Takes back what is still shown.
    ~Notifications() override;

    // One of the session bus that is there; nothing starts a bus.
    static std::optional<QDBusConnection> sessionBus();

    void show(const Note &note);
    void withdraw(const QString &key);
    // The sign beside the words.
    void setPicture(const QImage &picture) { m_picture = picture; }
    // How much waits, on the program's sign in the dock or taskbar of those that show it.
    void setBadge(int count, bool urgent);

Q_SIGNALS:
    void opened(const QString &key);
    void answerWanted(const QString &key);
    void answered(const QString &key, const QString &text); // written in the notification
    void readWanted(const QString &key);
    void snoozeWanted(const QString &key);
    // The service is not there, or did not take it.
    void notShown(const Pagedesk::Notifications::Note &note);

private Q_SLOTS:
    void act(uint id, const QString &action);
    void answer(uint id, const QString &text);
    void forget(uint id, uint reason);

private:
    void learn();
    void send(const Note &note);
    void take(const Note &note, uint id);
    QVariantMap hints(const Note &note) const;
    QStringList actions(const Note &note) const;
    void close(uint id);
    QString keyOf(uint id) const;

    QDBusConnection m_bus;
    QImage m_picture;
    QStringList m_abilities;
    bool m_isKnown = false; // what the service is able to do
    QList<Note> m_waiting; // until it is
    QHash<QString, uint> m_shown; // the service's number of each
    QHash<QString, int> m_coming; // notes whose number has not come yet
    QSet<QString> m_unwanted; // withdrawn before it came
};

} // namespace Pagedesk
