// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/graphrequest.h"

#include "models/messenger/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int OldestUsableVersion = 21;

QString decoded(QByteArray text)
{
    return QUrl::fromPercentEncoding(text.replace('+', ' '));
}

void readForm(const QByteArray &form, QHash<QString, QJsonValue> &parameters)
{
    for (const QByteArray &pair : form.split('&')) {
        if (pair.isEmpty())
            continue;
        const auto equals = pair.indexOf('=');
        const QByteArray name = equals < 0 ? pair : pair.left(equals);
        parameters.insert(decoded(name), equals < 0 ? QString() : decoded(pair.mid(equals + 1)));
    }
}

bool readJson(const QByteArray &body, QHash<QString, QJsonValue> &parameters)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return body.trimmed().isEmpty();
    const QJsonObject object = document.object();
    for (auto it = object.begin(); it != object.end(); ++it)
        parameters.insert(it.key(), it.value());
    return true;
}

bool readMultipartBody(const QByteArray &contentType, const QByteArray &body, GraphRequest &request)
{
    auto parts = readMultipart(contentType, body);
    if (!parts)
        return false;
    for (FormPart &part : *parts) {
        if (part.isFile)
            request.files.append(std::move(part));
        else
            request.parameters.insert(part.name, QString::fromUtf8(part.content));
    }
    return true;
}

bool readBody(const Server::Request &from, GraphRequest &request)
{
    const QByteArray contentType
        = QByteArray::fromStdString(std::string(from.header("Content-Type")));
    const QByteArray mime = contentType.split(';').constFirst().trimmed().toLower();
    const QByteArray body = QByteArray::fromRawData(from.body.data(), qsizetype(from.body.size()));
    if (mime == "multipart/form-data")
        return readMultipartBody(contentType, body, request);
    if (mime == "application/json" || mime == "text/javascript")
        return readJson(body, request.parameters);
    readForm(body, request.parameters);
    return true;
}

void readPath(const Server::Request &from, GraphRequest &request)
{
    static const QRegularExpression Version(u"^v\\d{1,3}\\.\\d$"_s);
    const auto segments = QByteArray::fromStdString(from.path).split('/');
    for (const QByteArray &segment : segments) {
        if (!segment.isEmpty())
            request.path.append(QUrl::fromPercentEncoding(segment));
    }
    QString asked;
    if (!request.path.isEmpty() && Version.match(request.path.constFirst()).hasMatch())
        asked = request.path.takeFirst();
    request.version = servingVersion(asked);
}

void readToken(const Server::Request &from, GraphRequest &request)
{
    request.token = request.text(u"access_token"_s);
    const QString header = QString::fromStdString(std::string(from.header("Authorization")));
    const QString scheme = header.section(u' ', 0, 0).toLower();
    if (request.token.isEmpty() && (scheme == "bearer"_L1 || scheme == "oauth"_L1))
        request.token = header.section(u' ', 1).trimmed();
}

} // namespace

QString GraphRequest::text(const QString &name) const
{
    const QJsonValue value = parameters.value(name);
    if (value.isDouble())
        return idText(value);
    return value.toVariant().toString();
}

QJsonValue GraphRequest::json(const QString &name) const
{
    const QJsonValue value = parameters.value(name);
    if (!value.isString())
        return value;
    const QJsonDocument document = QJsonDocument::fromJson(value.toString().toUtf8());
    if (document.isObject())
        return document.object();
    if (document.isArray())
        return document.array();
    return value;
}

tl::expected<GraphRequest, GraphError> readGraphRequest(const Server::Request &from)
{
    GraphRequest request;
    request.method = QString::fromStdString(from.method).toUpper();
    request.query = QString::fromStdString(from.query);
    request.host = QString::fromStdString(std::string(from.header("Host")));
    readPath(from, request);
    readForm(QByteArray::fromStdString(from.query), request.parameters);
    if (request.method != "GET"_L1 && request.method != "HEAD"_L1 && !readBody(from, request))
        return graphFailure(badParameter(u"The body of the request cannot be read"_s));
    if (request.has(u"method"_s))
        request.method = request.text(u"method"_s).toUpper();
    if (request.method == "HEAD"_L1)
        request.method = u"GET"_s;
    readToken(from, request);
    return request;
}

QString servingVersion(const QString &asked)
{
    const int newest = QByteArray(Limits::GraphVersion).mid(1).split('.').constFirst().toInt();
    if (asked.isEmpty())
        return QString::fromLatin1(Limits::GraphVersion);
    const int number = QStringView(asked).mid(1).left(asked.indexOf(u'.') - 1).toInt();
    const bool isUsable = number >= OldestUsableVersion && number <= newest;
    return u"v%1.0"_s.arg(isUsable ? number : OldestUsableVersion);
}

QString idText(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toInteger());
    return value.toString();
}

} // namespace Pagedesk::Sandbox
