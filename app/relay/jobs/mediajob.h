// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/graph/httpclient.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/media/blobstore.h"
#include "app/relay/media/mediarules.h"
#include "models/base/clock.h"
#include "models/domain/message.h"

namespace Pagedesk::Relay {

// Fetches the attachments of a message while Meta still gives them, one after the other, and
// notes what became of each.
class MediaJob : public QObject {
    Q_OBJECT

public:
    MediaJob(Ledger &ledger, HttpClient &http, const MediaRules &rules, const BlobStore &blobs,
        const Clock &clock, QObject *parent = nullptr);
    Task<> run(const Job &job);

private:
    void next(const Message &message, const std::shared_ptr<Promise<>> &promise);
    void fetched(const Message &message, qsizetype index, const Result<HttpAnswer> &answer,
        const std::shared_ptr<Promise<>> &promise);
    void save(const Message &message, qsizetype index, const std::shared_ptr<Promise<>> &promise);

    Ledger &m_ledger;
    HttpClient &m_http;
    const MediaRules &m_rules;
    const BlobStore &m_blobs;
    const Clock &m_clock;
};

} // namespace Pagedesk::Relay
