// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"

#include <QHash>
#include <QObject>

namespace Pagedesk {
class Drafts;
class Outbox;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class Composer;

// Joins the composer with drafts and outbox: every conversation has its own unfinished text, and a
// reply leaves the editor for good only once it is stored.
class ReplyDesk : public QObject {
    Q_OBJECT

public:
    ReplyDesk(Composer &composer, Drafts &drafts, Outbox &outbox, QObject *parent = nullptr);

    // Another conversation, with the draft the replica has of it.
    void open(const ConversationId &id, const QString &storedDraft);

Q_SIGNALS:
    void stored(const Pagedesk::ConversationId &id); // a reply is on its way

private:
    void keep(const QString &text);
    void send(const QString &reply);
    void finish(const ConversationId &id, const QString &reply, const Result<MessageId> &sent);
    void giveBack(const ConversationId &id, const QString &reply, const Error &error);

    Composer &m_composer;
    Drafts &m_drafts;
    Outbox &m_outbox;
    ConversationId m_current;
    // What was typed since the program started; newer than what the replica has.
    QHash<ConversationId, QString> m_typed;
    QHash<ConversationId, QString> m_problems;
};

} // namespace Pagedesk::Ui
