// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/pagediagnosis.h"

#include "models/messenger/graphsubscription.h"
#include "models/messenger/webhookfields.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

// Codes only: texts are localised, and may hold what must not be shown.
QString sentenceFor(int status, const QJsonObject &error)
{
    const int code = error.value("code"_L1).toInt();
    const int subcode = error.value("error_subcode"_L1).toInt();
    if (code == 190 || code == 102) {
        return u"Meta refuses its token: %1. Get a new one and give it with `page add`."_s.arg(
            whyTokenIsDead(subcode));
    }
    if (code == 10 || code == 3 || (code >= 200 && code <= 299)) {
        return u"its token lacks a permission (code %1): pages_messaging, pages_manage_metadata "
               "and pages_show_list are needed"_s.arg(code);
    }
    if (code == 100) {
        return u"Meta knows no such Page, or its token is not for it but for another Page (code 100, subcode %1)"_s
            .arg(subcode);
    }
    if (code == 4 || code == 17 || code == 32 || code == 613)
        return u"Meta allows no more calls for now (code %1): try again in an hour"_s.arg(code);
    if (code == 368)
        return u"Meta has blocked the app or the Page for policy reasons (code 368)"_s;
    return u"Meta answered with status %1, code %2, subcode %3"_s.arg(status).arg(code).arg(
        subcode);
}

// The answer's object, or what is wrong with it.
Result<QJsonObject> objectOf(const Result<HttpAnswer> &answer)
{
    if (!answer) {
        return failure(
            answer.error().kind, u"Meta cannot be asked: %1"_s.arg(answer.error().detail));
    }
    const QJsonObject object = QJsonDocument::fromJson(answer->body).object();
    const QJsonObject error = object.value("error"_L1).toObject();
    if (answer->status != 200 || !error.isEmpty())
        return failure(Error::Kind::Rejected, sentenceFor(answer->status, error));
    return object;
}

} // namespace

QString whyTokenIsDead(int subcode)
{
    switch (subcode) {
    case 458:
        return u"the person who connected it has removed the app at Facebook"_s;
    case 459:
    case 464:
        return u"the person who connected it has to confirm the account at Facebook first"_s;
    case 460:
        return u"the password of the person who connected it was changed"_s;
    case 463:
    case 467:
        return u"it has expired"_s;
    case 492:
        return u"the person who connected it has no role on the Page any more"_s;
    default:
        return u"it is not valid any more"_s;
    }
}

QStringList faultsOfPage(const PageId &page, const Result<HttpAnswer> &answer)
{
    const auto object = objectOf(answer);
    if (!object)
        return {object.error().detail};
    if (const QString id = object->value("id"_L1).toString(); id != page.value)
        return {u"its token belongs to another Page: %1"_s.arg(id.left(32))};
    return {};
}

QStringList faultsOfSubscription(const Result<HttpAnswer> &answer, const QString &appId)
{
    const auto object = objectOf(answer);
    if (!object)
        return {object.error().detail};
    const auto ordered = orderedFields(answer->body, appId);
    if (!ordered)
        return {ordered.error().detail};
    if (ordered->isEmpty()) {
        return {u"the app is not subscribed to the Page: no webhook of it arrives (Meta ends a "
                "subscription when the relay was not reached for an hour)"_s};
    }
    const QStringList missing = lackingFields(*ordered);
    if (!missing.isEmpty())
        return {u"the app is not subscribed to %1"_s.arg(missing.join(u", "_s))};
    return {};
}

} // namespace Pagedesk::Relay
