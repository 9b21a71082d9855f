// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/appapi.h"
#include "app/sandbox/calllog.h"
#include "app/sandbox/faults.h"
#include "app/sandbox/fieldspec.h"
#include "app/sandbox/httpreply.h"
#include "app/sandbox/logindialog.h"

namespace Pagedesk::Sandbox {

class LoginApi;

// Answers the Graph API's paths, and lets them fail when faults are set.
class GraphApi final : public QObject {
    Q_OBJECT
public:
    GraphApi(const Services &services, Scheduler &scheduler, Faults &faults, SendApi &sendApi,
        AppApi &appApi, LoginApi &loginApi, LoginDialog &dialog, CallLog &log);

    void handle(const Server::Request &request, const Server::Responder &responder);

private:
    struct Call {
        GraphRequest request;
        Server::Responder responder;
        GraphUsage usage;
        std::optional<Fault> failing; // what becomes of it, if it shall go wrong
    };
    using CallHandle = std::shared_ptr<Call>;

    qint64 meetFaults(Call &call);
    void perform(const CallHandle &call);
    void route(const GraphRequest &request, const GraphReply &reply);
    GraphResult routeNode(const GraphRequest &request, const Caller &caller);
    GraphResult routeMessaging(
        const GraphRequest &request, const QList<FieldSpec> &fields, const Caller &caller);
    GraphResult routeEdge(const GraphRequest &request, const Caller &caller);
    void routePageAction(
        const GraphRequest &request, const Caller &caller, const GraphReply &reply);
    std::optional<GraphError> missing(
        const Caller &caller, const QStringList &permissions, const QString &task) const;
    Thread *threadOf(const QString &id, const Caller &caller) const;
    World::Found messageOf(const QString &mid, const Caller &caller) const;

    Services m_services;
    Scheduler &m_scheduler;
    Faults &m_faults;
    SendApi &m_sendApi;
    AppApi &m_appApi;
    LoginApi &m_loginApi;
    LoginDialog &m_dialog;
    CallLog &m_log;
    QHash<QString, int> m_calls; // by Page
};

// The answer a call with a failing fault gets instead of `result`; nothing when it has to hang.
std::optional<Server::Response> spoiled(
    const Fault &fault, const GraphResult &result, const GraphUsage &usage, qint64 now);

} // namespace Pagedesk::Sandbox
