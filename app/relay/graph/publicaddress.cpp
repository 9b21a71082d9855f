// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/publicaddress.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

namespace Pagedesk::Relay {

namespace {

constexpr std::array SpecialNetworks{"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
    "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"};
// The one block from which IPv6 addresses are given out. Outside of it are, among others, all the
// ways in which an IPv4 address is written inside an IPv6 one and translated back somewhere.
constexpr const char *GlobalUnicast = "2000::/3";

bool isInside(const QHostAddress &address, const char *network)
{
    return address.isInSubnet(QHostAddress::parseSubnet(QString::fromLatin1(network)));
}

} // namespace

bool isPublicAddress(const sockaddr *address)
{
    QHostAddress host(address);
    bool is4 = false;
    if (const quint32 inner = host.toIPv4Address(&is4); is4) // also of ::ffff:a.b.c.d
        host = QHostAddress(inner);
    else if (!isInside(host, GlobalUnicast))
        return false;
    return std::none_of(SpecialNetworks.begin(), SpecialNetworks.end(),
        [&host](const char *network) { return isInside(host, network); });
}

} // namespace Pagedesk::Relay
