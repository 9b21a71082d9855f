// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/media/mediarules.h"

#include <QHostAddress>

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

constexpr int HttpsPort = 443;

} // namespace

QStringList metaMediaHosts()
{
    return {QStringLiteral("fbcdn.net"), QStringLiteral("fbsbx.com")};
}

MediaRules::MediaRules(QStringList hosts)
    : m_hosts(std::move(hosts))
{
}

Result<HttpCall> MediaRules::callFor(const QUrl &url) const
{
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    const bool listed = std::any_of(m_hosts.begin(), m_hosts.end(),
        [&host](const QString &known) { return host == known || host.endsWith(u'.' + known); });
    if (!url.isValid() || host.isEmpty() || !url.userInfo().isEmpty())
        return failure(Error::Kind::Forbidden, QStringLiteral("address"));
    if (!listed)
        return failure(Error::Kind::Forbidden, QStringLiteral("host"));
    // Only what the operator of this relay has named by its address may be on this machine.
    const bool local = QHostAddress(host).isLoopback();
    if (url.scheme() != u"https" && !(local && url.scheme() == u"http"))
        return failure(Error::Kind::Forbidden, QStringLiteral("scheme"));
    // Behind other ports stands something else than media.
    if (!local && url.port(HttpsPort) != HttpsPort)
        return failure(Error::Kind::Forbidden, QStringLiteral("port"));
    HttpCall call;
    call.url = url;
    call.timeoutMs = 60'000;
    call.answerLimit = MaxBytes;
    call.destinations = local ? HttpCall::Destinations::Any : HttpCall::Destinations::PublicOnly;
    return call;
}

} // namespace Pagedesk::Relay
