// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/files.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/media/blobstore.h"
#include "app/relay/media/thumbnailer.h"
#include "models/base/clock.h"
#include "models/domain/message.h"

namespace Pagedesk::Relay {

// Looks at the pictures of a message, one after the other: how large they are, and a small one of
// each that is large. A picture that was looked at for another message is not looked at again.
class ThumbnailJob : public QObject {
    Q_OBJECT

public:
    ThumbnailJob(
        Ledger &ledger, const BlobStore &blobs, const Clock &clock, QObject *parent = nullptr);
    Task<> run(const Job &job);

private:
    using Ending = std::shared_ptr<Promise<>>;

    void next(const MessageId &id, qsizetype index, const Ending &ending);
    void look(const MessageId &id, qsizetype index, const QString &hash, const Ending &ending);
    void made(const MessageId &id, qsizetype index, const QString &hash,
        const Result<Thumbnail> &thumbnail, const Ending &ending);
    void save(const MessageId &id, qsizetype index, const KeptFile &file, const Ending &ending);

    Ledger &m_ledger;
    const BlobStore &m_blobs;
    const Clock &m_clock;
    Thumbnailer m_thumbnailer;
};

// Whether a message has pictures to be looked at.
bool wantsThumbnails(const Message &message);

} // namespace Pagedesk::Relay
