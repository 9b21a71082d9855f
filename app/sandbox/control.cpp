// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/control.h"

#include "app/sandbox/customercontrol.h"
#include "app/sandbox/pasthistory.h"
#include "app/sandbox/peoplecontrol.h"
#include "app/sandbox/permissions.h"
#include "app/sandbox/seed.h"

#include <QJsonDocument>
#include <QUrl>
#include <QUrlQuery>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QJsonObject Success{{QStringLiteral("success"), true}};
constexpr int MostMessages = 10'000'000;
constexpr double FastestRate = 100'000;

auto wrong(const QString &sentence)
{
    return failure(Error::Kind::Rejected, sentence);
}

auto noRoute(const QString &method, const QStringList &path)
{
    return failure(
        Error::Kind::NotFound, u"there is no route %1 /_sandbox/%2"_s.arg(method, path.join(u'/')));
}

QStringList segments(const std::string &path)
{
    QStringList list;
    for (const QByteArray &segment : QByteArray::fromStdString(path).split('/')) {
        if (!segment.isEmpty())
            list.append(QUrl::fromPercentEncoding(segment));
    }
    return list;
}

// A whole number within limits; `fallback` when it is left out, unless that is below `smallest`.
Result<qint64> wholeNumber(
    const QJsonObject &body, const QString &field, qint64 fallback, qint64 smallest, qint64 largest)
{
    const QJsonValue value = body[field];
    const qint64 number = value.isUndefined() ? fallback : value.toInteger(smallest - 1);
    if (number < smallest || number > largest)
        return wrong(
            u"%1: must be a whole number from %2 to %3"_s.arg(field).arg(smallest).arg(largest));
    return number;
}

int statusOf(const Error &error)
{
    return error.kind == Error::Kind::NotFound ? 404 : 400;
}

} // namespace

Control::Control(const Parts &parts)
    : m_parts(parts)
    , m_customers(std::make_unique<CustomerControl>(parts.world, parts.messaging, parts.appId))
    , m_people(std::make_unique<PeopleControl>(
          parts.world, parts.tokens, parts.callbacks, parts.appSettings))
{
}

Control::~Control() = default;

Server::Response Control::handle(const Server::Request &request)
{
    const auto body = QByteArray::fromStdString(request.body);
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!body.trimmed().isEmpty() && !document.isObject())
        return controlResponse(400, {{u"error"_s, u"body: must be a JSON object"_s}});
    const Answer answer = route(QString::fromStdString(request.method),
        segments(request.path).mid(1), document.object(), QString::fromStdString(request.query));
    if (answer)
        return controlResponse(200, *answer);
    return controlResponse(statusOf(answer.error()), {{u"error"_s, answer.error().detail}});
}

Control::Answer Control::route(
    const QString &method, const QStringList &path, const QJsonObject &body, const QString &query)
{
    const bool isGet = method == "GET"_L1;
    const bool isPost = method == "POST"_L1;
    const QString first = path.value(0);
    if (path.size() == 3 && first == "customers"_L1)
        return routeCustomers(method, path, body, query);
    if (path.size() == 3 && first == "people"_L1 && isPost)
        return m_people->act(path.at(1), path.at(2), body);
    if (path.size() == 2 && first == "people"_L1 && isGet)
        return m_people->one(path.at(1));
    if (path.size() == 1 && first == "people"_L1 && isGet)
        return m_people->all();
    if (path.size() == 3 && first == "pages"_L1 && isPost && path.at(2) == "published"_L1)
        return m_people->publish(path.at(1), body);
    if (path.size() == 3 && first == "pages"_L1 && isPost && path.at(2) == "messaging"_L1)
        return pageMessaging(path.at(1), body);
    if (path.size() == 1 && first == "app"_L1 && (isGet || isPost))
        return m_people->app(method, body);
    if (path.size() == 1 && first == "faults"_L1)
        return faults(method, body);
    if (path.size() == 1 && first == "clock"_L1 && (isGet || isPost))
        return clock(method, body);
    if (path.size() == 1 && first == "state"_L1 && isGet)
        return state();
    if (path.size() == 1 && first == "calls"_L1 && isGet) {
        return QJsonObject{
            {u"calls"_s, m_parts.callLog.list(QUrlQuery(query).queryItemValue(u"pageId"_s))}};
    }
    if (path.size() == 1 && isPost) {
        if (first == "pages"_L1)
            return pages(body);
        if (first == "load"_L1)
            return load(body);
        if (first == "past"_L1)
            return past(body);
        if (first == "webhooks"_L1)
            return webhooks(body);
        if (first == "handshake"_L1)
            return handshake();
    }
    return noRoute(method, path);
}

