// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/task.h"
#include "models/domain/attachment.h"

#include <QHash>
#include <QImage>
#include <QObject>

namespace Pagedesk {
class Drafts;
class Outbox;
class OutgoingFiles;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class Composer;

// Joins the composer with drafts and outbox: every conversation has its own unfinished text, and a
// reply leaves the editor for good only once it is stored.
class ReplyDesk : public QObject {
    Q_OBJECT

public:
    ReplyDesk(Composer &composer, Drafts &drafts, Outbox &outbox, OutgoingFiles &files,
        QObject *parent = nullptr);

    // Another conversation, with the draft the replica has of it.
    void open(const ConversationId &id, const QString &storedDraft);
    // Adds text to what is in the editor of the open conversation, and says why it is there.
    void addText(const QString &text, const QString &reason);
    // Adds files to the reply of the open conversation.
    void offerFiles(const QStringList &paths);

Q_SIGNALS:
    void stored(const Pagedesk::ConversationId &id); // a reply is on its way

private:
    struct Reply {
        QString text;
        bool asHumanAgent = false;
    };
    // What waits in the editor of a conversation besides its text.
    struct Files {
        QList<Attachment> chosen;
        int coming = 0;
        bool loaded = false; // those that were stored are here
        QList<Reply> asked; // leave as soon as they are
    };

    void keep(const QString &text);
    void offerPicture(const QImage &picture);
    void expect(Task<Attachment> file, const QString &name);
    void loadFiles(const ConversationId &id);
    void removeFile(int number);
    void changeFiles(const ConversationId &id);
    void showFiles();
    void say(const ConversationId &id, const QString &problem);
    void send(const QString &text, bool asHumanAgent);
    void leave(const ConversationId &id, const Reply &reply);
    void giveBack(const ConversationId &id, const QString &reply, const QList<Attachment> &files,
        const Error &error);

    Composer &m_composer;
    Drafts &m_drafts;
    Outbox &m_outbox;
    OutgoingFiles &m_outgoing;
    ConversationId m_current;
    // What was typed since the program started; newer than what the replica has.
    QHash<ConversationId, QString> m_typed;
    QHash<ConversationId, Files> m_files;
    QHash<ConversationId, QString> m_problems;
};

} // namespace Pagedesk::Ui
