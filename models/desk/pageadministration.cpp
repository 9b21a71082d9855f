// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/pageadministration.h"

#include "models/desk/livechannel.h"

#include <QTimer>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto CommandPatience = 15s;
constexpr auto ProfilePatience = 75s; // the relay asks Meta up to four times before it answers

Task<Wire::ShownProfile> read(const QByteArray &body)
{
    return Task<Wire::ShownProfile>::finished(Wire::decodeShownProfile(body));
}

} // namespace

PageAdministration::PageAdministration(LiveChannel &channel, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_channel(channel)
    , m_clock(clock)
{
    connect(&channel, &LiveChannel::frameReceived, this, &PageAdministration::handleFrame);
    connect(&channel, &LiveChannel::closed, this, &PageAdministration::handleClosed);
}

PageAdministration::~PageAdministration() = default;

void PageAdministration::setSource(const QUrl &relay, const Secret &token)
{
    m_http.setSource(relay, token);
}

Task<> PageAdministration::setSettings(const Wire::SetPageSettings &wanted)
{
    if (!m_ready || !m_channel.isOpen())
        return Task<>::finished(failure(Error::Kind::Offline, u"the relay is not connected"_s));
    const CommandId id{newUuid(m_clock.now())};
    auto promise = std::make_shared<Promise<>>();
    m_open.insert(id, promise);
    QTimer::singleShot(CommandPatience, this,
        [this, id] { finish(id, failure(Error::Kind::Timeout, u"the relay did not answer"_s)); });
    auto task = promise->task();
    m_channel.send(Wire::ClientFrame(Wire::Command{id, wanted}));
    return task;
}

Task<Wire::ShownProfile> PageAdministration::profileOf(const PageId &page)
{
    const QString route = QLatin1StringView(Wire::PagesPath) + u"profile?page="_s
        + QString::fromLatin1(QUrl::toPercentEncoding(page.value));
    return m_http.ask("GET", route, {}, ProfilePatience).andThen(this, &read);
}

Task<Wire::ShownProfile> PageAdministration::applyProfile(const Wire::ApplyProfile &order)
{
    const QString route = QLatin1StringView(Wire::PagesPath) + u"profile"_s;
    return m_http.ask("POST", route, Wire::encode(order), ProfilePatience).andThen(this, &read);
}

void PageAdministration::handleFrame(const Wire::ServerFrame &frame)
{
    if (std::holds_alternative<Wire::Welcome>(frame))
        m_ready = true;
    else if (const auto *result = std::get_if<Wire::CommandResult>(&frame))
        finish(result->id, result->error ? Result<>(failure(*result->error)) : Result<>());
}

void PageAdministration::handleClosed()
{
    m_ready = false;
    const QList<CommandId> open = m_open.keys();
    for (const CommandId &id : open)
        finish(id, failure(Error::Kind::Offline, u"the connection was lost"_s));
}

void PageAdministration::finish(const CommandId &id, Result<> result)
{
    if (const auto promise = m_open.take(id))
        promise->finish(std::move(result));
}

} // namespace Pagedesk
