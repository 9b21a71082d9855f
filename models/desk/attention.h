// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/domain/conversation.h"
#include "models/domain/operator.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTime>
#include <QTimer>

namespace Pagedesk {

// What somebody wants to be told outside of the window, and how.
struct AlertSettings {
    enum class About { Everything, MineAndUnassigned, Mine, Nothing };
    enum class Preview { Text, Name, Nothing };

    static constexpr int MostRepeatMinutes = 60;
    static constexpr int MinutesOfDay = 24 * 60;

    About about = About::MineAndUnassigned;
    Preview preview = Preview::Text;
    bool hasSound = true;
    int repeatMinutes = 0; // until it was looked at; 0: told once
    bool hasQuietHours = false;
    int quietFrom = 20 * 60; // minutes of the local day; may be later than the end
    int quietTo = 8 * 60;

    bool isQuietAt(const QTime &time) const;
    bool operator==(const AlertSettings &) const = default;
};

// Something that happened while nobody was looking.
struct Alert {
    enum class Reason {
        Message, // the customer has written
        Given, // the conversation was given to this person
        Woken, // its snooze is over
    };

    Reason reason = Reason::Message;
    Conversation conversation;
};

// Decides what a person is told outside of the window: what is new since the desktop was first up
// to date, is for them, and is not before their eyes.
class Attention : public QObject {
    Q_OBJECT

public:
    explicit Attention(const Clock &clock, QObject *parent = nullptr);

    const AlertSettings &settings() const { return m_settings; }
    void setSettings(const AlertSettings &settings);
    void setSelf(const Operator &self) { m_self = self; }
    // The first time it is up to date begins it: what is known by then is no news.
    void setLive(bool live);
    // The conversation that is open in the active window; empty: none, or another program is used.
    void setLooking(bool isActive, const ConversationId &open);
    // The state before the first change.
    void begin(const QList<Conversation> &known);
    void take(const QList<Conversation> &changed);
    void remove(const QList<ConversationId> &ids);
    // Nothing of before holds any more: another workspace, or the replica was made anew.
    void reset();

Q_SIGNALS:
    // What came in one go, the newest last.
    void alerted(const QList<Pagedesk::Alert> &alerts);
    // Somebody on the team has looked at it.
    void settled(const Pagedesk::ConversationId &id);
    // Some of what was told has not been looked at for a while.
    void reminded(int conversations);

private:
    void look(const Conversation &conversation);
    bool isFor(const Conversation &conversation) const;
    void note(Alert::Reason reason, const Conversation &conversation);
    void settle(const ConversationId &id);
    void tell();
    bool isQuiet() const;
    void startReminder();

    const Clock &m_clock;
    AlertSettings m_settings;
    Operator m_self;
    bool m_begun = false;
    bool m_isActive = false;
    ConversationId m_open;
    qint64 m_known = 0; // ms UTC of the newest message when it began
    QHash<ConversationId, qint64> m_seen; // … and of each conversation since
    QSet<ConversationId> m_mine;
    QSet<ConversationId> m_snoozed;
    QSet<ConversationId> m_told; // and not looked at yet
    QList<Alert> m_waiting; // for the rest of the burst
    QTimer m_gather;
    QTimer m_remind;
};

} // namespace Pagedesk
