// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/profilejob.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/ledger/contacts.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/pages.h"

namespace Pagedesk::Relay {

ProfileJob::ProfileJob(Ledger &ledger, GraphClient &graph, HttpClient &http, const Vault &vault,
    const MediaRules &rules, const BlobStore &blobs, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_http(http)
    , m_vault(vault)
    , m_rules(rules)
    , m_blobs(blobs)
    , m_clock(clock)
{
}

Task<> ProfileJob::run(const Job &job)
{
    const Psid psid{job.subject.sliced(job.subject.lastIndexOf(u'-') + 1)};
    return tokenOf(job.pageId)
        .andThen(this,
            [this, psid, page = job.pageId](const Secret &token) { return ask(page, psid, token); })
        .andThen(this, [this, job](const Profile &profile) {
            return keepPicture(profile.picture)
                .andThen(this, [this, job, person = profile.person](const QString &hash) {
                    return save(job, person, hash);
                });
        });
}

Task<Secret> ProfileJob::tokenOf(const PageId &page)
{
    return m_ledger.database()
        .read<QByteArray>(
            [page](Connection &connection) { return sealedTokenOf(connection, page); })
        .andThen(this, [this, page](const QByteArray &sealed) {
            return Task<Secret>::finished(PageTokens::open(m_vault, page, sealed));
        });
}

Task<Profile> ProfileJob::ask(const PageId &page, const Psid &psid, const Secret &token)
{
    auto promise = std::make_shared<Promise<Profile>>();
    const auto end = [promise](const Result<Profile> &profile) {
        const bool isKept = !profile
            && (profile.error().kind == Error::Kind::NotFound
                || profile.error().kind == Error::Kind::Forbidden);
        promise->finish(isKept ? Result<Profile>(Profile()) : profile);
    };
    m_graph.profile(page, psid, token)
        .then(this, [this, page, psid, token, end](const Result<Profile> &profile) {
            if (profile || profile.error().kind != Error::Kind::Forbidden)
                end(profile);
            else
                m_graph.profile(page, psid, token, ProfileFields::Names).then(this, end);
        });
    return promise->task();
}

Task<QString> ProfileJob::keepPicture(const QUrl &url)
{
    const auto call = m_rules.callFor(url);
    if (!call)
        return Task<QString>::finished(QString());
    auto promise = std::make_shared<Promise<QString>>();
    m_http.call(*call).then(this, [this, promise](const Result<HttpAnswer> &answer) {
        // A name without a picture is better than neither.
        if (!answer || answer->status != 200 || !answer->contentType.startsWith("image/"))
            promise->finish(QString());
        else
            promise->finish(m_blobs.put(answer->body));
    });
    return promise->task();
}

Task<> ProfileJob::save(const Job &job, ContactProfile profile, const QString &pictureHash)
{
    profile.askedAt = m_clock.now();
    return m_ledger.write(
        [job, profile, pictureHash](Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto conversation = conversationById(connection, {job.subject});
            if (!conversation)
                return failure(conversation.error());
            if (!*conversation)
                return {};
            touched.stream(job.pageId.value);
            return keepProfile(connection, **conversation, profile, pictureHash);
        });
}

} // namespace Pagedesk::Relay
