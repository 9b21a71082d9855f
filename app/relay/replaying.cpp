// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/replaying.h"

#include "app/relay/intake/projector.h"
#include "app/relay/ledger/events.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"

#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>

#include <functional>
#include <future>
#include <optional>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int RowsAtOnce = 500;
constexpr qsizetype MostDifferences = 50;

template <typename T>
Result<T> read(Ledger &ledger, const std::function<Result<T>(Connection &)> &work)
{
    std::promise<Result<T>> done;
    ledger.database().submitRead(
        [&work, &done](Connection &connection) { done.set_value(work(connection)); });
    return done.get_future().get();
}

Result<> write(Ledger &ledger, const Ledger::Work &work)
{
    std::promise<Result<>> done;
    ledger.submit(work, [&done](const Result<> &result) { done.set_value(result); });
    return done.get_future().get();
}

// Which field of a message is not what its events say; empty when all are. What the relay finds out
// later (bytes of attachments, receipts of our own replies) is left out.
QString firstDifference(const Message &kept, const Message &replayed)
{
    // Read from Meta first, with a time in whole seconds, and told by a webhook afterwards.
    const bool wasRead = kept.details.recovered || kept.sentAt % 1000 == 0;
    if (kept.conversationId != replayed.conversationId)
        return u"conversation"_s;
    if (kept.direction != replayed.direction)
        return u"direction"_s;
    if (kept.text != replayed.text)
        return u"text"_s;
    if (kept.sentAt != replayed.sentAt && !wasRead)
        return u"time"_s;
    if (kept.replyTo != replayed.replyTo && !wasRead)
        return u"answered message"_s;
    if (kept.attachments.size() != replayed.attachments.size() && !wasRead)
        return u"attachments"_s;
    if (kept.details.earlier != replayed.details.earlier)
        return u"earlier texts"_s;
    if (kept.details.reactions != replayed.details.reactions)
        return u"reactions"_s;
    if (kept.details.unsentAt != replayed.details.unsentAt)
        return u"taken back"_s;
    if (kept.details.notice != replayed.details.notice)
        return u"notice"_s;
    return {};
}

class Replay {
public:
    Replay(Ledger &source, Ledger &scratch)
        : m_source(source)
        , m_scratch(scratch)
    {
    }

    Result<ReplayReport> run()
    {
        for (const auto step : {&Replay::copyPages, &Replay::projectAll, &Replay::compareReplayed,
                 &Replay::compareKept}) {
            if (auto done = (this->*step)(); !done)
                return failure(done.error());
        }
        return m_report;
    }

private:
    Result<> copyPages();
    Result<> projectAll();
    Result<> compareReplayed();
    Result<> compareKept();
    Result<> compare(const Message &replayed);
    void differs(const MessageId &id, const QString &field);

    Ledger &m_source;
    Ledger &m_scratch;
    qint64 m_last = 0; // number of the last event that was read again
    ReplayReport m_report;
};

void Replay::differs(const MessageId &id, const QString &field)
{
    ++m_report.differing;
    if (m_report.differences.size() < MostDifferences)
        m_report.differences.append(u"%1: %2"_s.arg(id.value, field));
}

Result<> Replay::copyPages()
{
    const auto pages = read<QList<Page>>(m_source, &allPages);
    if (!pages)
        return failure(pages.error());
    return write(m_scratch, [&pages](Connection &connection, Ledger::Touched &) -> Result<> {
        for (const Page &page : *pages) {
            if (auto added = connectPage(connection, page.id, page.name, {}, 0); !added)
                return added;
        }
        return {};
    });
}

