// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphsubscription.h"

#include "models/messenger/json.h"
#include "models/messenger/webhookfields.h"

namespace Pagedesk {

Result<QStringList> missingFields(const QByteArray &body, const QString &appId)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue apps = document->root()["data"];
    if (!apps.isArray())
        return failure(Error::Kind::Protocol, QStringLiteral("the answer has no list of apps"));
    QStringList missing = subscriptionFields(true);
    for (const JsonValue app : apps) {
        if (!appId.isEmpty() && app["id"].text() != appId)
            continue;
        const JsonValue fields = app["subscribed_fields"];
        if (!fields.isArray())
            return QStringList();
        for (const JsonValue field : fields)
            missing.removeAll(field.isObject() ? field["name"].text() : field.text());
    }
    return missing;
}

} // namespace Pagedesk
