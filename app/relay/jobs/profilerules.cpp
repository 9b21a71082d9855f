// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/profilerules.h"

#include "app/relay/ledger/contacts.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/pages.h"

namespace Pagedesk::Relay {

namespace {

Result<bool> isWanted(Connection &connection, const Job &job)
{
    const auto page = pageById(connection, job.pageId);
    if (!page)
        return failure(page.error());
    if (!*page || !(*page)->settings.requestProfiles)
        return false;
    if ((*page)->settings.updateProfiles)
        return true;
    const auto conversation = conversationById(connection, {job.subject});
    if (!conversation)
        return failure(conversation.error());
    if (!*conversation)
        return false;
    const auto card = contactCard(connection, **conversation);
    if (!card)
        return failure(card.error());
    return card->profile.askedAt == 0; // for the first time, or somebody wants it
}

} // namespace

Task<> askIfWanted(Ledger &ledger, const Job &job, QObject *context, JobRunner::Handler ask)
{
    return ledger.database()
        .read<bool>([job](Connection &connection) { return isWanted(connection, job); })
        .andThen(context, [job, ask = std::move(ask)](bool wanted) {
            return wanted ? ask(job) : Task<>::finished({});
        });
}

} // namespace Pagedesk::Relay
