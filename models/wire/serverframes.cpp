// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/jsonfields.h"
#include "models/wire/entities.h"
#include "models/wire/errors.h"
#include "models/wire/rowsize.h"

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
    welcome.streams = readObjects(in, "streams"_L1, streamFromJson);
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

QJsonObject toJson(const StreamRemoved &removed)
{
    return {{"type"_L1, "stream_removed"_L1}, {"stream"_L1, removed.stream}};
}

Result<ServerFrame> streamRemovedFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"stream_removed"_s);
    const StreamRemoved removed{in.id("stream"_L1)};
    return in.result(ServerFrame(removed));
}

QJsonObject toJson(const SelfChanged &changed)
{
    return {{"type"_L1, "self_changed"_L1}, {"self"_L1, operatorToJson(changed.self)}};
}

Result<ServerFrame> selfChangedFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"self_changed"_s);
    SelfChanged changed;
    changed.self = in.take(operatorFromJson(in.object("self"_L1)));
    return in.result(ServerFrame(changed));
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
    changes.entities = readObjects(in, "entities"_L1, entityFromJson);
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
    answer.entities = readObjects(in, "entities"_L1, entityFromJson);
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

QJsonObject inspectedToJson(const InspectedEvent &event)
{
    QJsonObject object{{"id"_L1, event.id}, {"receivedAt"_L1, event.receivedAt},
        {"kind"_L1, event.kind}, {"raw"_L1, event.raw}};
    putFlag(object, "duplicate"_L1, event.duplicate);
    return object;
}

Result<InspectedEvent> inspectedEventFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"inspection.events"_s);
    InspectedEvent event;
    event.id = in.position("id"_L1);
    event.receivedAt = in.integer("receivedAt"_L1, Need::Required);
    event.kind = in.text("kind"_L1, Need::Required);
    event.duplicate = in.flag("duplicate"_L1);
    event.raw = in.text("raw"_L1);
    return in.result(event);
}

QJsonObject inspectedToJson(const InspectedAttempt &attempt)
{
    QJsonObject object{{"startedAt"_L1, attempt.startedAt}, {"endedAt"_L1, attempt.endedAt},
        {"outcome"_L1, attempt.outcome}};
    putInteger(object, "httpStatus"_L1, attempt.httpStatus);
    putInteger(object, "code"_L1, attempt.code);
    putInteger(object, "subcode"_L1, attempt.subcode);
    putText(object, "traceId"_L1, attempt.traceId);
    return object;
}

Result<InspectedAttempt> inspectedAttemptFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"inspection.attempts"_s);
    InspectedAttempt attempt;
    attempt.startedAt = in.integer("startedAt"_L1, Need::Required);
    attempt.endedAt = in.integer("endedAt"_L1, Need::Required);
    attempt.outcome = in.text("outcome"_L1, Need::Required);
    attempt.httpStatus = in.count("httpStatus"_L1);
    attempt.code = in.count("code"_L1);
    attempt.subcode = in.count("subcode"_L1);
    attempt.traceId = in.text("traceId"_L1);
    return in.result(attempt);
}

template <typename T> QJsonArray inspectedList(const QList<T> &values)
{
    QJsonArray list;
    for (const T &value : values)
        list.append(inspectedToJson(value));
    return list;
}

QJsonObject toJson(const Inspection &whole)
{
    const Inspection inspection = fitted(whole);
    QJsonObject object{{"type"_L1, "inspection"_L1}, {"requestId"_L1, inspection.requestId}};
    if (inspection.message)
        object.insert("message"_L1, toJson(Entity(*inspection.message)));
    putInteger(object, "storedAt"_L1, inspection.storedAt);
    if (!inspection.events.isEmpty())
        object.insert("events"_L1, inspectedList(inspection.events));
    if (!inspection.attempts.isEmpty())
        object.insert("attempts"_L1, inspectedList(inspection.attempts));
    putError(object, inspection.error);
    return object;
}

Result<ServerFrame> inspectionFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"inspection"_s);
    Inspection inspection;
    inspection.requestId = in.position("requestId"_L1);
    if (in.has("message"_L1)) {
        const Entity entity = in.take(entityFromJson(in.object("message"_L1)));
        if (const auto *message = std::get_if<Message>(&entity))
            inspection.message = *message;
        else
            in.fail("message"_L1, "is not a message");
    }
    inspection.storedAt = in.integer("storedAt"_L1);
    inspection.events = readObjects(in, "events"_L1, inspectedEventFromJson);
    inspection.attempts = readObjects(in, "attempts"_L1, inspectedAttemptFromJson);
    inspection.error = errorFrom(in);
    return in.result(ServerFrame(inspection));
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
    const auto object = objectFrom(bytes, MaxFrameBytes);
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
    if (type == "stream_removed"_L1)
        return streamRemovedFromJson(*object);
    if (type == "self_changed"_L1)
        return selfChangedFromJson(*object);
    if (type == "welcome"_L1)
        return welcomeFromJson(*object);
    if (type == "bye"_L1)
        return byeFromJson(*object);
    if (type == "inspection"_L1)
        return inspectionFromJson(*object);
    return failure(Error::Kind::Protocol, u"frame.type is not a known word"_s);
}

} // namespace Pagedesk::Wire