Control::Answer Control::routeCustomers(
    const QString &method, const QStringList &path, const QJsonObject &body, const QString &query)
{
    const bool isPost = method == "POST"_L1;
    const QString &psid = path.at(1);
    const QString &action = path.at(2);
    if (method == "GET"_L1 && action == "messages"_L1)
        return m_customers->messages(psid, QUrlQuery(query).queryItemValue(u"pageId"_s));
    if (method == "GET"_L1 && action == "profile"_L1)
        return m_customers->profile(psid, QUrlQuery(query).queryItemValue(u"pageId"_s));
    if (isPost && action == "messages"_L1)
        return m_customers->write(psid, body);
    if (isPost && action == "read"_L1)
        return m_customers->read(psid, body);
    if (isPost && action == "reaction"_L1)
        return m_customers->react(psid, body);
    if (isPost && action == "block"_L1)
        return m_customers->block(psid, body);
    if (isPost && action == "behaviour"_L1)
        return m_customers->behave(psid, body);
    if (isPost && action == "control"_L1)
        return m_customers->handOver(psid, body);
    if (isPost && action == "same"_L1)
        return m_customers->match(psid, body);
    return noRoute(method, path);
}

Control::Answer Control::pages(const QJsonObject &body)
{
    const QString id = idText(body[u"pageId"_s]);
    if (id.isEmpty())
        return wrong(u"pageId: is missing"_s);
    const QString token = body[u"token"_s].toString(samplePageToken(id));
    if (const Page *owner = m_parts.world.pageByToken(token); owner && owner->id != id)
        return wrong(u"token: belongs to another Page"_s);
    Page page{id, body[u"name"_s].toString(u"Page "_s + id),
        body[u"category"_s].toString(u"Local business"_s), token, true, defaultFields()};
    page.businessId = body[u"businessId"_s].toString(QString::fromLatin1(BusinessId));
    m_parts.world.addPage(std::move(page));
    if (Person *omar = m_parts.world.person(QString::fromLatin1(UserId)))
        omar->tasks[id] = everyTask();
    return QJsonObject{{u"pageId"_s, id}, {u"token"_s, token}};
}

// What Meta lets the app do for the Page: which app is the default one, and whether it has the
// feature Human Agent.
Control::Answer Control::pageMessaging(const QString &id, const QJsonObject &body)
{
    Page *page = m_parts.world.page(id);
    if (!page)
        return failure(Error::Kind::NotFound, u"there is no Page %1"_s.arg(id));
    if (body.contains(u"defaultApp"_s) && !body[u"defaultApp"_s].isString())
        return wrong(u"defaultApp: must be the id of an app, \"self\", or empty for none"_s);
    if (body.contains(u"humanAgent"_s) && !body[u"humanAgent"_s].isBool())
        return wrong(u"humanAgent: must be true or false"_s);
    page->defaultApp = body[u"defaultApp"_s].toString(page->defaultApp);
    page->hasHumanAgent = body[u"humanAgent"_s].toBool(page->hasHumanAgent);
    return QJsonObject{{u"defaultApp"_s, page->defaultApp}, {u"humanAgent"_s, page->hasHumanAgent}};
}

Control::Answer Control::faults(const QString &method, const QJsonObject &body)
{
    if (method == "DELETE"_L1) {
        m_parts.faults.clear();
        return Success;
    }
    if (method == "GET"_L1)
        return QJsonObject{{u"faults"_s, m_parts.faults.list()}};
    const auto fault = m_parts.faults.add(body);
    if (!fault)
        return failure(fault.error());
    return QJsonObject{{u"id"_s, fault->id}};
}

Control::Answer Control::clock(const QString &method, const QJsonObject &body)
{
    constexpr qint64 CenturyMs = 100LL * 365 * 86'400'000;
    if (method == "POST"_L1) {
        const bool sets = body.contains(u"setAt"_s);
        if (sets == body.contains(u"advanceMs"_s))
            return wrong(u"advanceMs, setAt: give one of them"_s);
        const auto value = sets ? wholeNumber(body, u"setAt"_s, 0, 0, 2 * CenturyMs)
                                : wholeNumber(body, u"advanceMs"_s, 0, -CenturyMs, CenturyMs);
        if (!value)
            return failure(value.error());
        if (sets)
            m_parts.clock.setNow(*value);
        else
            m_parts.clock.advance(*value);
    }
    return QJsonObject{{u"nowAt"_s, m_parts.clock.now()}};
}

Control::Answer Control::load(const QJsonObject &body)
{
    Load::Order order;
    order.pageId = idText(body[u"pageId"_s]);
    if (order.pageId.isEmpty())
        order.pageId = QString::fromLatin1(BakeryId);
    if (!m_parts.world.page(order.pageId))
        return wrong(u"pageId: there is no Page %1"_s.arg(order.pageId));
    const auto count = wholeNumber(body, u"count"_s, 0, 1, MostMessages);
    const auto customers = wholeNumber(body, u"customers"_s, 1, 1, MostMessages);
    if (!count)
        return failure(count.error());
    if (!customers)
        return failure(customers.error());
    order.count = int(*count);
    order.customers = int(*customers);
    order.perSecond = body[u"perSecond"_s].toDouble(body.contains(u"perSecond"_s) ? 0 : 10);
    if (order.perSecond <= 0 || order.perSecond > FastestRate)
        return wrong(u"perSecond: must be a number above 0, up to 100000"_s);
    m_parts.load.begin(order);
    return QJsonObject{{u"count"_s, order.count}};
}

