// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/httpreply.h"

#include "app/sandbox/idmaker.h"
#include "app/sandbox/webhookitem.h"

#include <QJsonDocument>

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *JsonType = "application/json; charset=UTF-8";
// Far more than a small Page's real budget, so that practice and tests are not slowed down.
constexpr int CallBudget = 100'000;

std::string compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

std::vector<Server::Header> usageHeaders(const GraphUsage &usage)
{
    const int percent = std::min(100, int(qint64(usage.calls) * 100 / CallBudget));
    const QJsonObject load{{u"call_count"_s, percent}, {u"total_time"_s, percent / 2},
        {u"total_cputime"_s, percent / 2}};
    std::vector<Server::Header> headers{{"X-App-Usage", compact(load)}};
    if (!usage.pageId.isEmpty()) {
        QJsonObject page = load;
        page[u"type"_s] = u"messenger"_s;
        page[u"estimated_time_to_regain_access"_s] = 0;
        headers.push_back(
            {"X-Business-Use-Case-Usage", compact({{usage.pageId, QJsonArray{page}}})});
    }
    return headers;
}

} // namespace

Server::Response graphResponse(const GraphResult &result, const GraphUsage &usage)
{
    Server::Response response;
    const QJsonObject body = result ? *result : toJson(result.error());
    response.status = result ? 200 : result.error().httpStatus;
    response.contentType = JsonType;
    response.body = toMetaJson(body).toStdString();
    response.headers = usageHeaders(usage);
    response.headers.push_back({"facebook-api-version", usage.version.toStdString()});
    response.headers.push_back({"X-FB-Request-ID", newTraceId().toStdString()});
    response.headers.push_back({"X-FB-Trace-ID", newTraceId().left(11).toStdString()});
    response.headers.push_back({"Cache-Control", "private, no-cache, no-store, must-revalidate"});
    response.headers.push_back({"Pragma", "no-cache"});
    response.headers.push_back({"Access-Control-Allow-Origin", "*"});
    if (!result) {
        const char *kind = result.error().code == 190 ? "invalid_token" : "invalid_request";
        QString message = body[u"error"_s][u"message"_s].toString();
        message.remove(u'"');
        response.headers.push_back({"WWW-Authenticate",
            std::string("OAuth \"Facebook Platform\" \"") + kind + "\" \"" + message.toStdString()
                + '"'});
    }
    return response;
}

Server::Response controlResponse(int status, const QJsonObject &body)
{
    Server::Response response;
    response.status = status;
    response.contentType = JsonType;
    response.body = compact(body) + '\n';
    return response;
}

} // namespace Pagedesk::Sandbox
