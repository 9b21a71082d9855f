// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/diagnosis.h"

#include "models/base/jsonfields.h"
#include "models/wire/frames.h"

#include <QJsonDocument>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<DiagnosisLine> lineFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"line"_s);
    DiagnosisLine line;
    line.check = in.choice("check"_L1, pageCheckFromName);
    line.state = in.choice("state"_L1, checkStateFromName);
    line.reason = in.text("reason"_L1);
    line.text = in.text("text"_L1);
    line.number = in.integer("number"_L1);
    line.other = in.integer("other"_L1);
    return in.result(line);
}

} // namespace

QByteArray encode(const Diagnosis &diagnosis)
{
    QJsonArray lines;
    for (const DiagnosisLine &line : diagnosis.lines) {
        QJsonObject object{
            {"check"_L1, pageCheckName(line.check)}, {"state"_L1, checkStateName(line.state)}};
        putText(object, "reason"_L1, line.reason);
        putText(object, "text"_L1, line.text);
        putInteger(object, "number"_L1, line.number);
        putInteger(object, "other"_L1, line.other);
        lines.append(object);
    }
    QJsonObject object{
        {"lines"_L1, lines}, {"ordered"_L1, QJsonArray::fromStringList(diagnosis.fields.ordered)}};
    putInteger(object, "askedAt"_L1, diagnosis.fields.askedAt);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Diagnosis> decodeDiagnosis(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return failure(object.error());
    FieldReader in(*object, u"diagnosis"_s);
    Diagnosis diagnosis{readObjects(in, "lines"_L1, lineFromJson), {}};
    const QJsonArray ordered = in.list("ordered"_L1);
    for (const QJsonValue &name : ordered)
        diagnosis.fields.ordered.append(name.toString().left(MaxIdCharacters));
    diagnosis.fields.askedAt = in.integer("askedAt"_L1);
    return in.result(diagnosis);
}

} // namespace Pagedesk::Wire
