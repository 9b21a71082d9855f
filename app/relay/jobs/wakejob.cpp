// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/jobs/wakejob.h"

#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/decisions.h"

namespace Pagedesk::Relay {

Task<> wakeConversation(Ledger &ledger, const Clock &clock, const Job &job)
{
    return ledger.write([id = ConversationId{job.subject}, now = clock.now()](
                            Connection &connection, Ledger::Touched &touched) -> Result<> {
        auto found = conversationById(connection, id);
        if (!found)
            return failure(found.error());
        if (!*found || (*found)->state != ConversationState::Snoozed
            || (*found)->snoozedUntil > now)
            return {};
        Conversation &conversation = **found;
        conversation.state = ConversationState::Open;
        conversation.snoozedUntil = 0;
        touched.stream(conversation.contact.pageId.value);
        if (auto saved = saveDecisions(connection, conversation); !saved)
            return saved;
        return addDecision(connection, conversation, {Notice::Woken}, {}, {}, now);
    });
}

} // namespace Pagedesk::Relay
