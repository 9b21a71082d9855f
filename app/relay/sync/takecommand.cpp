// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/sync/takecommand.h"

#include "app/relay/jobs/takethreadjob.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/taking.h"

namespace Pagedesk::Relay {

namespace {

// None when Meta can be asked.
FailureKind whyNot(const std::optional<Page> &page)
{
    switch (page ? sendingBlock(*page) : SendingBlock::Removed) {
    case SendingBlock::NeedsLogin:
    case SendingBlock::Removed:
        return FailureKind::NeedsLogin;
    case SendingBlock::PermissionLost:
        return FailureKind::PermissionMissing;
    case SendingBlock::None:
        break;
    }
    return FailureKind::None;
}

} // namespace

Result<> apply(CommandContext &context, const Wire::TakeThread &take)
{
    const auto conversation = existingConversation(context, take.conversationId);
    if (!conversation)
        return failure(conversation.error());
    const bool isAsked = conversation->takingSince > 0
        && context.now - conversation->takingSince < TakeThreadJob::PatienceMs;
    if (conversation->ownerApp.isEmpty() || isAsked)
        return {};
    const PageId &pageId = conversation->contact.pageId;
    const auto page = pageById(context.connection, pageId);
    if (!page)
        return failure(page.error());
    if (const FailureKind why = whyNot(*page); why != FailureKind::None)
        return failure(Error::Kind::Rejected, failureKindName(why));
    if (auto begun = beginTaking(context.connection, *conversation, context.person.id, context.now);
        !begun)
        return begun;
    context.touched.stream(pageId.value);
    context.touched.jobs = true;
    return wakeJob(
        context.connection, JobKind::TakeThread, pageId, conversation->id.value, context.now);
}

} // namespace Pagedesk::Relay
