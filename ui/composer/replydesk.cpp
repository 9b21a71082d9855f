// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/replydesk.h"

#include "models/desk/drafts.h"
#include "models/desk/outbox.h"
#include "ui/composer/composer.h"
#include "ui/composer/composerwords.h"

namespace Pagedesk::Ui {

ReplyDesk::ReplyDesk(Composer &composer, Drafts &drafts, Outbox &outbox, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_drafts(drafts)
    , m_outbox(outbox)
{
    connect(&composer, &Composer::textEdited, this, &ReplyDesk::keep);
    connect(&composer, &Composer::sendRequested, this, &ReplyDesk::send);
}

void ReplyDesk::open(const ConversationId &id, const QString &storedDraft)
{
    if (id == m_current)
        return;
    m_current = id;
    m_composer.setText(m_typed.value(id, storedDraft));
    m_composer.setProblem(m_problems.value(id));
}

void ReplyDesk::keep(const QString &text)
{
    if (m_current.isEmpty())
        return;
    m_typed.insert(m_current, text);
    m_problems.remove(m_current);
    m_drafts.set(m_current, text);
}

void ReplyDesk::send(const QString &reply)
{
    if (m_current.isEmpty())
        return;
    const ConversationId id = m_current;
    // The editor is free for the next reply at once: a second Enter finds it empty.
    m_typed.insert(id, QString());
    m_composer.setText({});
    m_outbox.send(id, reply).then(
        this, [this, id, reply](const Result<MessageId> &sent) { finish(id, reply, sent); });
}

void ReplyDesk::finish(
    const ConversationId &id, const QString &reply, const Result<MessageId> &sent)
{
    if (sent)
        Q_EMIT stored(id);
    else
        giveBack(id, reply, sent.error());
}

void ReplyDesk::giveBack(const ConversationId &id, const QString &reply, const Error &error)
{
    const QString since = m_typed.value(id);
    const QString text = since.isEmpty() ? reply : reply + u'\n' + since;
    m_typed.insert(id, text);
    m_drafts.set(id, text);
    m_problems.insert(id, sendProblem(error));
    if (id != m_current)
        return;
    m_composer.setText(text);
    m_composer.setProblem(m_problems.value(id));
}

} // namespace Pagedesk::Ui
