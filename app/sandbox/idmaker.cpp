// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/idmaker.h"

#include "models/base/secret.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

QString newMid()
{
    return "m_"_L1 + QLatin1StringView(randomToken(64));
}

QString midFor(const QString &name)
{
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha512);
    return "m_"_L1
        + QLatin1StringView(
            hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString threadIdFor(const QString &pageId, const QString &psid)
{
    const QByteArray hash
        = QCryptographicHash::hash((pageId + u'-' + psid).toUtf8(), QCryptographicHash::Sha256);
    const quint64 number = hash.left(7).toHex().toULongLong(nullptr, 16);
    return u"t_10%1"_s.arg(number % 1'000'000'000'000'000ULL, 15, 10, QChar(u'0'));
}

QString newTraceId()
{
    return u'A' + QString::fromLatin1(randomToken(16));
}

QString newNumericId()
{
    const quint64 number = QRandomGenerator::system()->generate64() % 900'000'000'000'000ULL;
    return QString::number(1'100'000'000'000'000ULL + number);
}

} // namespace Pagedesk::Sandbox
