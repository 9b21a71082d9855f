// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/paging.h"

#include <QJsonArray>
#include <QUrlQuery>

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LargestLimit = 499; // Conversations API refuses more

QString toCursor(const QString &key)
{
    return QString::fromLatin1(key.toUtf8().toBase64(QByteArray::Base64UrlEncoding));
}

QString fromCursor(const QString &cursor)
{
    return QString::fromUtf8(
        QByteArray::fromBase64(cursor.toLatin1(), QByteArray::Base64UrlEncoding));
}

QString link(const GraphRequest &request, const QString &direction, const QString &cursor)
{
    QUrlQuery query(request.query);
    for (const auto &name : {u"after"_s, u"before"_s, u"access_token"_s})
        query.removeAllQueryItems(name);
    query.addQueryItem(
        u"access_token"_s, QString::fromLatin1(QUrl::toPercentEncoding(request.token)));
    query.addQueryItem(direction, QString::fromLatin1(QUrl::toPercentEncoding(cursor)));
    return u"http://%1/%2/%3?%4"_s.arg(
        request.host, request.version, request.path.join(u'/'), query.toString(QUrl::FullyEncoded));
}

} // namespace

ListRange rangeOf(const PageOfList &asked, const QStringList &keys)
{
    const int count = int(keys.size());
    if (!asked.before.isEmpty()) {
        const QString key = fromCursor(asked.before);
        const auto first = std::lower_bound(keys.begin(), keys.end(), key);
        const int end = int(first - keys.begin());
        return {std::max(0, end - asked.limit), end};
    }
    int begin = 0;
    if (!asked.after.isEmpty()) {
        const QString key = fromCursor(asked.after);
        begin = int(std::upper_bound(keys.begin(), keys.end(), key) - keys.begin());
    }
    return {begin, std::min(count, begin + asked.limit)};
}

PageOfList readPaging(const GraphRequest &request)
{
    PageOfList asked;
    if (request.has(u"limit"_s))
        asked.limit = std::clamp(request.text(u"limit"_s).toInt(), 1, LargestLimit);
    asked.after = request.text(u"after"_s);
    asked.before = request.text(u"before"_s);
    return asked;
}

QJsonObject listAnswer(const QJsonArray &data, const ListRange &range, const QStringList &keys,
    const GraphRequest *request)
{
    QJsonObject answer{{u"data"_s, data}};
    if (data.isEmpty())
        return answer;
    const QString before = toCursor(keys.at(range.begin));
    const QString after = toCursor(keys.at(range.end - 1));
    QJsonObject paging{{u"cursors"_s, QJsonObject{{u"before"_s, before}, {u"after"_s, after}}}};
    if (request && range.end < keys.size())
        paging[u"next"_s] = link(*request, u"after"_s, after);
    if (request && range.begin > 0)
        paging[u"previous"_s] = link(*request, u"before"_s, before);
    answer[u"paging"_s] = paging;
    return answer;
}

} // namespace Pagedesk::Sandbox
