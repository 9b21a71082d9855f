// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/task.h"
#include "models/domain/message.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace Pagedesk {

class CommandQueue;
class Replica;

// Replies on their way. A reply is stored in the replica before anything else happens, and leaves
// exactly once, in order, when the relay can be reached.
class Outbox : public QObject {
    Q_OBJECT

public:
    Outbox(Replica &replica, CommandQueue &commands, const Clock &clock, QObject *parent = nullptr);
    ~Outbox() override;

    // Every call is a reply of its own, however alike two texts are. So that a double click sends
    // one, the composer takes no second click until the task has finished, and clears itself when
    // it has succeeded; when it has failed the text stays where it is.
    //
    // Finishes when the reply is safe on this disk; clears the conversation's draft in the same
    // transaction. Rejected: the reply window is closed or the text is empty. TooLarge: over
    // Limits::TextCharacters. NotFound: no such conversation.
    //
    // Meta's messages are a text or a file, so each of `files` (see OutgoingFiles) follows the text
    // as a message of its own; should one not be sent, those behind it are not sent either. The id
    // is that of the first.
    //
    // Later than 24 hours after the customer's last message only what somebody has chosen to say as
    // a human agent is taken, for a Page that may. Rejected with NotThreadOwner: another app holds
    // the conversation.
    enum class As { Page, HumanAgent };
    Task<MessageId> send(const ConversationId &conversation, const QString &text,
        const QList<Attachment> &files = {}, As as = As::Page);
    // Takes back a reply that still waits on this desktop or at the relay, or clears away one that
    // was refused before it left. Conflict: it has been sent.
    Task<> cancel(const MessageId &id);
    // The hashes of the files of replies that wait on this desktop, and of drafts.
    Task<QSet<QString>> neededFiles();
    // How many replies have not been confirmed by the relay yet.
    int waiting() const;

Q_SIGNALS:
    void waitingChanged(int waiting);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
