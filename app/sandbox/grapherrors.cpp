// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/grapherrors.h"

#include "app/sandbox/idmaker.h"

#include <QDateTime>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

GraphError badParameter(const QString &message, int subcode)
{
    return {100, subcode, message};
}

GraphError noMatchingUser()
{
    return {100, 2018001, u"No matching user found"_s};
}

GraphError outsideWindow()
{
    return {10, 2018278, u"This message is sent outside of allowed window."_s};
}

GraphError personNotAvailable()
{
    return {551, 1545041, u"This person isn't available right now."_s};
}

GraphError wrongAttachmentId()
{
    return {100, 2018074, u"Invalid attachment ID, or it belongs to another Page"_s};
}

GraphError heldByOtherApp()
{
    return {10, 2018300, u"Message not sent: another app controls this conversation"_s};
}

GraphError notDefaultApp()
{
    return {100, 2018171, u"Only the default app of conversation routing may do this"_s};
}

GraphError invalidToken(const QString &message, int subcode)
{
    return {190, subcode, message};
}

GraphError expiredToken(qint64 nowMs)
{
    const auto now = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC);
    return invalidToken(u"Error validating access token: Session has expired on %1"_s.arg(
                            now.addSecs(-60).toString(Qt::ISODate)),
        463);
}

GraphError missingToken()
{
    return {104, 0, u"An access token is required to request this resource."_s};
}

GraphError unsupportedRequest(const QString &method, const QString &objectId)
{
    GraphError error{100, 33,
        u"Unsupported %1 request. Object with ID '%2' does not exist, cannot be loaded due to "
        u"missing "
        "permissions, or does not support this operation"_s.arg(method.toLower(), objectId)};
    error.type = u"GraphMethodException"_s;
    return error;
}

GraphError serviceUnavailable()
{
    GraphError error{2, 0, u"Service temporarily unavailable"_s};
    error.httpStatus = 500;
    error.isTransient = true;
    return error;
}

QJsonObject toJson(const GraphError &error)
{
    // Token errors and unsupported calls stand without the number, as at Meta.
    const bool isNumbered = error.code != 190 && error.code != 104 && error.subcode != 33;
    const QString message
        = isNumbered ? u"(#%1) %2"_s.arg(error.code).arg(error.message) : error.message;
    QJsonObject body{{u"message"_s, message}, {u"type"_s, error.type}, {u"code"_s, error.code},
        {u"fbtrace_id"_s, newTraceId()}};
    if (error.subcode != 0)
        body[u"error_subcode"_s] = error.subcode;
    if (error.isTransient)
        body[u"is_transient"_s] = true;
    if (!error.userMessage.isEmpty()) {
        body[u"error_user_title"_s] = error.userTitle;
        body[u"error_user_msg"_s] = error.userMessage;
    }
    return {{u"error"_s, body}};
}

} // namespace Pagedesk::Sandbox
