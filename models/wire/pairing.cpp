// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/pairing.h"

#include "models/base/jsonfields.h"
#include "models/wire/entities.h"
#include "models/wire/frames.h"

#include <QJsonDocument>
#include <QUrlQuery>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

Error notALink(const QString &problem)
{
    return {Error::Kind::Rejected, problem};
}

// Only what cannot leave this machine may go without TLS.
bool isLoopback(const QString &host)
{
    if (host == "localhost"_L1 || host == "::1"_L1)
        return true;
    const QStringList parts = host.split(u'.');
    bool numbers = parts.size() == 4 && parts.first() == "127"_L1;
    for (const QString &part : parts) {
        bool isNumber = false;
        const uint value = part.toUInt(&isNumber);
        numbers = numbers && isNumber && value <= 255;
    }
    return numbers;
}

Result<QUrl> relayFrom(const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    const bool tls = url.scheme() == "https"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!tls && url.scheme() != "http"_L1))
        return failure(notALink(u"the link does not name a relay"_s));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return failure(notALink(u"the relay's address holds more than an address"_s));
    if (!tls && !isLoopback(url.host()))
        return failure(notALink(u"the relay must be reached by https"_s));
    if (url.path() == "/"_L1)
        url.setPath({});
    return url;
}

} // namespace

QString toLink(const PairingLink &link)
{
    // Encoded by hand: QUrlQuery would leave characters that end a value elsewhere.
    const auto encoded
        = [](const QByteArray &value) { return QString::fromLatin1(value.toPercentEncoding()); };
    return u"pagedesk://pair?relay=%1&code=%2.%3"_s.arg(encoded(link.relay.toEncoded()),
        encoded(link.inviteId.toUtf8()), encoded(link.secret.reveal()));
}

Result<PairingLink> pairingLinkFrom(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (text.size() > 4096 || !url.isValid() || url.scheme() != "pagedesk"_L1
        || url.host() != "pair"_L1)
        return failure(notALink(u"this is not a pairing link"_s));
    const QUrlQuery query(url);
    const auto relay = relayFrom(query.queryItemValue(u"relay"_s, QUrl::FullyDecoded));
    if (!relay)
        return failure(relay.error());
    const QString code = query.queryItemValue(u"code"_s, QUrl::FullyDecoded);
    const qsizetype dot = code.indexOf(u'.');
    if (dot < 1 || dot > MaxIdCharacters || dot + 1 == code.size()
        || code.size() - dot > MaxIdCharacters)
        return failure(notALink(u"the link has no invitation code"_s));
    return PairingLink{*relay, code.first(dot), Secret(code.sliced(dot + 1).toUtf8())};
}

QByteArray encode(const PairingRequest &request)
{
    QJsonObject object{{"inviteId"_L1, request.inviteId},
        {"secret"_L1, QString::fromUtf8(request.secret.reveal())}};
    putText(object, "deviceName"_L1, request.deviceName.left(MaxIdCharacters));
    putText(object, "platform"_L1, request.platform.left(MaxIdCharacters));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<PairingRequest> decodePairingRequest(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return failure(object.error());
    FieldReader in(*object, u"pairing"_s);
    PairingRequest request;
    request.inviteId = in.id("inviteId"_L1);
    request.secret = Secret(in.id("secret"_L1).toUtf8());
    request.deviceName = in.id("deviceName"_L1, Need::Optional);
    request.platform = in.id("platform"_L1, Need::Optional);
    return in.result(request);
}

QByteArray encode(const PairingAnswer &answer)
{
    const QJsonObject object{{"deviceToken"_L1, QString::fromUtf8(answer.deviceToken.reveal())},
        {"self"_L1, operatorToJson(answer.self)}, {"workspace"_L1, answer.workspace}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<PairingAnswer> decodePairingAnswer(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return failure(object.error());
    FieldReader in(*object, u"pairing"_s);
    PairingAnswer answer;
    answer.deviceToken = Secret(in.id("deviceToken"_L1).toUtf8());
    answer.self = in.take(operatorFromJson(in.object("self"_L1)));
    answer.workspace = in.text("workspace"_L1, Need::Required);
    return in.result(answer);
}

} // namespace Pagedesk::Wire
