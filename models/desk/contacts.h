// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/task.h"
#include "models/domain/contactcard.h"
#include "models/wire/frames.h"

#include <QObject>

namespace Pagedesk {

class CommandQueue;
class Replica;
struct ReplicaChanges;

// A person, with everybody they were merged with.
struct ContactView {
    ContactCard card; // what waits here for the relay is carried out already
    QList<ContactCard> others; // the same person with other Pages
    // Whom Meta says this is too, and nobody of the team has decided about.
    struct Suggestion {
        QString id;
        ContactCard other;
    };
    QList<Suggestion> suggestions = {};
    bool isWaiting = false; // something has not been confirmed by the relay
};

// What the team knows of the people who write, and how it is changed. Changes are shown at once and
// wait here while the relay cannot be reached.
class Contacts : public QObject {
    Q_OBJECT

public:
    Contacts(
        Replica &replica, CommandQueue &commands, const Clock &clock, QObject *parent = nullptr);

    Task<ContactView> load(const ConversationId &id);
    Task<QStringList> fieldNames(); // of all people, the most used first

    // Rejected and TooLarge in words, before anything is given to the relay.
    Task<> edit(const ConversationId &id, const QList<ContactEdit> &edits);
    Task<> addNote(const ConversationId &id, const QString &text);
    Task<> removeNote(const ConversationId &id, const QString &noteId);
    Task<> merge(const ConversationId &id, const ConversationId &other);
    Task<> unmerge(const ConversationId &id);
    Task<> refresh(const ConversationId &id);
    // They are different people.
    Task<> declineSuggestion(const ConversationId &id, const QString &suggestionId);

Q_SIGNALS:
    void changed(const QSet<Pagedesk::ConversationId> &contacts);
    // The relay refused something; it looks as before again.
    void refused(const Pagedesk::ConversationId &id, const Pagedesk::Error &error);

private:
    Task<> give(const ConversationId &id, const Wire::CommandBody &body);
    void handleChanges(const ReplicaChanges &changes);

    Replica &m_replica;
    CommandQueue &m_commands;
    const Clock &m_clock;
};

} // namespace Pagedesk
