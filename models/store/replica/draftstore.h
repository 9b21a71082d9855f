// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/replica/replicachanges.h"

namespace Pagedesk {

// Unfinished replies, one a conversation: a text, and files that are to go with it.
class DraftStore {
public:
    static Result<QHash<ConversationId, QString>> all(Connection &connection);
    static Result<QString> text(Connection &connection, const ConversationId &conversation);
    // An empty text removes the draft.
    static Result<> set(
        ReplicaWriter &writer, const ConversationId &conversation, const QString &text);
    static Result<QList<Attachment>> files(
        Connection &connection, const ConversationId &conversation);
    static Result<> setFiles(
        ReplicaWriter &writer, const ConversationId &conversation, const QList<Attachment> &files);
    // The hashes of all files of all drafts.
    static Result<QStringList> fileHashes(Connection &connection);
    static Result<> removePage(ReplicaWriter &writer, const PageId &page);
};

} // namespace Pagedesk