Control::Answer Control::past(const QJsonObject &body)
{
    constexpr int MostConversations = 100'000;
    constexpr int MostOfEach = 1000;
    PastOrder order;
    order.pageId = idText(body[u"pageId"_s]);
    if (!m_parts.world.page(order.pageId))
        return wrong(u"pageId: there is no Page %1"_s.arg(order.pageId));
    const auto conversations = wholeNumber(body, u"conversations"_s, 1, 1, MostConversations);
    const auto messages = wholeNumber(body, u"messages"_s, 1, 1, MostOfEach);
    const auto untilAt
        = wholeNumber(body, u"untilAt"_s, m_parts.clock.now(), 0, m_parts.clock.now());
    if (!conversations)
        return failure(conversations.error());
    if (!messages)
        return failure(messages.error());
    if (!untilAt)
        return failure(untilAt.error());
    order.conversations = int(*conversations);
    order.messages = int(*messages);
    order.untilAt = *untilAt;
    return QJsonObject{{u"written"_s, writePast(m_parts.world, order)}};
}

Control::Answer Control::webhooks(const QJsonObject &body)
{
    auto settings = m_parts.sender.settings();
    const auto batch = wholeNumber(body, u"batch"_s, settings.batch, 1, 1000);
    const auto concurrency = wholeNumber(body, u"concurrency"_s, settings.concurrency, 1, 64);
    if (!batch)
        return failure(batch.error());
    if (!concurrency)
        return failure(concurrency.error());
    settings.batch = int(*batch);
    settings.concurrency = int(*concurrency);
    const bool isMoved = body.contains(u"url"_s);
    if (isMoved) {
        settings.url = QUrl(body[u"url"_s].toString(), QUrl::StrictMode);
        if (!settings.url.scheme().startsWith("http"_L1) || settings.url.host().isEmpty())
            return wrong(u"url: must be an http or https address"_s);
    }
    m_parts.sender.setSettings(settings);
    if (isMoved)
        handshake();
    return QJsonObject{{u"batch"_s, settings.batch}, {u"concurrency"_s, settings.concurrency},
        {u"url"_s, settings.url.toString()}};
}

Control::Answer Control::handshake()
{
    m_parts.sender.setReady(false);
    m_parts.handshake.begin(m_parts.sender.settings().url);
    return Success;
}

QJsonObject Control::state() const
{
    QJsonArray pages;
    for (const auto &[id, page] : m_parts.world.pages()) {
        pages.append(QJsonObject{{u"id"_s, id}, {u"name"_s, page.name}, {u"token"_s, page.token},
            {u"subscribed"_s, page.isSubscribed}, {u"published"_s, page.isPublished},
            {u"fields"_s, QJsonArray::fromStringList(page.fields)}});
    }
    QJsonArray customers;
    for (const auto &[psid, customer] : m_parts.world.customers()) {
        QJsonArray conversations;
        for (const Thread *thread : m_parts.world.threadsOf(psid)) {
            conversations.append(QJsonObject{{u"pageId"_s, thread->pageId},
                {u"messages"_s, qint64(thread->messages.size())}, {u"blocked"_s, thread->isBlocked},
                {u"ownerApp"_s, thread->ownerApp}});
        }
        customers.append(QJsonObject{
            {u"psid"_s, psid}, {u"name"_s, customer.name()}, {u"conversations"_s, conversations}});
    }
    QJsonObject byMetadata;
    for (auto it = m_parts.sendApi.commits().begin(); it != m_parts.sendApi.commits().end(); ++it)
        byMetadata[it.key()] = it.value();
    const auto &counts = m_parts.sender.counts();
    const QJsonObject webhooks{{u"url"_s, m_parts.sender.settings().url.toString()},
        {u"verified"_s, m_parts.handshake.isVerified()},
        {u"handshake"_s, m_parts.handshake.lastResult()}, {u"accepted"_s, qint64(counts.accepted)},
        {u"events"_s, qint64(counts.events)}, {u"failed"_s, qint64(counts.failed)},
        {u"dropped"_s, qint64(counts.dropped)}, {u"pending"_s, m_parts.sender.pending()}};
    return {{u"pages"_s, pages}, {u"customers"_s, customers}, {u"webhooks"_s, webhooks},
        {u"sends"_s,
            QJsonObject{
                {u"committed"_s, m_parts.sendApi.committed()}, {u"byMetadata"_s, byMetadata}}},
        {u"load"_s,
            QJsonObject{{u"written"_s, m_parts.load.written()},
                {u"remaining"_s, m_parts.load.remaining()}}},
        {u"faults"_s, m_parts.faults.list()}, {u"nowAt"_s, m_parts.clock.now()}};
}

} // namespace Pagedesk::Sandbox
