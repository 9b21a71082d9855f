// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/connecting.h"

#include "models/wire/errors.h"
#include "models/wire/frames.h"

#include <QJsonDocument>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

template <typename T, typename F> QJsonArray listOf(const QList<T> &values, F toJson)
{
    QJsonArray list;
    for (const T &value : values)
        list.append(toJson(value));
    return list;
}

// What `read` makes of an object of this name in the bytes.
template <typename F> auto decoded(const QByteArray &bytes, const QString &name, F read)
{
    using T = decltype(read(std::declval<FieldReader &>()));
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return Result<T>(failure(object.error()));
    FieldReader in(*object, name);
    T value = read(in);
    return in.result(std::move(value));
}

QJsonObject loginToJson(const FacebookLogin &login)
{
    QJsonObject object{{"id"_L1, login.id}, {"valid"_L1, login.valid},
        {"declined"_L1, QJsonArray::fromStringList(login.declined)}};
    putText(object, "name"_L1, login.name);
    putInteger(object, "loggedInAt"_L1, login.loggedInAt);
    putInteger(object, "expiresAt"_L1, login.expiresAt);
    putInteger(object, "dataAccessExpiresAt"_L1, login.dataAccessExpiresAt);
    return object;
}

Result<FacebookLogin> loginFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"login"_s);
    FacebookLogin login;
    login.id = in.id("id"_L1);
    login.name = in.text("name"_L1);
    login.loggedInAt = in.integer("loggedInAt"_L1);
    login.expiresAt = in.integer("expiresAt"_L1);
    login.dataAccessExpiresAt = in.integer("dataAccessExpiresAt"_L1);
    login.valid = in.flag("valid"_L1);
    const QJsonArray declined = in.list("declined"_L1);
    for (const QJsonValue &name : declined)
        login.declined.append(name.toString().left(MaxIdCharacters));
    return in.result(login);
}

QJsonObject offeredToJson(const OfferedPage &page)
{
    QJsonObject object{{"id"_L1, page.id.value}};
    putText(object, "name"_L1, page.name);
    putText(object, "category"_L1, page.category);
    putFlag(object, "connected"_L1, page.connected);
    putText(object, "obstacle"_L1, pageObstacleName(page.obstacle));
    putText(object, "missing"_L1, page.missing);
    return object;
}

Result<OfferedPage> offeredFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"page"_s);
    OfferedPage page;
    page.id = {in.id("id"_L1)};
    page.name = in.text("name"_L1);
    page.category = in.text("category"_L1);
    page.connected = in.flag("connected"_L1);
    if (in.has("obstacle"_L1))
        page.obstacle = in.choice("obstacle"_L1, pageObstacleFromName);
    page.missing = in.text("missing"_L1);
    return in.result(page);
}

QJsonObject connectedToJson(const ConnectedPage &page)
{
    QJsonObject object{{"id"_L1, page.id.value}};
    putText(object, "name"_L1, page.name);
    putError(object, page.error);
    return object;
}

Result<ConnectedPage> connectedFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"page"_s);
    ConnectedPage page;
    page.id = {in.id("id"_L1, Need::Optional)};
    page.name = in.text("name"_L1);
    page.error = errorFrom(in);
    return in.result(page);
}

QUrl addressFrom(FieldReader &in, QLatin1StringView name)
{
    const QUrl url(in.text(name, Need::Required), QUrl::StrictMode);
    if (!in.error()
        && (!url.isValid() || url.host().isEmpty()
            || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)))
        in.fail(name, "is not a web address");
    return url;
}

} // namespace

QByteArray encode(const BeginLogin &begin)
{
    QJsonObject object;
    putFlag(object, "askAgain"_L1, begin.askAgain);
    return compact(object);
}

QByteArray encode(const LoginBegun &begun)
{
    return compact(
        {{"attemptId"_L1, begun.attemptId}, {"url"_L1, QString::fromUtf8(begun.url.toEncoded())},
            {"returnUrl"_L1, QString::fromUtf8(begun.returnUrl.toEncoded())},
            {"expiresAt"_L1, begun.expiresAt}});
}

QByteArray encode(const LoginProgress &progress)
{
    QJsonObject object{{"state"_L1, loginStateName(progress.state)}};
    putText(object, "problem"_L1, loginProblemName(progress.problem));
    putText(object, "loginId"_L1, progress.loginId);
    return compact(object);
}

QByteArray encode(const Logins &logins)
{
    return compact({{"logins"_L1, listOf(logins.logins, loginToJson)}});
}

QByteArray encode(const PageOffer &offer)
{
    return compact(
        {{"login"_L1, loginToJson(offer.login)}, {"pages"_L1, listOf(offer.pages, offeredToJson)}});
}

QByteArray encode(const ConnectPages &connect)
{
    return compact({{"loginId"_L1, connect.loginId},
        {"pages"_L1, listOf(connect.pages, [](const PageId &id) { return id.value; })}});
}

