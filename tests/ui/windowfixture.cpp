// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/windowfixture.h"

#include "models/desk/mediacache.h"
#include "models/store/replica/draftstore.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QPainter>

namespace Pagedesk::Testing {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray pictureBytes(QColor from, QColor to, QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    QLinearGradient gradient(QPointF(), QPointF(size.width(), size.height()));
    gradient.setColorAt(0, from);
    gradient.setColorAt(1, to);
    QPainter painter(&image);
    painter.fillRect(image.rect(), gradient);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QString storePicture(const QString &folder, const QByteArray &bytes)
{
    const QString hash
        = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    MediaCache cache(folder);
    (void)cache.store(hash, bytes);
    return hash;
}

// Writes the sample rows with rising sequence numbers.
class Seeder {
public:
    Seeder(ReplicaWriter &writer, const QStringList &pictures)
        : m_writer(writer)
        , m_pictures(pictures)
    {
    }

    Result<> run()
    {
        pages();
        amina();
        others();
        closedAndOld();
        for (const QString &stream : {Sample::Bakery, Sample::Bikes, Sample::Studio}) {
            keep(StreamStore::save(
                m_writer.connection, {stream, m_seq, 0, StreamProgress::Listed::All, 0, {}}));
        }
        return m_result;
    }

private:
    void keep(const Result<> &result)
    {
        if (m_result && !result)
            m_result = result;
    }

    void page(
        const QString &id, const QString &name, int colour, PageState state = PageState::Connected)
    {
        keep(PageStore::apply(m_writer, {{id}, name, pageColour(colour), state, false, ++m_seq}));
    }

    void pages()
    {
        page(Sample::Bakery, u"Bloom Bakery"_s, 0);
        page(Sample::Bikes, u"Harbour Bikes"_s, 1);
        page(Sample::Studio, u"Nadi Studio"_s, 2, PageState::NeedsLogin);
    }

    // A conversation whose messages follow with say(); finish() writes its row.
    void begin(const ConversationId &id, const QString &name)
    {
        m_open = {};
        m_open.id = id;
        m_open.contact.pageId = {id.value.section(u'-', 0, 0)};
        m_open.contact.psid = {id.value.section(u'-', 1)};
        m_open.contact.name = name;
    }

    Message message(qint64 minutesAgo, const QString &text) const
    {
        Message message;
        message.conversationId = m_open.id;
        message.pageId = m_open.contact.pageId;
        message.text = text;
        message.sentAt = SampleNow - minutesAgo * MinuteMs;
        return message;
    }

    void add(Message message)
    {
        message.seq = ++m_seq;
        message.arrival = m_seq;
        message.mid = {u"m_sample%1"_s.arg(m_seq)};
        message.id = messageIdFor(message.pageId, message.mid);
        keep(MessageStore::apply(m_writer, message));
        m_open.lastMessageAt = message.sentAt;
        m_open.lastText = previewText(message.text);
        m_open.lastAttachmentCount = int(message.attachments.size());
        if (!message.attachments.isEmpty())
            m_open.lastAttachment = message.attachments.constFirst().kind;
        m_open.lastDirection = message.direction;
        m_open.lastAuthor = message.author;
        m_open.lastState = message.state;
        if (message.direction == Direction::In) {
            m_open.lastCustomerAt = message.sentAt;
            if (m_open.waitingSince == 0)
                m_open.waitingSince = message.sentAt;
        } else {
            m_open.waitingSince = 0;
        }
    }

    void says(qint64 minutesAgo, const QString &text) { add(message(minutesAgo, text)); }

    void weSay(qint64 minutesAgo, const QString &text, DeliveryState state = DeliveryState::Read)
    {
        Message reply = message(minutesAgo, text);
        reply.direction = Direction::Out;
        reply.author = Author::Operator;
        reply.authorName = u"Leila"_s;
        reply.state = state;
        if (state == DeliveryState::Failed)
            reply.failure = FailureKind::Unreachable;
        if (state == DeliveryState::Read)
            reply.readAt = reply.sentAt + 3 * MinuteMs;
        add(reply);
    }

    void sendsPhotos(qint64 minutesAgo, int count)
    {
        Message photos = message(minutesAgo, {});
        for (int i = 0; i < count; ++i) {
            Attachment photo;
            photo.kind = AttachmentKind::Image;
            photo.state = AttachmentState::Captured;
            photo.hash = m_pictures.at(i % m_pictures.size());
            photo.mimeType = u"image/png"_s;
            photo.width = 640;
            photo.height = 380;
            photos.attachments.append(photo);
        }
        add(photos);
    }

    void finish(int unread = 0)
    {
        m_open.unread = unread;
        m_open.seq = ++m_seq;
        keep(ConversationStore::apply(m_writer, m_open));
    }

    void amina()
    {
        begin(Sample::Amina, u"Amina Mansour"_s);
        says(24 * 60 + 30, u"Good morning! Do you bake wedding cakes?"_s);
        weSay(24 * 60 + 5, u"We do. Three weeks ahead is best."_s);
        says(18,
            u"Hi, the cake I ordered for tonight arrived broken 😢 Can I talk to a person "
            "please?"_s);
        sendsPhotos(18, 2);
        Message assistant = message(17,
            u"I see you sent photos. I'm the bakery's assistant and "
            "can't look at pictures, so I'm getting a colleague for "
            "you."_s);
        assistant.direction = Direction::Out;
        assistant.author = Author::Assistant;
        assistant.authorName = u"Bakery assistant"_s;
        assistant.state = DeliveryState::Read;
        add(assistant);
        weSay(11,
            u"Hi Amina, I'm Leila. I'm so sorry. We are baking a new one right now, it will "
            "be ready at 17:30. Shall we bring it to you? https://bloom.example/orders/482"_s);
        says(4, u"Thank you! Can I pick it up at six?"_s);
        m_open.lastCustomerAt = SampleNow - 24 * HourMs + 100 * MinuteMs;
        finish();
    }

    void others()
    {
        begin(Sample::Jonas, u"Jonas Lindqvist"_s);
        m_open.contact.pictureHash = m_pictures.constLast();
        says(30, u"Hej! Is the blue one back?"_s);
        sendsPhotos(7, 2);
        finish(2);
        begin(Sample::Nameless, {});
        says(11, u"Do you deliver to Kochstraße?"_s);
        finish();
        begin(Sample::Nadia, u"نادية الحسن"_s);
        weSay(60, u"أهلاً نادية"_s);
        says(28, u"شكراً، متى يبدأ الدرس القادم؟"_s);
        finish(1);
        begin({u"70044-2400000000000067"_s}, u"Thida Phan"_s);
        says(200, u"The bread was still warm 🍞"_s);
        weSay(109, u"We baked a new one for you, it waits at the counter until eight."_s);
        finish();
        begin(Sample::Wang, u"王小明"_s);
        says(142, u"请问这款自行车还有货吗？"_s);
        m_open.lastCustomerAt = SampleNow - 24 * HourMs + 185 * MinuteMs;
        finish();
        begin({u"70044-2400000000000113"_s},
            u"Maria-Magdalena Theodora von Hohenfels-Wallerstein zu Brandt"_s);
        says(300, u"Grüß Gott, ich hätte gern sieben Brezeln"_s);
        weSay(290, u"Very gladly"_s, DeliveryState::Failed);
        finish();
    }

    void closedAndOld()
    {
        begin(Sample::Rosa, u"Rosa Ortega"_s);
        says(26 * 60, u"¿Cuándo sale mi pedido?"_s);
        finish();
        keep(DraftStore::set(m_writer, Sample::Rosa, u"Hola Rosa, tu pedido sale mañana"_s));
        begin({u"70055-2400000000000097"_s}, u"Kwame Boateng"_s);
        says(20 * 60, u"👍"_s);
        finish();
        begin({u"70066-2400000000000103"_s}, u"Lucía Santos"_s);
        weSay(6 * 24 * 60 - 300, u"¡Hasta pronto!"_s, DeliveryState::Delivered);
        says(6 * 24 * 60 - 330, u"Perfecto, nos vemos el lunes"_s);
        finish();
        begin(Sample::Done, u"Siân O’Malley"_s);
        says(3 * 24 * 60, u"All fine, thanks"_s);
        m_open.state = ConversationState::Resolved;
        m_open.waitingSince = 0;
        finish();
    }

    ReplicaWriter &m_writer;
    const QStringList m_pictures;
    Conversation m_open;
    qint64 m_seq = 0;
    Result<> m_result;
};

} // namespace

Result<> seedSample(TemporaryReplica &replica)
{
    const QString folder = QDir(replica.folder()).filePath(u"media"_s);
    const QStringList pictures{
        storePicture(folder, pictureBytes(0xe8c39e, 0xb5794c, {640, 380})),
        storePicture(folder, pictureBytes(0xf1dfc9, 0xa86b4a, {640, 380})),
        storePicture(folder, pictureBytes(0x6fb1fc, 0x0b7285, {200, 200})),
    };
    return replica.write(
        [pictures](ReplicaWriter &writer) { return Seeder(writer, pictures).run(); });
}

WindowFixture::WindowFixture(Content content, Ui::ThemeProvider::Mode mode)
    : desk(replica, relay->url())
    , settings(replica.folder())
    , theme(*qApp, mode)
    , inbox(desk.conversations, desk.drafts, desk.clock)
    , media(QDir(replica.folder()).filePath(u"media"_s))
    , images(media)
    , outgoing(QDir(replica.folder()).filePath(u"outgoing"_s), media)
    , uploader(outgoing)
    , administration(desk.channel, desk.clock)
    , contacts(replica.get(), desk.commands, desk.clock)
    , search(replica.get(), desk.clock)
    , roster(replica.get(), desk.commands)
{
    desk.clock.set(SampleNow);
    if (content == Content::Sample) {
        const Result<> seeded = seedSample(replica);
        Q_ASSERT(seeded);
    }
    window = std::make_unique<Ui::MainWindow>(theme,
        Ui::DeskServices{desk.session, inbox, desk.conversations, contacts, roster, desk.threads,
            desk.drafts, desk.outbox, media, outgoing, uploader, connections, administration,
            people, search, images, desk.clock},
        settings);
}

WindowFixture::~WindowFixture()
{
    window.reset();
}

bool WindowFixture::show(QSize size)
{
    window->resize(size);
    window->show();
    window->activateWindow();
    inbox.load();
    return QTest::qWaitForWindowActive(window.get())
        && QTest::qWaitFor([this] { return inbox.isLoaded(); });
}

bool WindowFixture::goLive()
{
    const auto known = replica.read(&StreamStore::all);
    if (!known)
        return false;
    QList<Wire::StreamInfo> streams;
    for (const StreamProgress &stream : *known)
        streams.append({stream.name, stream.head, false});
    return desk.connectTo(*relay, streams)
        && QTest::qWaitFor([this] { return desk.session.status().state == ConnectionState::Live; });
}

bool WindowFixture::goOffline()
{
    if (!goLive())
        return false;
    relay.reset();
    return QTest::qWaitFor(
        [this] { return desk.session.status().state == ConnectionState::Offline; });
}

bool WindowFixture::open(const ConversationId &id)
{
    return window->openConversation(id);
}

Result<> WindowFixture::receive(const Conversation &conversation, const Message &message)
{
    return replica.write([conversation, message](ReplicaWriter &writer) {
        return inOrder([&] { return ConversationStore::apply(writer, conversation); },
            [&] { return MessageStore::apply(writer, message); });
    });
}

Conversation WindowFixture::conversation(const ConversationId &id)
{
    const auto found = replica.read(
        [id](Connection &connection) { return ConversationStore::find(connection, id); });
    return found ? found->value_or(Conversation()) : Conversation();
}

QList<Message> WindowFixture::pending(const ConversationId &id)
{
    return replica
        .read([id](Connection &connection) { return MessageStore::pending(connection, id); })
        .value_or(QList<Message>());
}

QString WindowFixture::storedDraft(const ConversationId &id)
{
    return replica.read([id](Connection &connection) { return DraftStore::text(connection, id); })
        .value_or(QString());
}

} // namespace Pagedesk::Testing
