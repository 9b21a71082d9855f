// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/graph/graphclient.h"
#include "app/relay/ledger/files.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/media/blobstore.h"
#include "models/base/clock.h"
#include "models/domain/message.h"

#include <QHash>

#include <deque>

namespace Pagedesk::Relay {

// Files of replies as Meta has them: given to it once for each Page and used again until its id
// expires.
class MetaFiles : public QObject {
    Q_OBJECT

public:
    MetaFiles(Ledger &ledger, GraphClient &graph, const BlobStore &blobs, const Clock &clock,
        QObject *parent = nullptr);

    struct Outcome {
        QString attachmentId; // empty: see the verdict
        bool wasKnown = false; // from before: Meta may have lost it
        SendVerdict verdict;
    };
    // Meta's id for the file of a reply. Always finishes with an outcome.
    Task<Outcome> idFor(const PageId &page, const Attachment &attachment, const Secret &token);
    // Meta has refused an id that was known: the next idFor() gives it the file again.
    Task<> forget(const PageId &page, const QString &attachmentId);

private:
    struct Work {
        MetaAttachment wanted;
        Secret token;
        std::shared_ptr<Promise<Outcome>> promise;
    };

    void uploadNext();
    void upload(const Work &work);
    void finish(const Work &work, const UploadAnswer &answer);

    Ledger &m_ledger;
    GraphClient &m_graph;
    const BlobStore &m_blobs;
    const Clock &m_clock;
    std::deque<Work> m_waiting;
    int m_running = 0;
};

} // namespace Pagedesk::Relay