QByteArray encode(const ManualPage &manual)
{
    return compact(
        {{"token"_L1, QString::fromUtf8(manual.token.reveal())}, {"appId"_L1, manual.appId},
            {"appSecret"_L1, QString::fromUtf8(manual.appSecret.reveal())}});
}

QByteArray encode(const PagesConnected &connected)
{
    return compact({{"pages"_L1, listOf(connected.pages, connectedToJson)}});
}

QByteArray encode(const PageChoice &choice)
{
    return compact({{"page"_L1, choice.page.value}});
}

QByteArray encode(const PageFields &fields)
{
    QJsonObject object{{"ordered"_L1, QJsonArray::fromStringList(fields.ordered)}};
    putInteger(object, "askedAt"_L1, fields.askedAt);
    return compact(object);
}

QByteArray encodeError(const Error &error)
{
    QJsonObject object;
    putError(object, error);
    return compact(object);
}

Result<BeginLogin> decodeBeginLogin(const QByteArray &bytes)
{
    return decoded(
        bytes, u"login"_s, [](FieldReader &in) { return BeginLogin{in.flag("askAgain"_L1)}; });
}

Result<LoginBegun> decodeLoginBegun(const QByteArray &bytes)
{
    return decoded(bytes, u"login"_s, [](FieldReader &in) {
        LoginBegun begun;
        begun.attemptId = in.id("attemptId"_L1);
        begun.url = addressFrom(in, "url"_L1);
        begun.returnUrl = addressFrom(in, "returnUrl"_L1);
        begun.expiresAt = in.integer("expiresAt"_L1, Need::Required, 0);
        return begun;
    });
}

Result<LoginProgress> decodeLoginProgress(const QByteArray &bytes)
{
    return decoded(bytes, u"login"_s, [](FieldReader &in) {
        LoginProgress progress;
        progress.state = in.choice("state"_L1, loginStateFromName);
        if (in.has("problem"_L1))
            progress.problem = in.choice("problem"_L1, loginProblemFromName);
        progress.loginId = in.id("loginId"_L1, Need::Optional);
        return progress;
    });
}

Result<Logins> decodeLogins(const QByteArray &bytes)
{
    return decoded(bytes, u"logins"_s,
        [](FieldReader &in) { return Logins{readObjects(in, "logins"_L1, loginFromJson)}; });
}

Result<PageOffer> decodePageOffer(const QByteArray &bytes)
{
    return decoded(bytes, u"offer"_s, [](FieldReader &in) {
        PageOffer offer;
        offer.login = in.take(loginFromJson(in.object("login"_L1)));
        offer.pages = readObjects(in, "pages"_L1, offeredFromJson);
        return offer;
    });
}

Result<ConnectPages> decodeConnectPages(const QByteArray &bytes)
{
    return decoded(bytes, u"connect"_s, [](FieldReader &in) {
        ConnectPages connect;
        connect.loginId = in.id("loginId"_L1);
        const QJsonArray pages = in.list("pages"_L1);
        for (const QJsonValue &page : pages) {
            const QString id = page.toString();
            if (id.isEmpty() || id.size() > MaxIdCharacters)
                in.fail("pages"_L1, "holds something that is no id");
            connect.pages.append({id});
        }
        return connect;
    });
}

Result<ManualPage> decodeManualPage(const QByteArray &bytes)
{
    return decoded(bytes, u"manual"_s, [](FieldReader &in) {
        ManualPage manual;
        manual.token = Secret(in.text("token"_L1, Need::Required).toUtf8());
        manual.appId = in.id("appId"_L1);
        manual.appSecret = Secret(in.id("appSecret"_L1).toUtf8());
        return manual;
    });
}

Result<PagesConnected> decodePagesConnected(const QByteArray &bytes)
{
    return decoded(bytes, u"connected"_s, [](FieldReader &in) {
        return PagesConnected{readObjects(in, "pages"_L1, connectedFromJson)};
    });
}

Result<PageChoice> decodePageChoice(const QByteArray &bytes)
{
    return decoded(
        bytes, u"page"_s, [](FieldReader &in) { return PageChoice{{in.id("page"_L1)}}; });
}

Result<PageFields> decodePageFields(const QByteArray &bytes)
{
    return decoded(bytes, u"fields"_s, [](FieldReader &in) {
        PageFields fields;
        const QJsonArray ordered = in.list("ordered"_L1);
        for (const QJsonValue &name : ordered)
            fields.ordered.append(name.toString().left(MaxIdCharacters));
        fields.askedAt = in.integer("askedAt"_L1);
        return fields;
    });
}

Error decodeError(const QByteArray &bytes)
{
    const auto read = decoded(
        bytes, u"refusal"_s, [](FieldReader &in) { return errorFrom(in).value_or(Error{}); });
    if (!read)
        return read.error();
    if (read->detail.isEmpty() && read->kind == Error::Kind::Cancelled)
        return {Error::Kind::Protocol, u"the relay's answer is not understood"_s};
    return *read;
}

} // namespace Pagedesk::Wire
