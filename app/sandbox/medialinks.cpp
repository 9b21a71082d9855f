// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/medialinks.h"

#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QUrlQuery>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

MediaLinks::MediaLinks(const Secret &key, const Clock &clock)
    : m_key(key)
    , m_clock(clock)
{
}

QString MediaLinks::url(const MediaFile &file) const
{
    const bool isPicture = file.mimeType.startsWith("image/"_L1);
    const QString folder = isPicture ? u"t39.30808-6"_s : u"t59.2708-21"_s;
    const QString name = QString::fromLatin1(QUrl::toPercentEncoding(file.name));
    const QString path = u"/v/%1/%2_%3"_s.arg(folder, file.id, name);
    const qint64 seconds = m_clock.now() / 1000 + LifetimeSeconds;
    const QString expiry = QString::number(seconds, 16).toUpper();
    return u"%1%2?_nc_cat=1&_nc_ht=media&oh=%3&oe=%4"_s.arg(
        m_base, path, QString::fromLatin1(signature(path, expiry)), expiry);
}

MediaLinks::Verdict MediaLinks::check(const QString &path, const QString &query) const
{
    const QUrlQuery parameters(query);
    const QString expiry = parameters.queryItemValue(u"oe"_s);
    const Secret expected(signature(path, expiry));
    if (!expected.matches(parameters.queryItemValue(u"oh"_s).toLatin1()))
        return Verdict::Mismatch;
    return m_clock.now() / 1000 < expiry.toLongLong(nullptr, 16) ? Verdict::Valid
                                                                 : Verdict::Expired;
}

QString MediaLinks::mediaId(const QString &path)
{
    const QString file = path.section(u'/', 3, 3);
    if (!path.startsWith("/v/"_L1) || path.count(u'/') != 3)
        return {};
    return file.section(u'_', 0, 0);
}

QByteArray MediaLinks::signature(const QString &path, const QString &expiry) const
{
    // Over the decoded path: clients are free to write some characters either way.
    const QString plainPath = QUrl::fromPercentEncoding(path.toLatin1());
    const QByteArray digest = QMessageAuthenticationCode::hash(
        (plainPath + u'|' + expiry).toUtf8(), m_key.reveal(), QCryptographicHash::Sha256);
    return "00_" + digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace Pagedesk::Sandbox
