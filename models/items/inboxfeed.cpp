// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/inboxfeed.h"

#include "models/desk/conversations.h"
#include "models/desk/drafts.h"

#include <chrono>

namespace Pagedesk {

using namespace std::chrono_literals;

InboxFeed::InboxFeed(
    Conversations &conversations, Drafts &drafts, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_source(conversations)
    , m_drafts(drafts)
    , m_conversations(clock)
{
    m_recount.setSingleShot(true);
    m_recount.setInterval(0);
    connect(&m_recount, &QTimer::timeout, this, &InboxFeed::recount);
    connect(&m_conversations, &ConversationListModel::countsChanged, &m_recount,
        qOverload<>(&QTimer::start));
    m_tick.setInterval(30s); // times are shown in minutes
    connect(&m_tick, &QTimer::timeout, &m_conversations, &ConversationListModel::tick);
    m_tick.start();
    follow(conversations, drafts);
}

void InboxFeed::follow(Conversations &conversations, Drafts &drafts)
{
    connect(&conversations, &Conversations::pagesChanged, this, &InboxFeed::takePages);
    connect(&conversations, &Conversations::conversationsChanged, this,
        [this](const QList<Conversation> &changed) {
            change([this, changed] { m_conversations.upsert(changed); });
        });
    connect(&conversations, &Conversations::conversationsRemoved, this,
        [this](const QList<ConversationId> &ids) {
            change([this, ids] { m_conversations.remove(ids); });
        });
    connect(&conversations, &Conversations::reset, this, &InboxFeed::load);
    connect(&drafts, &Drafts::draftChanged, &m_conversations, &ConversationListModel::setDraft);
}

void InboxFeed::load()
{
    if (m_loading)
        return;
    m_loading = true;
    m_source.pages().then(this, [this](const Result<QList<Page>> &pages) {
        if (!pages) {
            failLoading(pages.error());
            return;
        }
        m_known.clear();
        takePages(*pages);
        loadDrafts();
    });
}

void InboxFeed::loadDrafts()
{
    m_drafts.all().then(this, [this](const Result<QHash<ConversationId, QString>> &drafts) {
        if (!drafts) {
            failLoading(drafts.error());
            return;
        }
        m_conversations.setDrafts(*drafts);
        loadConversations();
    });
}

void InboxFeed::loadConversations()
{
    m_source.all().then(this, [this](const Result<QList<Conversation>> &all) {
        if (all)
            finishLoading(*all);
        else
            failLoading(all.error());
    });
}

void InboxFeed::finishLoading(const QList<Conversation> &all)
{
    m_conversations.reset(all);
    m_loading = false;
    // What was committed while we read may be missing in what was read. Making every change of
    // that time once more, in order, ends with the newest value of each.
    for (const auto &apply : std::exchange(m_whileLoading, {}))
        apply();
    recount();
    m_loaded = true;
    Q_EMIT loaded();
}

void InboxFeed::failLoading(const Error &error)
{
    m_loading = false;
    m_whileLoading.clear();
    Q_EMIT loadFailed(error);
}

void InboxFeed::change(std::function<void()> apply)
{
    apply();
    if (m_loading)
        m_whileLoading.append(std::move(apply));
}

void InboxFeed::takePages(const QList<Page> &pages)
{
    for (const Page &page : pages)
        m_known.insert(page.id, page);
    const QList<Page> merged = m_known.values();
    m_pages.setPages(merged);
    m_conversations.setPages(merged);
}

void InboxFeed::recount()
{
    m_recount.stop();
    const ConversationCounts counts = m_conversations.counts();
    if (counts == m_counts)
        return;
    m_counts = counts;
    m_pages.setUnread(counts.unreadByPage);
    Q_EMIT countsChanged(counts);
}

} // namespace Pagedesk
