// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/pageprofiles.h"

#include "models/base/jsonfields.h"
#include "models/wire/frames.h"

#include <QJsonDocument>

namespace Pagedesk::Wire {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

MessengerProfile profileIn(FieldReader &in, QLatin1StringView name)
{
    return in.take(profileFromJson(in.object(name)));
}

} // namespace

QByteArray encode(const ShownProfile &shown)
{
    return compact(
        {{"pageId"_L1, shown.pageId.value}, {"profile"_L1, profileToJson(shown.profile)}});
}

QByteArray encode(const ApplyProfile &apply)
{
    return compact({{"pageId"_L1, apply.pageId.value}, {"seen"_L1, profileToJson(apply.seen)},
        {"wanted"_L1, profileToJson(apply.wanted)}});
}

Result<ShownProfile> decodeShownProfile(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return failure(object.error());
    FieldReader in(*object, u"profile"_s);
    ShownProfile shown{{in.id("pageId"_L1)}, {}};
    shown.profile = profileIn(in, "profile"_L1);
    return in.result(shown);
}

Result<ApplyProfile> decodeApplyProfile(const QByteArray &bytes)
{
    const auto object = objectFrom(bytes, MaxFrameBytes);
    if (!object)
        return failure(object.error());
    FieldReader in(*object, u"apply"_s);
    ApplyProfile apply{{in.id("pageId"_L1)}, {}, {}};
    apply.seen = profileIn(in, "seen"_L1);
    apply.wanted = profileIn(in, "wanted"_L1);
    if (!in.has("wanted"_L1) || !in.has("seen"_L1))
        in.fail("wanted"_L1, "is missing, or what it was changed from");
    return in.result(apply);
}

} // namespace Pagedesk::Wire
