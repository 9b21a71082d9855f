// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphsubscription.h"

#include "models/messenger/json.h"
#include "models/messenger/webhookfields.h"

namespace Pagedesk {

Result<QStringList> orderedFields(const QByteArray &body, const QString &appId)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue apps = document->root()["data"];
    if (!apps.isArray())
        return failure(Error::Kind::Protocol, QStringLiteral("the answer has no list of apps"));
    QStringList ordered;
    for (const JsonValue app : apps) {
        if (!appId.isEmpty() && app["id"].text() != appId)
            continue;
        const JsonValue fields = app["subscribed_fields"];
        if (!fields.isArray())
            return subscriptionFields(false);
        for (const JsonValue field : fields) {
            const QString name = field.isObject() ? field["name"].text() : field.text();
            if (!ordered.contains(name))
                ordered.append(name.left(128));
        }
    }
    return ordered;
}

} // namespace Pagedesk
