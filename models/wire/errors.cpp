// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/errors.h"

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<Error> errorFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"error"_s);
    Error error;
    error.kind = in.choice("kind"_L1, kindFromName);
    error.detail = in.text("detail"_L1);
    if (in.has("retryAfterSeconds"_L1)) {
        error.retryAfter = std::chrono::seconds(
            in.integer("retryAfterSeconds"_L1, FieldReader::Need::Required, 0, 1'000'000'000));
    }
    return in.result(error);
}

} // namespace

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

std::optional<Error> errorFrom(FieldReader &in)
{
    if (!in.has("error"_L1))
        return std::nullopt;
    return in.take(errorFromJson(in.object("error"_L1)));
}

} // namespace Pagedesk::Wire
