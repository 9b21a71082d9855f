// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/eventmix.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>

namespace Pagedesk::Tests {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 Begin = 1'790'000'000'000;
const QString Page = u"70044"_s;

QJsonObject withId(const QString &id)
{
    return {{u"id"_s, id}};
}

QJsonObject item(
    const QString &from, const QString &to, qint64 at, const QString &key, const QJsonObject &value)
{
    return {{u"sender"_s, withId(from)}, {u"recipient"_s, withId(to)}, {u"timestamp"_s, at},
        {key, value}};
}

MixedEvent eventOf(const QString &prefix, int i, int people)
{
    // A reaction and an edit are about a message of the same customer.
    const int about = i % 12 == 9 ? i - 9 : i % 12 == 10 ? i - 8 : i;
    const QString psid = QString::number(24'000'000'000'100'000 + about % people);
    const QString mid = u"m_%1_%2"_s.arg(prefix).arg(i);
    const qint64 at = Begin + i;
    const QString text = u"Do you still have the red one? Number %1"_s.arg(i);
    switch (i % 12) {
    case 5:
        return {mid,
            item(Page, psid, at, u"message"_s,
                {{u"mid"_s, mid}, {u"text"_s, text}, {u"is_echo"_s, true}})};
    case 6:
        return {{}, item(psid, Page, at, u"delivery"_s, {{u"watermark"_s, at}})};
    case 7:
        return {{}, item(psid, Page, at, u"read"_s, {{u"watermark"_s, at}})};
    case 8:
        return {{},
            item(psid, Page, at, u"postback"_s,
                {{u"mid"_s, mid}, {u"title"_s, u"Begin"_s}, {u"payload"_s, text}})};
    case 9:
        return {{},
            item(psid, Page, at, u"reaction"_s,
                {{u"mid"_s, u"m_%1_%2"_s.arg(prefix).arg(about)}, {u"action"_s, u"react"_s},
                    {u"reaction"_s, u"love"_s}, {u"emoji"_s, u"\u2764"_s}})};
    case 10:
        return {{},
            item(psid, Page, at, u"message_edit"_s,
                {{u"mid"_s, u"m_%1_%2"_s.arg(prefix).arg(about)}, {u"text"_s, text},
                    {u"num_edit"_s, 1}})};
    default:
        return {mid, item(psid, Page, at, u"message"_s, {{u"mid"_s, mid}, {u"text"_s, text}})};
    }
}

} // namespace

QList<MixedEvent> mixedEvents(const QString &prefix, int count, int people)
{
    QList<MixedEvent> events;
    events.reserve(count);
    for (int i = 0; i < count; ++i)
        events.append(eventOf(prefix, i, people));
    return events;
}

PreparedRequest prepare(
    const QString &name, const QList<QJsonObject> &items, const QByteArray &secret)
{
    QJsonArray list;
    for (const QJsonObject &one : items)
        list.append(one);
    const QJsonObject entry{{u"id"_s, Page}, {u"time"_s, Begin}, {u"messaging"_s, list}};
    const QByteArray body
        = QJsonDocument(QJsonObject{{u"object"_s, u"page"_s}, {u"entry"_s, QJsonArray{entry}}})
              .toJson(QJsonDocument::Compact);
    const QByteArray signature
        = QMessageAuthenticationCode::hash(body, secret, QCryptographicHash::Sha256).toHex();
    return {name,
        "POST /webhooks/messenger HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
        "X-Hub-Signature-256: sha256="
            + signature + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
            + body};
}

QByteArray identityOf(const QJsonObject &item)
{
    return QJsonDocument(item).toJson(QJsonDocument::Compact); // its keys are sorted
}

} // namespace Pagedesk::Tests
