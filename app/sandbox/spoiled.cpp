// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/graphapi.h"
#include "app/sandbox/idmaker.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

Server::Response hangUp()
{
    Server::Response response;
    response.hangUp = true;
    return response;
}

// What a load balancer says: no JSON.
Server::Response htmlError(int status)
{
    return {status, "<html><body><h1>Sorry, something went wrong.</h1></body></html>\n",
        "text/html; charset=utf-8"};
}

GraphError chosenError(const Fault &fault)
{
    GraphError error{fault.code, fault.subcode, u"The sandbox was asked to answer this"_s};
    error.isTransient = fault.code == 1 || fault.code == 2;
    if (fault.httpStatus != 0)
        error.httpStatus = fault.httpStatus;
    return error;
}

// The message has reached the customer, or `result` says so; only the answer goes wrong.
std::optional<Server::Response> afterCommit(
    const Fault &fault, const GraphResult &result, const GraphUsage &usage)
{
    Server::Response response = graphResponse(result, usage);
    switch (fault.mode) {
    case Fault::Mode::Timeout:
        return std::nullopt;
    case Fault::Mode::Status500:
        return htmlError(500);
    case Fault::Mode::Reset:
        return hangUp();
    case Fault::Mode::Truncated:
        response.body.resize(response.body.size() / 2);
        return response;
    case Fault::Mode::EmptyId:
        return graphResponse(QJsonObject{{u"recipient_id"_s, result->value(u"recipient_id"_s)},
                                 {u"message_id"_s, QString()}},
            usage);
    case Fault::Mode::Error1: {
        GraphError error{1, 0, u"An unknown error occurred"_s};
        error.httpStatus = 500;
        return graphResponse(graphFailure(error), usage);
    }
    case Fault::Mode::Error2: {
        GraphError error{2, 0, u"An unexpected error has occurred"_s};
        error.isTransient = true;
        return graphResponse(graphFailure(error), usage);
    }
    case Fault::Mode::Late:
        return response;
    }
    return response;
}

} // namespace

std::optional<Server::Response> spoiled(
    const Fault &fault, const GraphResult &result, const GraphUsage &usage, qint64 now)
{
    switch (fault.kind) {
    case Fault::Kind::Drop:
        return hangUp();
    case Fault::Kind::Error:
        return graphResponse(graphFailure(chosenError(fault)), usage);
    case Fault::Kind::ExpiredToken:
        return graphResponse(graphFailure(expiredToken(now)), usage);
    case Fault::Kind::Outage:
        if (fault.httpStatus != 0)
            return htmlError(fault.httpStatus);
        return graphResponse(graphFailure(serviceUnavailable()), usage);
    case Fault::Kind::CommitThenFail:
        if (result)
            return afterCommit(fault, result, usage);
        break;
    case Fault::Kind::FailWithoutCommit:
        return afterCommit(fault,
            QJsonObject{{u"recipient_id"_s, usage.pageId}, {u"message_id"_s, newMid()}}, usage);
    default:
        break;
    }
    return graphResponse(result, usage);
}

} // namespace Pagedesk::Sandbox
