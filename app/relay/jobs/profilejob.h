// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/access/vault.h"
#include "app/relay/graph/graphclient.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/media/blobstore.h"
#include "app/relay/media/mediarules.h"
#include "models/base/clock.h"

namespace Pagedesk::Relay {

// Asks Meta for the profile and picture of a person who has written for the first time, and keeps
// both. A person whose profile is not shared stays nameless; nothing is invented.
class ProfileJob : public QObject {
    Q_OBJECT

public:
    ProfileJob(Ledger &ledger, GraphClient &graph, HttpClient &http, const Vault &vault,
        const MediaRules &rules, const BlobStore &blobs, const Clock &clock,
        QObject *parent = nullptr);
    Task<> run(const Job &job);

private:
    Task<Secret> tokenOf(const PageId &page);
    // As much as Meta gives us; an empty one when the profile is not shared.
    Task<Profile> ask(const PageId &page, const Psid &psid, const Secret &token);
    Task<QString> keepPicture(const QUrl &url); // the hash; empty when there is no picture
    Task<> save(const Job &job, ContactProfile profile, const QString &pictureHash);

    Ledger &m_ledger;
    GraphClient &m_graph;
    HttpClient &m_http;
    const Vault &m_vault;
    const MediaRules &m_rules;
    const BlobStore &m_blobs;
    const Clock &m_clock;
};

} // namespace Pagedesk::Relay
