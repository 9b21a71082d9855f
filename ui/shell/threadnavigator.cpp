// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/threadnavigator.h"

#include "models/base/clock.h"
#include "models/domain/foldedtext.h"
#include "models/items/threadfeed.h"
#include "ui/errortext.h"
#include "ui/shell/datechooser.h"
#include "ui/shell/findbar.h"
#include "ui/thread/threadtext.h"
#include "ui/thread/threadview.h"

#include <utility>

namespace Pagedesk::Ui {

using namespace std::chrono_literals;

namespace {

qint64 beginOf(const QDate &day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace

ThreadNavigator::ThreadNavigator(const Desk &desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
    m_again.setSingleShot(true);
    m_again.setInterval(300ms);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (m_current >= 0)
            m_kept = m_found.at(m_current);
        search();
    });
    connect(&desk.bar, &FindBar::textChanged, this, &ThreadNavigator::setText);
    connect(&desk.bar, &FindBar::earlierWanted, this, &ThreadNavigator::findEarlier);
    connect(&desk.bar, &FindBar::laterWanted, this, &ThreadNavigator::findLater);
    connect(&desk.bar, &FindBar::left, this, &ThreadNavigator::close);
    connect(&desk.feed, &ThreadFeed::located, this, &ThreadNavigator::arrive);
    const auto changed = [this](const ConversationId &id) {
        if (id == m_conversation.id && !m_folded.isEmpty())
            m_again.start();
    };
    connect(&desk.threads, &Threads::messagesChanged, this, changed);
    connect(&desk.threads, &Threads::messagesRemoved, this, changed);
}

void ThreadNavigator::setConversation(const Conversation &conversation)
{
    if (conversation.id != m_conversation.id)
        m_unread = 0;
    m_conversation = conversation;
    // Looking at it marks it as read; what was unread then is what is meant.
    if (m_unread == 0 && conversation.unread > 0) {
        m_unread = conversation.unread;
        m_unreadUpTo = conversation.lastMessageAt;
    }
}

void ThreadNavigator::leave()
{
    if (m_dates)
        m_dates->close();
    m_sought = {};
    m_desk.bar.hide();
    setText({});
}

void ThreadNavigator::find()
{
    if (m_desk.feed.current().isEmpty())
        return;
    m_desk.bar.open();
    if (m_folded.isEmpty())
        setText(m_desk.bar.text());
}

void ThreadNavigator::findEarlier()
{
    step(1);
}

void ThreadNavigator::findLater()
{
    step(-1);
}

void ThreadNavigator::askForDate()
{
    if (m_desk.feed.current().isEmpty())
        return;
    if (!m_dates) {
        const QDate today = localTime(m_desk.clock.now()).date();
        m_dates = new DateChooser(m_desk.theme, today, m_desk.view.window());
        connect(m_dates, &DateChooser::chosen, this, &ThreadNavigator::showDay);
    }
    m_dates->show();
    m_dates->raise();
    m_dates->activateWindow();
}

void ThreadNavigator::showDay(const QDate &day)
{
    if (m_conversation.lastMessageAt < beginOf(day)) {
        showNewest();
        Q_EMIT told(tr("Nothing was written on or after %1.")
                        .arg(m_desk.view.locale().toString(day, QLocale::ShortFormat)));
        return;
    }
    m_desk.feed.showAround({beginOf(day), -1, {}});
}

void ThreadNavigator::showFirstUnread()
{
    if (m_desk.feed.current().isEmpty())
        return;
    if (m_unread == 0) {
        Q_EMIT told(tr("Nothing was unread here."));
        return;
    }
    m_desk.threads.lastFromCustomer(m_conversation.id, m_unread, m_unreadUpTo)
        .then(
            this, [this, id = m_conversation.id](const Result<std::optional<MessagePlace>> &place) {
                if (id != m_desk.feed.current())
                    return;
                if (!place)
                    Q_EMIT told(errorText(place.error()));
                else if (*place)
                    m_desk.feed.showAround(**place);
            });
}

void ThreadNavigator::showFirstOfToday()
{
    if (m_desk.feed.current().isEmpty())
        return;
    const QDate today = localTime(m_desk.clock.now()).date();
    if (m_conversation.lastMessageAt < beginOf(today))
        Q_EMIT told(tr("Nothing was written today."));
    else
        showDay(today);
}

void ThreadNavigator::showNewest()
{
    m_desk.view.showNewest();
}

void ThreadNavigator::showMessage(const MessageId &id, qint64 at)
{
    if (m_desk.feed.current().isEmpty())
        return;
    m_sought = id;
    m_desk.feed.showAround({at, -1, {}});
}

void ThreadNavigator::arrive(const MessageId &id)
{
    const MessageId sought = std::exchange(m_sought, {});
    if (!sought.isEmpty() && !m_desk.view.markMessage(sought))
        Q_EMIT told(tr("This message is not in the conversation any more."));
    else if (sought.isEmpty() && id.isEmpty())
        m_desk.view.showNewest();
    else if (sought.isEmpty())
        m_desk.view.jumpTo(id);
}

void ThreadNavigator::setText(const QString &text)
{
    const QString folded = foldedForFind(text).simplified();
    if (folded == m_folded)
        return;
    m_folded = folded;
    m_current = -1;
    m_kept.reset();
    search();
}

void ThreadNavigator::search()
{
    m_again.stop();
    ++m_run;
    m_found.clear();
    m_current = -1;
    m_isDone = m_folded.isEmpty();
    m_desk.view.setFound(m_folded, {});
    showCount();
    if (!m_isDone)
        scan(std::nullopt);
}

// The next part is asked for when the last one is here: others read in between.
void ThreadNavigator::scan(const std::optional<MessagePlace> &before)
{
    m_desk.threads.find(m_conversation.id, m_folded, before)
        .then(this, [this, run = m_run](const Result<ThreadFound> &part) {
            if (run != m_run)
                return;
            if (part) {
                take(*part);
                return;
            }
            m_isDone = true;
            m_desk.bar.setCount(errorText(part.error()));
        });
}

void ThreadNavigator::take(const ThreadFound &part)
{
    m_isWhole = part.isWhole;
    m_found += part.found;
    m_isDone = !part.next;
    if (m_kept) {
        m_current = m_found.indexOf(*m_kept);
        if (m_current >= 0)
            m_desk.view.setFound(m_folded, m_kept->id);
        if (m_current >= 0 || m_isDone)
            m_kept.reset();
    } else if (m_current < 0 && !m_found.isEmpty()) {
        goTo(0);
    }
    showCount();
    if (part.next)
        scan(part.next);
}

// Around the end, once all of them are known.
void ThreadNavigator::step(int by)
{
    if (m_found.isEmpty())
        return;
    const qsizetype next = m_current + by;
    const bool isInside = next >= 0 && next < m_found.size();
    if (isInside)
        goTo(next);
    else if (m_isDone)
        goTo(next < 0 ? m_found.size() - 1 : 0);
}

void ThreadNavigator::goTo(qsizetype match)
{
    m_current = match;
    m_desk.view.setFound(m_folded, m_found.at(match).id);
    m_desk.feed.showAround(m_found.at(match));
    showCount();
}

void ThreadNavigator::showCount()
{
    if (m_folded.isEmpty())
        m_desk.bar.setCount({});
    else if (m_found.isEmpty())
        m_desk.bar.setCount(!m_isDone ? tr("Looking…")
                : m_isWhole           ? tr("Not found")
                                      : tr("Not in what is here so far"));
    else if (m_current < 0)
        m_desk.bar.setCount(tr("%1 found").arg(m_found.size()));
    else
        m_desk.bar.setCount((m_isDone && m_isWhole ? tr("%1 of %2") : tr("%1 of %2 so far"))
                                .arg(m_current + 1)
                                .arg(m_found.size()));
}

void ThreadNavigator::close()
{
    m_desk.bar.hide();
    setText({});
    m_desk.view.setFocus(Qt::OtherFocusReason);
}

} // namespace Pagedesk::Ui
