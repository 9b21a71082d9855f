// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/addresstext.h"

namespace Pagedesk::Browser {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestHost = 253; // RFC 1035
constexpr qsizetype LongestPath = 512;

QString shortened(const QString &text)
{
    if (text.size() <= LongestPath)
        return text;
    return text.first(LongestPath / 2) + QChar(u'…') + text.last(LongestPath / 2);
}

} // namespace

QString hostText(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded).left(LongestHost);
    return host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host;
}

AddressText addressText(const QUrl &url)
{
    if (url.host().isEmpty())
        return {};
    AddressText text{
        url.scheme() + "://"_L1, hostText(url), shortened(url.path(QUrl::FullyEncoded))};
    const int usual = url.scheme() == "https"_L1 ? 443 : 80;
    if (url.port(usual) != usual)
        text.host += u":%1"_s.arg(url.port());
    return text;
}

} // namespace Pagedesk::Browser