Result<> Replay::projectAll()
{
    for (;;) {
        const auto events = read<QList<StoredEvent>>(m_source, [this](Connection &connection) {
            return eventsAfter(connection, m_last, {}, RowsAtOnce);
        });
        if (!events)
            return failure(events.error());
        if (events->isEmpty())
            return {};
        const auto done = write(
            m_scratch, [&events](Connection &connection, Ledger::Touched &touched) -> Result<> {
                for (const StoredEvent &event : *events) {
                    const Intake intake(
                        readStoredItem(event.item, event.kind, {event.pageId}, event.receivedAt),
                        event.receivedAt);
                    const auto projected
                        = projectEvents(connection, intake, Care::EachAlone, touched);
                    if (!projected)
                        return failure(projected.error());
                }
                return {};
            });
        if (!done)
            return done;
        m_report.events += events->size();
        m_last = events->constLast().id;
    }
}

Result<> Replay::compare(const Message &replayed)
{
    const auto kept = read<std::optional<Message>>(m_source, [&replayed](Connection &connection) {
        auto found = messageById(connection, replayed.id);
        // An echo of a reply of our own: there is no such reply in the scratch ledger.
        if (found && !*found && !replayed.mid.isEmpty())
            found = ownMessageByMid(connection, replayed.pageId, replayed.mid);
        return found;
    });
    if (!kept)
        return failure(kept.error());
    ++m_report.messages;
    if (!*kept) {
        // A line about an unknown kind needs a conversation, which history may have begun.
        if (replayed.details.notice != Notice::Unsupported)
            differs(replayed.id, u"not kept"_s);
        return {};
    }
    if ((*kept)->id != replayed.id) {
        ++m_report.ownReplies;
        return {};
    }
    if (const QString field = firstDifference(**kept, replayed); !field.isEmpty())
        differs(replayed.id, field);
    return {};
}

Result<> Replay::compareReplayed()
{
    MessageId after;
    for (;;) {
        const auto messages = read<QList<Message>>(m_scratch, [&after](Connection &connection) {
            return messagesById(connection, after, RowsAtOnce);
        });
        if (!messages)
            return failure(messages.error());
        if (messages->isEmpty())
            return {};
        for (const Message &message : *messages) {
            if (auto compared = compare(message); !compared)
                return compared;
        }
        after = messages->constLast().id;
    }
}

// The other way round: nothing may be kept that claims an event and that no event gives.
Result<> Replay::compareKept()
{
    MessageId after;
    for (;;) {
        const auto kept = read<QList<KeptMessage>>(m_source, [&after](Connection &connection) {
            return keptMessages(connection, after, RowsAtOnce);
        });
        if (!kept)
            return failure(kept.error());
        if (kept->isEmpty())
            return {};
        for (const KeptMessage &message : *kept) {
            if (message.event > m_last)
                continue; // received meanwhile
            if (message.event <= 0) {
                ++m_report.withoutEvent;
                continue;
            }
            const auto found = read<std::optional<Message>>(m_scratch,
                [&message](Connection &connection) { return messageById(connection, message.id); });
            if (!found)
                return failure(found.error());
            if (!*found && !message.isUnsupported)
                differs(message.id, u"no event gives it"_s);
        }
        after = kept->constLast().id;
    }
}

// Of runs that were killed. A replay takes minutes, never a day.
void removeLeftovers(const QString &folder)
{
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-1);
    const auto left = QDir(folder).entryInfoList({u"replay-??????"_s}, QDir::Dirs);
    for (const QFileInfo &each : left) {
        if (each.lastModified() < oldest)
            QDir(each.filePath()).removeRecursively();
    }
}

} // namespace

Result<ReplayReport> replayFolder(const QString &folder)
{
    Ledger source;
    if (const auto opened = source.open(folder, false); !opened)
        return failure(opened.error());
    removeLeftovers(folder);
    const QTemporaryDir place(QDir(folder).filePath(u"replay-XXXXXX"_s));
    if (!place.isValid())
        return failure(Error::Kind::Storage, u"cannot write in %1"_s.arg(folder));
    Ledger scratch;
    if (const auto opened = scratch.open(place.path()); !opened)
        return failure(opened.error());
    auto report = Replay(source, scratch).run();
    scratch.database().close();
    return report;
}

} // namespace Pagedesk::Relay
