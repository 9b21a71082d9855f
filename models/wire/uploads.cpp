// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/uploads.h"

#include "models/base/jsonfields.h"

#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk::Wire {

QByteArray encode(const UploadState &state)
{
    const QJsonObject object{{"received"_L1, state.received}, {"complete"_L1, state.complete}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<UploadState> decodeUploadState(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes, 4096);
    if (!object)
        return failure(object.error());
    FieldReader in(*object, u"upload"_s);
    UploadState state;
    state.received = in.integer("received"_L1, FieldReader::Need::Required, 0);
    state.complete = in.flag("complete"_L1);
    return in.result(state);
}

} // namespace Pagedesk::Wire
