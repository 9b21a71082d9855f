// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/samplereplica.h"

#include "models/store/database.h"
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/originstore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/replicaschema.h"
#include "models/store/replica/steps.h"
#include "models/store/replica/streamrows.h"
#include "models/store/replica/streamstore.h"
#include "tests/bench/sampletexts.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <vector>

namespace Pagedesk::Testing {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Batch = 5000;
constexpr int PageCount = 3;
constexpr qint64 Minute = 60'000;
constexpr qint64 Day = 24 * 60 * Minute;

// Builds the rows: first who wrote when, then, in the order of time, what.
class SampleMaker {
public:
    SampleMaker(const SampleSize &size, const QStringList &pictures, qint64 nowMs)
        : m_size(size)
        , m_pictures(pictures)
        , m_now(nowMs)
    {
        plan();
    }

    // Stores messages [from, to) of all, in the order of time.
    Result<> storeMessages(ReplicaWriter &writer, size_t from, size_t to);
    Result<> storeRest(ReplicaWriter &writer);
    size_t messageCount() const { return m_moments.size(); }

private:
    struct Moment {
        qint64 at = 0;
        int conversation = 0;
    };

    void plan();
    Message messageAt(size_t index);
    void addAttachment(Message &message);
    void note(Conversation &conversation, const Message &message) const;

