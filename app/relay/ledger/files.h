// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/attachment.h"
#include "models/store/query.h"

namespace Pagedesk::Relay {

// A file of the media folder, by its SHA-256 in hex.
struct KeptFile {
    QString hash;
    qint64 size = 0; // bytes
    QString mimeType; // as its bytes say
    int width = 0; // pixels; 0: no picture, or not looked at
    int height = 0;
    QString thumbnail; // the hash of a smaller picture of it; empty: there is none
};

// One that is known already stays as it is.
Result<> keepFile(Connection &connection, const KeptFile &file, qint64 now);
// The same, with what was seen of a picture.
Result<> noteSeen(Connection &connection, const KeptFile &file, qint64 now);
Result<std::optional<KeptFile>> fileByHash(Connection &connection, const QString &hash);

// A file as Meta keeps it for a Page.
struct MetaAttachment {
    PageId page;
    QString hash;
    AttachmentKind kind = AttachmentKind::File;
    QString name;
    QString id; // Meta's; empty: not known
};
// The same with Meta's id, if one was given after `since` (ms UTC).
Result<MetaAttachment> knownAtMeta(
    Connection &connection, const MetaAttachment &wanted, qint64 since);
Result<> keepAtMeta(Connection &connection, const MetaAttachment &attachment, qint64 now);
// Meta does not know this id any more.
Result<> forgetAtMeta(Connection &connection, const PageId &page, const QString &id);

} // namespace Pagedesk::Relay
