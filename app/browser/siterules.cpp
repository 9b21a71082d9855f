// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/siterules.h"

#include <QHostAddress>

#include <algorithm>

namespace Pagedesk::Browser {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int HttpPort = 80;
constexpr int HttpsPort = 443;

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == "https"_L1 ? HttpsPort : HttpPort);
}

// An address of this computer or of a network that is not the internet (RFC 1122, 1918, 4193,
// 6598).
bool isNear(const QUrl &url)
{
    if (isLoopback(url))
        return true;
    const QHostAddress address(url.host());
    return !address.isNull()
        && std::ranges::any_of(
            std::initializer_list<const char *>{"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10",
                "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "::/128", "::ffff:0:0/96",
                "fc00::/7", "fe80::/10"},
            [&](const char *network) {
                return address.isInSubnet(QHostAddress::parseSubnet(QLatin1String(network)));
            });
}

bool isFacebook(const QString &host)
{
    return host == "facebook.com"_L1 || host.endsWith(".facebook.com"_L1);
}

} // namespace

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

bool isSafeAddress(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url));
}

SiteRules::SiteRules(QUrl dialog, QUrl returnAddress, QStringList hosts)
    : m_dialog(std::move(dialog))
    , m_returnAddress(std::move(returnAddress))
    , m_hosts(std::move(hosts))
{
}

SiteRules::Verdict SiteRules::judge(const QUrl &url) const
{
    if (!isSafeAddress(url))
        return Verdict::Refused;
    if (isOfReturnSite(url) && url.path() == m_returnAddress.path())
        return Verdict::Return;
    if (isLoopback(url) && isLoopback(m_dialog))
        return Verdict::Dialog;
    if (url.scheme() != "https"_L1)
        return Verdict::Refused;
    if (isFacebook(url.host()) || m_hosts.contains(url.host()))
        return Verdict::Dialog;
    return isNear(url) ? Verdict::Refused : Verdict::Elsewhere;
}

bool SiteRules::mayShow(const QUrl &url) const
{
    const Verdict verdict = judge(url);
    return verdict == Verdict::Dialog || verdict == Verdict::Return;
}

bool SiteRules::mayLoad(const QUrl &url) const
{
    // What a page has made itself.
    for (const auto scheme : {"about"_L1, "blob"_L1, "data"_L1}) {
        if (url.scheme() == scheme)
            return true;
    }
    QUrl address = url;
    if (url.scheme() == "wss"_L1)
        address.setScheme(u"https"_s);
    else if (url.scheme() == "ws"_L1)
        address.setScheme(u"http"_s);
    if (!isSafeAddress(address))
        return false;
    return !isNear(address) || isLoopback(m_dialog) || isOfReturnSite(address)
        || m_hosts.contains(address.host());
}

bool SiteRules::isOfReturnSite(const QUrl &url) const
{
    return url.scheme() == m_returnAddress.scheme() && url.host() == m_returnAddress.host()
        && portOf(url) == portOf(m_returnAddress);
}

} // namespace Pagedesk::Browser
