// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QJsonArray>
#include <QJsonObject>

#include <limits>
#include <optional>

namespace Pagedesk {

inline constexpr qsizetype MaxIdCharacters = 256;
inline constexpr qsizetype MaxTextCharacters = 64 * 1024;
inline constexpr qsizetype MaxListEntries = 10'000;

// Writing leaves out what is empty, zero or false, and cuts what is longer than a reader accepts,
// so that one overlong value from outside cannot stop a stream.
void putText(QJsonObject &object, QLatin1StringView name, const QString &value);
void putInteger(QJsonObject &object, QLatin1StringView name, qint64 value);
void putFlag(QJsonObject &object, QLatin1StringView name, bool value);

// Reads the fields of one JSON object and keeps the first thing that is wrong, with the name of
// its field. What is optional and missing reads as empty, zero or false.
class FieldReader {
public:
    enum class Need { Required, Optional };

    // `path` is how messages name the object: "changes", "message.attachments".
    FieldReader(const QJsonObject &object, QString path)
        : m_object(object)
        , m_path(std::move(path))
    {
    }

    QString id(QLatin1StringView name, Need need = Need::Required);
    QString text(QLatin1StringView name, Need need = Need::Optional);
    qint64 integer(QLatin1StringView name, Need need = Need::Optional,
        qint64 least = std::numeric_limits<qint64>::min(),
        qint64 most = std::numeric_limits<qint64>::max());
    // A position in a stream: a required integer from 0.
    qint64 position(QLatin1StringView name) { return integer(name, Need::Required, 0); }
    // A number of things: an optional integer from 0 that fits an int.
    int count(QLatin1StringView name);
    bool flag(QLatin1StringView name);
    double real(QLatin1StringView name);
    QJsonArray list(QLatin1StringView name);
    QJsonObject object(QLatin1StringView name);
    bool has(QLatin1StringView name) const { return m_object.contains(name); }

    // A required word that `fromName` knows.
    template <typename Enum>
    Enum choice(QLatin1StringView name, std::optional<Enum> (*fromName)(QStringView))
    {
        const auto known = fromName(text(name, Need::Required));
        if (!known)
            fail(name, "is not a known word");
        return known.value_or(Enum{});
    }

    // Takes over the error of something read from within this object.
    template <typename T> T take(Result<T> inner)
    {
        if (!inner) {
            keep(inner.error());
            return T{};
        }
        return std::move(*inner);
    }

    template <typename T> Result<T> result(T value) const
    {
        if (m_error)
            return failure(*m_error);
        return value;
    }
    const std::optional<Error> &error() const { return m_error; }
    void fail(QLatin1StringView name, const char *problem);

private:
    void keep(const Error &error);
    // The value, or undefined; complains about a missing one when it is needed.
    QJsonValue value(QLatin1StringView name, Need need);

    const QJsonObject &m_object;
    QString m_path;
    std::optional<Error> m_error;
};

// Reads every object of a list with `read`, up to the first that is wrong.
template <typename T>
QList<T> readObjects(
    FieldReader &in, QLatin1StringView name, Result<T> (*read)(const QJsonObject &object))
{
    QList<T> values;
    const QJsonArray list = in.list(name);
    values.reserve(list.size());
    for (const QJsonValue &value : list) {
        if (!value.isObject())
            in.fail(name, "holds something that is not an object");
        values.append(in.take(read(value.toObject())));
        if (in.error())
            break;
    }
    return values;
}

// The object in the bytes of a frame or body; Protocol when they are none, or more than `most`.
Result<QJsonObject> objectFrom(const QByteArray &bytes, qsizetype most);

} // namespace Pagedesk
