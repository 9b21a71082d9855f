// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/connectclient.h"

#include "tests/e2e/dialogbrowser.h"

#include <QJsonDocument>

namespace Pagedesk::Tests {

using namespace Qt::Literals::StringLiterals;

void ConnectClient::allowLogins(World &world)
{
    world.relay.setEnvironment(u"PAGEDESK_APP_ID"_s, QString::fromLatin1(AppId));
    world.relay.setEnvironment(u"PAGEDESK_LOGIN_URL"_s, world.sandboxUrl({}).toString());
}

ConnectClient::ConnectClient(World &world)
    : m_world(world)
    , m_token(world.deviceToken(u"Ada"_s, u"admin"_s))
{
}

HttpResult ConnectClient::ask(
    const QByteArray &method, const QString &route, const QByteArray &body, const QByteArray &token)
{
    return http(method, QUrl(m_world.relayUrl(u"/connect/"_s).toString() + route), body,
        {{"Authorization", "Bearer " + token}});
}

bool ConnectClient::control(const QString &route, const QJsonObject &body)
{
    const QUrl url(m_world.sandboxUrl(u"/_sandbox/"_s).toString() + route);
    return http("POST", url, QJsonDocument(body).toJson(), {{"Content-Type", "application/json"}})
               .status
        == 200;
}

Wire::LoginBegun ConnectClient::begin(bool asksAgain)
{
    const auto answer = ask("POST", u"login"_s, Wire::encode(Wire::BeginLogin{asksAgain}));
    return Wire::decodeLoginBegun(answer.body).value_or(Wire::LoginBegun{});
}

Wire::LoginProgress ConnectClient::progress(const QString &attempt)
{
    const auto answer = ask("GET", u"login?id="_s + attempt);
    return Wire::decodeLoginProgress(answer.body).value_or(Wire::LoginProgress{});
}

QList<FacebookLogin> ConnectClient::logins()
{
    return Wire::decodeLogins(ask("GET", u"logins"_s).body).value_or(Wire::Logins{}).logins;
}

QUrl ConnectClient::returnOf(
    const Wire::LoginBegun &begun, const QString &person, const QStringList &unticked)
{
    DialogBrowser browser;
    browser.stopAt(begun.returnUrl);
    browser.open(begun.url);
    if (!person.isEmpty() && !browser.press(person))
        return {};
    for (int page = 0; page < 3 && !browser.isStopped() && !unticked.isEmpty(); ++page) {
        for (const QString &tick : unticked)
            browser.setTick(tick, false);
        browser.press(browser.buttons().value(0));
    }
    browser.goThrough();
    return browser.isStopped() ? browser.url() : QUrl();
}

Wire::LoginProgress ConnectClient::logIn(
    const QString &person, const QStringList &unticked, bool asksAgain)
{
    const auto begun = begin(asksAgain);
    http("GET", returnOf(begun, person, unticked));
    return progress(begun.attemptId);
}

Wire::PageOffer ConnectClient::offerFor(const QString &login)
{
    return Wire::decodePageOffer(ask("GET", u"pages?login="_s + login).body)
        .value_or(Wire::PageOffer{});
}

OfferedPage ConnectClient::pageIn(const Wire::PageOffer &offer, const QString &id)
{
    for (const OfferedPage &page : offer.pages) {
        if (page.id.value == id)
            return page;
    }
    return {};
}

Wire::PagesConnected ConnectClient::connectPages(const Wire::ConnectPages &chosen)
{
    return Wire::decodePagesConnected(ask("POST", u"pages"_s, Wire::encode(chosen)).body)
        .value_or(Wire::PagesConnected{});
}

} // namespace Pagedesk::Tests
