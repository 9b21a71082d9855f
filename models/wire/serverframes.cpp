// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/entities.h"
#include "models/wire/fields.h"

#include <QJsonDocument>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

// ---- parts

QJsonObject streamToJson(const StreamInfo &stream)
{
    QJsonObject object{{"name"_L1, stream.name}, {"head"_L1, stream.head}};
    putFlag(object, "begins"_L1, stream.begins);
    return object;
}

Result<StreamInfo> streamFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"stream"_s);
    StreamInfo stream;
    stream.name = in.id("name"_L1);
    stream.head = in.position("head"_L1);
    stream.begins = in.flag("begins"_L1);
    return in.result(stream);
}

QJsonArray entitiesToJson(const QList<Entity> &entities)
{
    QJsonArray list;
    for (const Entity &entity : entities)
        list.append(toJson(entity));
    return list;
}

// Reads every object of a list with `read`, up to the first that is wrong.
template <typename T>
QList<T> listFrom(
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

void putError(QJsonObject &object, const std::optional<Error> &error)
{
    if (!error)
        return;
    QJsonObject inner{{"kind"_L1, kindName(error->kind)}};
    putText(inner, "detail"_L1, error->detail);
    if (error->retryAfter)
        inner.insert("retryAfterSeconds"_L1, qint64(error->retryAfter->count()));
    object.insert("error"_L1, inner);
}

Result<Error> errorFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"error"_s);
    Error error;
    error.kind = in.choice("kind"_L1, kindFromName);
    error.detail = in.text("detail"_L1);
    if (in.has("retryAfterSeconds"_L1)) {
        error.retryAfter = std::chrono::seconds(
            in.integer("retryAfterSeconds"_L1, Need::Required, 0, 1'000'000'000));
    }
    return in.result(error);
}

std::optional<Error> errorFrom(FieldReader &in)
{
    if (!in.has("error"_L1))
        return std::nullopt;
    return in.take(errorFromJson(in.object("error"_L1)));
}

// ---- frames

QJsonObject toJson(const Welcome &welcome)
{
    QJsonArray streams;
    for (const StreamInfo &stream : welcome.streams)
        streams.append(streamToJson(stream));
    return {{"type"_L1, "welcome"_L1}, {"protocol"_L1, welcome.protocol},
        {"self"_L1, operatorToJson(welcome.self)}, {"workspace"_L1, welcome.workspace},
        {"serverAt"_L1, welcome.serverAt}, {"streams"_L1, streams}};
}

Result<ServerFrame> welcomeFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"welcome"_s);
    Welcome welcome;
    welcome.protocol = static_cast<int>(in.integer("protocol"_L1, Need::Required, 0, 1'000'000));
    welcome.self = in.take(operatorFromJson(in.object("self"_L1)));
    welcome.workspace = in.text("workspace"_L1, Need::Required);
    welcome.serverAt = in.integer("serverAt"_L1, Need::Required);
    welcome.streams = listFrom(in, "streams"_L1, streamFromJson);
    return in.result(ServerFrame(welcome));
}

QJsonObject toJson(const StreamAdded &added)
{
    return {{"type"_L1, "stream_added"_L1}, {"stream"_L1, streamToJson(added.stream)}};
}

Result<ServerFrame> streamAddedFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"stream_added"_s);
    StreamAdded added;
    added.stream = in.take(streamFromJson(in.object("stream"_L1)));
    return in.result(ServerFrame(added));
}

QJsonObject toJson(const Changes &changes)
{
    return {{"type"_L1, "changes"_L1}, {"stream"_L1, changes.stream},
        {"fromSeq"_L1, changes.fromSeq}, {"toSeq"_L1, changes.toSeq},
        {"entities"_L1, entitiesToJson(changes.entities)}};
}

Result<ServerFrame> changesFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"changes"_s);
    Changes changes;
    changes.stream = in.id("stream"_L1);
    changes.fromSeq = in.position("fromSeq"_L1);
    changes.toSeq = in.position("toSeq"_L1);
    if (changes.toSeq < changes.fromSeq)
        in.fail("toSeq"_L1, "lies before fromSeq");
    changes.entities = listFrom(in, "entities"_L1, entityFromJson);
    return in.result(ServerFrame(changes));
}

QJsonObject toJson(const Answer &answer)
{
    QJsonObject object{{"type"_L1, "answer"_L1}, {"requestId"_L1, answer.requestId},
        {"entities"_L1, entitiesToJson(answer.entities)}};
    putInteger(object, "lowestSeq"_L1, answer.lowestSeq);
    putFlag(object, "more"_L1, answer.more);
    putError(object, answer.error);
    return object;
}

Result<ServerFrame> answerFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"answer"_s);
    Answer answer;
    answer.requestId = in.position("requestId"_L1);
    answer.entities = listFrom(in, "entities"_L1, entityFromJson);
    answer.lowestSeq = in.integer("lowestSeq"_L1, Need::Optional, 0);
    answer.more = in.flag("more"_L1);
    answer.error = errorFrom(in);
    return in.result(ServerFrame(answer));
}

QJsonObject toJson(const CommandResult &result)
{
    QJsonObject object{{"type"_L1, "command_result"_L1}, {"id"_L1, result.id.value}};
    putError(object, result.error);
    return object;
}

Result<ServerFrame> commandResultFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"command_result"_s);
    CommandResult result;
    result.id = {in.id("id"_L1)};
    result.error = errorFrom(in);
    return in.result(ServerFrame(result));
}

QJsonObject toJson(const Bye &bye)
{
    return {{"type"_L1, "bye"_L1}, {"reason"_L1, bye.reason}};
}

Result<ServerFrame> byeFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"bye"_s);
    const Bye bye{in.id("reason"_L1)};
    return in.result(ServerFrame(bye));
}

} // namespace

QByteArray encode(const ServerFrame &frame)
{
    const QJsonObject object
        = std::visit([](const auto &specific) { return toJson(specific); }, frame);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<ServerFrame> decodeServerFrame(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes);
    if (!object)
        return failure(object.error());
    const QString type = object->value("type"_L1).toString();
    if (type == "changes"_L1)
        return changesFromJson(*object);
    if (type == "answer"_L1)
        return answerFromJson(*object);
    if (type == "command_result"_L1)
        return commandResultFromJson(*object);
    if (type == "stream_added"_L1)
        return streamAddedFromJson(*object);
    if (type == "welcome"_L1)
        return welcomeFromJson(*object);
    if (type == "bye"_L1)
        return byeFromJson(*object);
    return failure(Error::Kind::Protocol, u"frame.type is not a known word"_s);
}

} // namespace Pagedesk::Wire
