// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/practice.h"

#include "app/sandbox/idmaker.h"
#include "app/sandbox/samplefiles.h"
#include "app/sandbox/seed.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int FirstWriteMs = 1000;
constexpr const char *FirstWriter = "24000000000000127"; // who is not in the history
constexpr const char *PageInboxApp = "263902037430900"; // Meta's own inbox

} // namespace

Practice::Practice(
    World &world, Messaging &messaging, Scheduler &scheduler, const Clock &clock, quint32 seed)
    : m_world(world)
    , m_messaging(messaging)
    , m_scheduler(scheduler)
    , m_clock(clock)
    , m_seed(seed)
    , m_random(seed)
{
}

void Practice::begin()
{
    int number = 0;
    for (const ScriptLine &line : practiceHistory())
        writeLine(line, ++number);
    connect(&m_messaging, &Messaging::customerWasWritten, this, &Practice::answered);
}

void Practice::goOn()
{
    if (std::exchange(m_isGoing, true))
        return;
    m_scheduler.after(FirstWriteMs, this, [this] {
        const QString bikes = QString::fromLatin1(BikesId);
        Message message;
        message.text = practiceOpeners(u"en_IE"_s, bikes).constFirst();
        m_messaging.customerWrites(
            m_world.openThread(bikes, QString::fromLatin1(FirstWriter)), std::move(message));
        scheduleNext();
    });
}

void Practice::welcome(const QString &pageId)
{
    if (!m_world.threadsOfPage(pageId).isEmpty())
        return;
    constexpr int IdDigits = 15;
    const QString psid = u"25"_s + pageId.right(IdDigits).rightJustified(IdDigits, u'0');
    if (!m_world.customer(psid))
        m_world.addCustomer(newCustomer(psid, {}));
    Thread &thread = m_world.openThread(pageId, psid);
    m_scheduler.after(FirstWriteMs, this, [this, &thread] {
        Message message;
        message.text = practiceOpeners(u"en_US"_s, thread.pageId).constFirst();
        m_messaging.customerWrites(thread, std::move(message));
    });
}

void Practice::writeLine(const ScriptLine &line, int number)
{
    const QString pageId = QString::fromLatin1(line.pageId);
    Thread &thread = m_world.openThread(pageId, QString::fromLatin1(line.psid));
    Message message;
    message.mid = midFor(u"practice %1 %2 %3"_s.arg(m_seed).arg(pageId).arg(number));
    message.at = m_clock.now() - qint64(line.minutesAgo) * 60'000;
    message.attachments = attachmentsOf(line, number);
    if (message.attachments.isEmpty())
        message.text = QString::fromUtf16(line.text);
    if (line.what == ScriptLine::What::PageText) {
        message.appId = QString::fromLatin1(PageInboxApp);
        m_messaging.pageWrites(thread, std::move(message));
    } else {
        m_messaging.customerWrites(thread, std::move(message));
    }
}

QList<Attachment> Practice::attachmentsOf(const ScriptLine &line, int number)
{
    const QString text = QString::fromUtf16(line.text);
    const auto withFile = [this](const QString &type, MediaFile file) {
        return Attachment{type, m_world.addMedia(std::move(file)).id, {}, {}, {}, {}};
    };
    switch (line.what) {
    case ScriptLine::What::Text:
    case ScriptLine::What::PageText:
        break;
    case ScriptLine::What::TwoPhotos:
        return {withFile(u"image"_s, samplePhoto(text + u" 1.png"_s, quint32(number))),
            withFile(u"image"_s, samplePhoto(text + u" 2.png"_s, quint32(number + 100)))};
    case ScriptLine::What::File:
        return {withFile(u"file"_s, samplePdf(text, "Seating plan, 90 guests"))};
    case ScriptLine::What::Sound:
        return {withFile(u"audio"_s, sampleSound(text))};
    case ScriptLine::What::Location: {
        const QJsonObject coordinates{{u"lat"_s, 40.415364}, {u"long"_s, -3.707398}};
        const QString map = u"https://www.bing.com/maps?where1=40.415364,-3.707398"_s;
        return {{u"location"_s, {}, map, text, {}, {{u"coordinates"_s, coordinates}}}};
    }
    case ScriptLine::What::Link:
        return {{u"fallback"_s, {}, u"https://bloom-bakery.example/delivery"_s, text, {}, {}}};
    case ScriptLine::What::Thumb: {
        const QString thumb = QString::fromLatin1(ThumbId);
        return {{u"sticker"_s, thumb, {}, {}, thumb, {}}};
    }
    }
    return {};
}

void Practice::writeSomething()
{
    const auto &customers = m_world.customers();
    const auto number = m_random.bounded(quint32(customers.size()));
    const Customer &customer = std::next(customers.begin(), number)->second;
    const auto threads = m_world.threadsOf(customer.psid);
    if (threads.isEmpty() || threads.constFirst()->isBlocked)
        return;
    Thread &thread = *threads.constFirst();
    if (const Page *page = m_world.page(thread.pageId); page && !page->isPublished)
        return;
    Message message;
    message.text = pick(practiceOpeners(customer.locale, thread.pageId));
    m_messaging.customerWrites(thread, std::move(message));
}

void Practice::scheduleNext()
{
    m_scheduler.after(m_random.bounded(20'000, 60'000), this, [this] {
        writeSomething();
        scheduleNext();
    });
}

void Practice::answered(const QString &pageId, const QString &psid, const QString &mid)
{
    const Customer *customer = m_world.customer(psid);
    Thread *thread = m_world.thread(pageId, psid);
    const int dice = m_random.bounded(10);
    const int wait = m_random.bounded(4'000, 12'000);
    if (!customer || !thread || dice < 3)
        return;
    if (dice == 3) {
        m_scheduler.after(wait, this, [this, thread, mid] {
            m_messaging.customerReads(*thread);
            m_messaging.customerReacts(*thread, mid, u"❤"_s);
        });
        return;
    }
    const QString text = pick(practiceReplies(customer->locale));
    m_scheduler.after(wait, this, [this, thread, text] {
        m_messaging.customerReads(*thread); // nobody answers what they have not seen
        Message message;
        message.text = text;
        m_messaging.customerWrites(*thread, std::move(message));
    });
}

QString Practice::pick(const QStringList &from)
{
    return from.at(m_random.bounded(int(from.size())));
}

} // namespace Pagedesk::Sandbox