    const SampleSize m_size;
    const QStringList m_pictures;
    const qint64 m_now;
    QRandomGenerator m_random{20251122};
    std::vector<Moment> m_moments; // rising
    std::vector<Conversation> m_conversations;
};

void SampleMaker::plan()
{
    double weights = 0;
    const auto weight = [](int rank) { return 1 / std::pow(rank + 1.0, 0.8); };
    for (int c = 0; c < m_size.conversations; ++c) {
        weights += weight(c);
        const QString page = u"10000000000000%1"_s.arg(c % PageCount);
        const QString psid = u"7%1"_s.arg(c + 1, 15, 10, QChar(u'0'));
        Conversation conversation;
        conversation.id = conversationId({page}, {psid});
        conversation.contact = {{page}, {psid}, personName(m_random), {}};
        if (!m_pictures.isEmpty() && c % 3 == 0)
            conversation.contact.pictureHash = m_pictures.at(c % m_pictures.size());
        conversation.state
            = m_random.bounded(10) < 6 ? ConversationState::Resolved : ConversationState::Open;
        m_conversations.push_back(conversation);
    }
    for (int c = 0; c < m_size.conversations; ++c) {
        // Each has its time of activity; the long ones have it now.
        const double share = weight(c) / weights * (m_size.messages - m_size.conversations);
        const int count = 1 + static_cast<int>(share);
        qint64 at = m_now - Minute - m_random.bounded(1 + c) * Day / 4;
        for (int i = 0; i < count && m_moments.size() < size_t(m_size.messages); ++i) {
            m_moments.push_back({at, c});
            at -= 1 + m_random.bounded(i % 7 == 0 ? 3 * 24 * 60 : 20) * Minute;
        }
    }
    for (int c = 0; m_moments.size() < size_t(m_size.messages); ++c) // what rounding left over
        m_moments.push_back({m_now - 400 * Day - c * Minute, c % m_size.conversations});
    std::sort(m_moments.begin(), m_moments.end(),
        [](const Moment &a, const Moment &b) { return a.at < b.at; });
}

void SampleMaker::addAttachment(Message &message)
{
    constexpr std::array Kinds{AttachmentKind::Image, AttachmentKind::Image, AttachmentKind::Image,
        AttachmentKind::Audio, AttachmentKind::File, AttachmentKind::Video, AttachmentKind::Sticker,
        AttachmentKind::Location, AttachmentKind::Link};
    Attachment attachment;
    attachment.kind = Kinds[static_cast<size_t>(m_random.bounded(int(Kinds.size())))];
    if (attachment.kind == AttachmentKind::Location) {
        attachment.latitude = m_random.bounded(180) - 90;
        attachment.longitude = m_random.bounded(360) - 180;
    } else if (attachment.kind == AttachmentKind::Link) {
        attachment.url = u"https://shop.example.com/items/%1"_s.arg(m_random.bounded(9999));
        attachment.name = u"Green jacket"_s;
    } else if (attachment.kind == AttachmentKind::Image && !m_pictures.isEmpty()) {
        attachment.state = AttachmentState::Captured;
        attachment.hash = m_pictures.at(m_random.bounded(int(m_pictures.size())));
        attachment.mimeType = u"image/png"_s;
        attachment.width = 320;
        attachment.height = 240;
    } else {
        attachment.state
            = m_random.bounded(4) == 0 ? AttachmentState::Expired : AttachmentState::Pending;
        attachment.name = u"file-%1"_s.arg(m_random.bounded(9999));
        attachment.size = m_random.bounded(20'000'000);
    }
    message.attachments.append(attachment);
}

Message SampleMaker::messageAt(size_t index)
{
    const Moment &moment = m_moments[index];
    const Conversation &conversation = m_conversations[size_t(moment.conversation)];
    Message message;
    message.conversationId = conversation.id;
    message.pageId = conversation.contact.pageId;
    message.mid = {u"m_sample%1"_s.arg(index)};
    message.id = messageIdFor(message.pageId, message.mid);
    message.sentAt = moment.at;
    message.seq = qint64(index) + 1;
    message.arrival = message.seq;
    if (m_random.bounded(5) < 3) {
        if (m_random.bounded(12) == 0)
            addAttachment(message);
        if (message.attachments.isEmpty() || m_random.bounded(2) == 0)
            message.text = customerText(m_random);
        return message;
    }
    message.direction = Direction::Out;
    message.author = m_random.bounded(10) == 0 ? Author::Elsewhere : Author::Operator;
    message.authorName = message.author == Author::Operator ? u"Amal"_s : QString();
    message.text = operatorText(m_random);
    message.state = DeliveryState::Read;
    message.deliveredAt = moment.at + 2000;
    message.readAt = moment.at + Minute;
    if (m_random.bounded(200) == 0) {
        message.state = DeliveryState::Failed;
        message.failure = FailureKind::WindowClosed;
        message.deliveredAt = message.readAt = 0;
    }
    return message;
}

void SampleMaker::note(Conversation &conversation, const Message &message) const
{
    const bool fromCustomer = message.direction == Direction::In;
    conversation.lastMessageAt = message.sentAt;
    conversation.lastText = previewText(message.text);
    conversation.lastAttachmentCount = int(message.attachments.size());
    if (!message.attachments.isEmpty())
        conversation.lastAttachment = message.attachments.constFirst().kind;
    conversation.lastDirection = message.direction;
    conversation.lastAuthor = message.author;
    conversation.lastState = message.state;
    conversation.unread = fromCustomer ? conversation.unread + 1 : 0;
    if (fromCustomer)
        conversation.lastCustomerAt = message.sentAt;
    if (!fromCustomer)
        conversation.waitingSince = 0;
    else if (conversation.waitingSince == 0)
        conversation.waitingSince = message.sentAt;
}

Result<> SampleMaker::storeMessages(ReplicaWriter &writer, size_t from, size_t to)
{
    for (size_t i = from; i < to; ++i) {
        const Message message = messageAt(i);
        note(m_conversations[size_t(m_moments[i].conversation)], message);
        if (const auto stored = MessageStore::apply(writer, message); !stored)
            return stored;
    }
    return {};
}

Result<> SampleMaker::storeRest(ReplicaWriter &writer)
{
    qint64 seq = qint64(m_moments.size());
    for (Conversation &conversation : m_conversations) {
        conversation.seq = ++seq;
        if (conversation.state == ConversationState::Resolved)
            conversation.unread = 0;
        if (const auto stored = ConversationStore::apply(writer, conversation); !stored)
            return stored;
    }
    constexpr std::array Names{u"Corner Bakery", u"Café Müller", u"Green Jackets"};
    for (int p = 0; p < PageCount; ++p) {
        Page page;
        page.id = {u"10000000000000%1"_s.arg(p)};
        page.name = QString::fromUtf16(Names[size_t(p)]);
        page.colour = pageColour(p);
        page.humanAgent = p == 0;
        page.seq = ++seq;
        const auto stored = inOrder([&] { return PageStore::apply(writer, page); },
            [&] {
                return StreamStore::save(
                    writer.connection, {page.id.value, seq, 0, StreamProgress::Listed::All, 0, {}});
            });
        if (!stored)
            return stored;
    }
    return StreamStore::save(
        writer.connection, {WorkspaceStream, 1, 0, StreamProgress::Listed::All, 0, {}});
}

Result<> run(Database &database, const std::function<Result<>(ReplicaWriter &)> &work)
{
    Result<> result;
    database.submit(
        [&work](Connection &connection) {
            ReplicaChanges untold;
            ReplicaWriter writer{connection, untold};
            return work(writer);
        },
        [&result](const Result<> &done) { result = done; });
    database.flush();
    return result;
}

} // namespace

Result<> makeSampleReplica(
    const QString &path, const SampleSize &size, const QStringList &pictures, qint64 nowMs)
{
    Database database;
    Database::Options options;
    options.path = path;
    options.migrations = ReplicaMigrations;
    options.sync = Database::Sync::Normal;
    if (const auto opened = database.open(options); !opened)
        return opened;
    SampleMaker maker(size, pictures, nowMs);
    for (size_t from = 0; from < maker.messageCount(); from += Batch) {
        const size_t to = std::min(from + Batch, maker.messageCount());
        const auto stored = run(
            database, [&](ReplicaWriter &writer) { return maker.storeMessages(writer, from, to); });
        if (!stored)
            return stored;
    }
    return run(database, [&](ReplicaWriter &writer) { return maker.storeRest(writer); });
}

} // namespace Pagedesk::Testing
