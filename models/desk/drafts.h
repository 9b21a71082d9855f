// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/task.h"
#include "models/domain/attachment.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace Pagedesk {

class Replica;

// One unfinished reply a conversation, written to the disk within half a second of typing, so
// that a crash loses less than a second of it.
class Drafts : public QObject {
    Q_OBJECT

public:
    explicit Drafts(Replica &replica, QObject *parent = nullptr);
    ~Drafts() override; // writes what is pending

    Task<QHash<ConversationId, QString>> all();
    Task<QString> text(const ConversationId &conversation);
    void set(const ConversationId &conversation, const QString &text); // empty removes it
    // The files that are to go with the text, written at once.
    Task<QList<Attachment>> files(const ConversationId &conversation);
    Task<> setFiles(const ConversationId &conversation, const QList<Attachment> &files);
    void flush(); // what is pending is on the disk when it returns

Q_SIGNALS:
    void draftChanged(const Pagedesk::ConversationId &conversation, const QString &text);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
    Replica &m_replica;
};

} // namespace Pagedesk
