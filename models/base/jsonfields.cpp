// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/jsonfields.h"

#include <QJsonDocument>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

void putText(QJsonObject &object, QLatin1StringView name, const QString &value)
{
    if (!value.isEmpty())
        object.insert(name, value.left(MaxTextCharacters));
}

void putInteger(QJsonObject &object, QLatin1StringView name, qint64 value)
{
    if (value != 0)
        object.insert(name, value);
}

void putFlag(QJsonObject &object, QLatin1StringView name, bool value)
{
    if (value)
        object.insert(name, true);
}

QJsonValue FieldReader::value(QLatin1StringView name, Need need)
{
    const QJsonValue found = m_object.value(name);
    if (found.isUndefined() && need == Need::Required)
        fail(name, "is missing");
    return found;
}

QString FieldReader::id(QLatin1StringView name, Need need)
{
    const QString read = text(name, need);
    if (read.size() > MaxIdCharacters)
        fail(name, "is longer than an id may be");
    else if (read.isEmpty() && need == Need::Required)
        fail(name, "is empty");
    return read;
}

QString FieldReader::text(QLatin1StringView name, Need need)
{
    const QJsonValue found = value(name, need);
    if (found.isUndefined())
        return {};
    const QString read = found.toString();
    if (!found.isString())
        fail(name, "is not text");
    else if (read.size() > MaxTextCharacters)
        fail(name, "is longer than a text may be");
    return read;
}

qint64 FieldReader::integer(QLatin1StringView name, Need need, qint64 least, qint64 most)
{
    const QJsonValue found = value(name, need);
    if (found.isUndefined())
        return 0;
    const qint64 read = found.toInteger(0);
    // toInteger() answers its fallback for fractions and for what exceeds 64 bits.
    if (!found.isDouble() || read != found.toInteger(1))
        fail(name, "is not an integer");
    else if (read < least || read > most)
        fail(name, "is out of range");
    return read;
}

int FieldReader::count(QLatin1StringView name)
{
    return static_cast<int>(integer(name, Need::Optional, 0, std::numeric_limits<int>::max()));
}

bool FieldReader::flag(QLatin1StringView name)
{
    const QJsonValue found = value(name, Need::Optional);
    if (!found.isUndefined() && !found.isBool())
        fail(name, "is neither true nor false");
    return found.toBool();
}

double FieldReader::real(QLatin1StringView name)
{
    const QJsonValue found = value(name, Need::Optional);
    if (!found.isUndefined() && !found.isDouble())
        fail(name, "is not a number");
    return found.toDouble();
}

QJsonArray FieldReader::list(QLatin1StringView name)
{
    const QJsonValue found = value(name, Need::Optional);
    const QJsonArray read = found.toArray();
    if (!found.isUndefined() && !found.isArray())
        fail(name, "is not a list");
    else if (read.size() > MaxListEntries)
        fail(name, "has too many entries");
    return read;
}

QJsonObject FieldReader::object(QLatin1StringView name)
{
    const QJsonValue found = value(name, Need::Required);
    if (!found.isUndefined() && !found.isObject())
        fail(name, "is not an object");
    return found.toObject();
}

void FieldReader::fail(QLatin1StringView name, const char *problem)
{
    keep({Error::Kind::Protocol, u"%1.%2 %3"_s.arg(m_path, name, QLatin1StringView(problem))});
}

void FieldReader::keep(const Error &error)
{
    if (!m_error)
        m_error = error;
}

Result<QJsonObject> objectFrom(const QByteArray &bytes, qsizetype most)
{
    if (bytes.size() > most)
        return failure(Error::Kind::Protocol, u"the frame is larger than allowed"_s);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return failure(Error::Kind::Protocol,
            u"not JSON at byte %1: %2"_s.arg(problem.offset).arg(problem.errorString()));
    }
    if (!document.isObject())
        return failure(Error::Kind::Protocol, u"not a JSON object"_s);
    return document.object();
}

} // namespace Pagedesk
