// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/graphapi.h"

#include "app/sandbox/conversationapi.h"
#include "app/sandbox/idmatching.h"
#include "app/sandbox/loginapi.h"
#include "app/sandbox/messengerprofile.h"
#include "app/sandbox/nodeapi.h"
#include "app/sandbox/routing.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

// Longer than any client waits; then the connection ends, so that none is held for ever.
constexpr qint64 HangMs = 300'000;

// Source: Messenger Platform, "Conversations", requirements, 2026.
const QStringList ConversationPermissions{
    u"pages_messaging"_s, u"pages_manage_metadata"_s, u"pages_read_engagement"_s};

bool isSend(const GraphRequest &request)
{
    return request.method == "POST"_L1 && request.path.size() == 2
        && request.path.at(1) == "messages"_L1 && !request.has(u"sender_action"_s);
}

// What faults call it: what stands last in the path, but for the calls that send no message.
QString edgeOf(const GraphRequest &request)
{
    if (request.path.isEmpty())
        return {};
    return request.has(u"sender_action"_s) ? u"sender_action"_s : request.path.constLast();
}

GraphError unknownPath(const GraphRequest &request)
{
    return {2500, 0, u"Unknown path components: /%1"_s.arg(request.path.mid(1).join(u'/'))};
}

} // namespace

GraphApi::GraphApi(const Services &services, Scheduler &scheduler, Faults &faults, SendApi &sendApi,
    AppApi &appApi, LoginApi &loginApi, LoginDialog &dialog, CallLog &log)
    : m_services(services)
    , m_scheduler(scheduler)
    , m_faults(faults)
    , m_sendApi(sendApi)
    , m_appApi(appApi)
    , m_loginApi(loginApi)
    , m_dialog(dialog)
    , m_log(log)
{
}

void GraphApi::handle(const Server::Request &from, const Server::Responder &responder)
{
    auto request = readGraphRequest(from);
    if (!request) {
        responder.send(graphResponse(graphFailure(request.error()), {servingVersion({}), {}, 0}));
        return;
    }
    if (request->path == QStringList{u"dialog"_s, u"oauth"_s}) {
        responder.send(m_dialog.handle(*request));
        return;
    }
    const auto call = std::make_shared<Call>(Call{*std::move(request), responder, {}, {}});
    call->usage.version = call->request.version;
    const auto token = m_services.tokens.read(call->request.token);
    if (token && token->kind == Token::Kind::Page) {
        call->usage.pageId = token->pageId;
        call->usage.calls = ++m_calls[token->pageId];
    }
    m_log.note(call->usage.pageId, call->request.method, call->request.path.join(u'/'));
    if (const qint64 delay = meetFaults(*call); delay > 0)
        m_scheduler.after(delay, this, [this, call] { perform(call); });
    else
        perform(call);
}

// Returns how long the call has to wait.
qint64 GraphApi::meetFaults(Call &call)
{
    QList<Fault> faults;
    if (isSend(call.request))
        faults = m_faults.take(Fault::Target::Send, call.usage.pageId);
    faults += m_faults.take(Fault::Target::Graph, call.usage.pageId, edgeOf(call.request));
    qint64 delay = 0;
    for (const Fault &fault : std::as_const(faults)) {
        if (fault.kind == Fault::Kind::Delay)
            delay += fault.milliseconds;
        else if (!call.failing)
            call.failing = fault;
    }
    return delay;
}

void GraphApi::perform(const CallHandle &call)
{
    const auto answer = [this, call](const GraphResult &result) {
        if (!call->failing) {
            call->responder.send(graphResponse(result, call->usage));
            return;
        }
        const Fault &fault = *call->failing;
        const auto response = spoiled(fault, result, call->usage, m_services.clock.now());
        if (response && fault.mode == Fault::Mode::Late) {
            m_scheduler.after(
                fault.milliseconds, this, [call, response] { call->responder.send(*response); });
            return;
        }
        if (response) {
            call->responder.send(*response);
            return;
        }
        m_scheduler.after(HangMs, this, [call] {
            Server::Response none;
            none.hangUp = true;
            call->responder.send(none);
        });
    };
    if (call->failing && call->failing->kind != Fault::Kind::CommitThenFail)
        answer(QJsonObject());
    else
        route(call->request, answer);
}

void GraphApi::route(const GraphRequest &request, const GraphReply &reply)
{
    if (request.path.isEmpty()) {
        reply(graphFailure(
            {100, 0, u"A batch or an object is required; this sandbox has no batches"_s}));
        return;
    }
    const QString &first = request.path.constFirst();
    if (first == "oauth"_L1 && request.path.size() == 2
        && request.path.at(1) == "access_token"_L1) {
        reply(m_loginApi.accessToken(request));
        return;
    }
    const auto caller = identify(request, m_services.world, m_services.tokens, m_services.app);
    if (!caller)
        reply(graphFailure(caller.error()));
    else if (request.path.size() == 1)
        reply(routeNode(request, *caller));
    else if (const auto permissions = m_loginApi.permissions(request, *caller))
        reply(*permissions);
    else if (request.path.size() > 2)
        reply(graphFailure(unknownPath(request)));
    else if (request.path.at(1) == "subscriptions"_L1 && first == m_services.app.id
        && caller->kind == Caller::Kind::App)
        m_appApi.subscriptions(request, reply);
    else
        routePageAction(request, *caller, reply);
}

// Calls that change something or speak for a Page; the rest are reads of an edge.
void GraphApi::routePageAction(
    const GraphRequest &request, const Caller &caller, const GraphReply &reply)
{
    const QString &edge = request.path.at(1);
    const bool isPost = request.method == "POST"_L1;
    const bool isSendEdge = edge == "messages"_L1 && isPost;
    const bool isUpload = edge == "message_attachments"_L1 && isPost;
    const bool isProfile = edge == "messenger_profile"_L1;
    const bool isRouting = isRoutingEdge(edge);
    if (!isSendEdge && !isUpload && !isProfile && !isRouting && edge != "subscribed_apps"_L1) {
        reply(routeEdge(request, caller));
        return;
    }
    const auto page = callersPage(request, caller);
    const bool speaks = isSendEdge || isUpload || isProfile || isRouting;
    const auto lacking = [&] {
        return speaks ? missing(caller, {u"pages_messaging"_s}, u"MESSAGING"_s)
                      : missing(caller, {u"pages_manage_metadata"_s}, {});
    };
    if (!page)
        reply(graphFailure(page.error()));
    else if (const auto error = lacking())
        reply(graphFailure(*error));
    else if (isSendEdge)
        m_sendApi.send(request, **page, reply);
    else if (isUpload)
        m_sendApi.upload(request, **page, reply);
    else if (isRouting)
        reply(routeThread(request, **page, m_services));
    else if (isProfile)
        reply(messengerProfile(request, **page, m_services.clock.now()));
    else
        reply(m_appApi.subscribedApps(request, **page));
}

GraphResult GraphApi::routeNode(const GraphRequest &request, const Caller &caller)
{
    const QString &id = request.path.constFirst();
    const auto fields = readFields(request.text(u"fields"_s));
    if (!fields)
        return graphFailure(fields.error());
    if (request.method != "GET"_L1)
        return graphFailure(unsupportedRequest(request.method, id));
    if (id == "debug_token"_L1)
        return m_loginApi.debugToken(request, caller);
    if (caller.isPerson(id))
        return m_loginApi.user(*fields, caller);
    if (caller.kind == Caller::Kind::Page && (id == "me"_L1 || id == caller.page->id))
        return m_loginApi.page(request, *fields, *caller.page, caller);
    if (const Page *page = m_services.world.page(id); page && caller.kind == Caller::Kind::User)
        return m_loginApi.page(request, *fields, *page, caller);
    return caller.kind == Caller::Kind::Page ? routeMessaging(request, *fields, caller)
                                             : graphFailure(unsupportedRequest(request.method, id));
}

// Conversations, messages and people who write, with the Page's token.
GraphResult GraphApi::routeMessaging(
    const GraphRequest &request, const QList<FieldSpec> &fields, const Caller &caller)
{
    const QString &id = request.path.constFirst();
    Thread *thread = threadOf(id, caller);
    const World::Found found = messageOf(id, caller);
    const auto lacking = thread || found.message
        ? missing(caller, ConversationPermissions, u"MESSAGING"_s)
        : missing(caller, {u"pages_messaging"_s}, {});
    if (lacking)
        return graphFailure(*lacking);
    if (thread)
        return readConversation(fields, *thread, m_services);
    if (found.message)
        return readMessage(fields, found, m_services);
    return readProfile(id, fields, *caller.page, m_services, request.method);
}

GraphResult GraphApi::routeEdge(const GraphRequest &request, const Caller &caller)
{
    const QString &id = request.path.constFirst();
    const QString &edge = request.path.at(1);
    const auto fields = readFields(request.text(u"fields"_s));
    if (!fields)
        return graphFailure(fields.error());
    if (request.method != "GET"_L1)
        return graphFailure(unsupportedRequest(request.method, id));
    if (edge == "ids_for_pages"_L1)
        return idsForPages(request, caller, m_services.world);
    if (caller.isPerson(id) && edge == "accounts"_L1)
        return m_loginApi.accounts(request, *fields, caller);
    if (caller.isPerson(id) && edge == "businesses"_L1)
        return m_loginApi.businesses(caller);
    Thread *thread = edge == "messages"_L1 ? threadOf(id, caller) : nullptr;
    const World::Found found = edge == "attachments"_L1 ? messageOf(id, caller) : World::Found();
    const bool isList = edge == "conversations"_L1;
    if (!isList && !thread && !found.message)
        return graphFailure(unknownPath(request));
    if (isList) {
        if (const auto page = callersPage(request, caller); !page)
            return graphFailure(page.error());
    }
    if (const auto error = missing(caller, ConversationPermissions, u"MESSAGING"_s))
        return graphFailure(*error);
    if (isList)
        return listConversations(request, *fields, *caller.page, m_services);
    if (thread)
        return listMessages(request, *fields, *thread, m_services);
    return listAttachments(found, m_services);
}

// For a Page token.
std::optional<GraphError> GraphApi::missing(
    const Caller &caller, const QStringList &permissions, const QString &task) const
{
    return missingRight(
        caller, *caller.page, permissions, task, m_services.world, m_services.tokens);
}

Thread *GraphApi::threadOf(const QString &id, const Caller &caller) const
{
    Thread *thread = id.startsWith("t_"_L1) ? m_services.world.threadById(id) : nullptr;
    const bool isOwn
        = thread && caller.kind == Caller::Kind::Page && caller.page->id == thread->pageId;
    return isOwn ? thread : nullptr;
}

World::Found GraphApi::messageOf(const QString &mid, const Caller &caller) const
{
    const World::Found found = m_services.world.message(mid);
    const bool isOwn = found.message && caller.kind == Caller::Kind::Page
        && caller.page->id == found.thread->pageId;
    return isOwn ? found : World::Found();
}

} // namespace Pagedesk::Sandbox
