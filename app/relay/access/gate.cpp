// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/gate.h"

#include "app/relay/access/access.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/messages.h"
#include "app/server/http.h"

#include <algorithm>
#include <array>

namespace Pagedesk::Relay::Gate {

namespace {

constexpr std::array Routes{
    Route{"GET", "/webhooks/messenger", Proof::None},
    Route{"POST", "/webhooks/messenger", Proof::Signature},
    Route{"POST", "/meta/deauthorize", Proof::Signature},
    Route{"POST", "/meta/data-deletion", Proof::Signature},
    Route{"GET", "/deletion", Proof::None},
    Route{"GET", "/oauth/callback", Proof::LoginState},
    Route{"POST", "/pair", Proof::Invite},
    Route{"GET", "/healthz", Proof::None},
    Route{"GET", "/readyz", Proof::None},
    Route{"GET", "/metrics", Proof::None},
    Route{"GET", "/sync", Proof::Device, Action::ReadPages},
    Route{"GET", "/media/", Proof::Device, Action::ReadPages},
    Route{"GET", "/uploads/", Proof::Device, Action::Reply},
    Route{"PUT", "/uploads/", Proof::Device, Action::Reply},
    Route{"POST", "/connect/login", Proof::Device, Action::ManagePages},
    Route{"GET", "/connect/login", Proof::Device, Action::ManagePages},
    Route{"GET", "/connect/logins", Proof::Device, Action::ManagePages},
    Route{"GET", "/connect/pages", Proof::Device, Action::ManagePages},
    Route{"POST", "/connect/pages", Proof::Device, Action::ManagePages},
    Route{"POST", "/connect/manual", Proof::Device, Action::ManagePages},
    Route{"POST", "/connect/check", Proof::Device, Action::ManagePages},
    Route{"POST", "/connect/fields", Proof::Device, Action::ManagePages},
    Route{"POST", "/connect/doctor", Proof::Device, Action::ManagePages},
    Route{"GET", "/pages/profile", Proof::Device, Action::ManagePages},
    Route{"POST", "/pages/profile", Proof::Device, Action::ManagePages},
    Route{"GET", "/people/list", Proof::Device, Action::ManageSelf},
    Route{"POST", "/people/invite", Proof::Device, Action::ManagePeople},
    Route{"POST", "/people/invite-device", Proof::Device, Action::ManageSelf},
    Route{"POST", "/people/cancel-invite", Proof::Device, Action::ManageSelf},
    Route{"POST", "/people/change", Proof::Device, Action::ManagePeople},
    Route{"POST", "/people/rename", Proof::Device, Action::ManageSelf},
    Route{"POST", "/people/revoke", Proof::Device, Action::ManagePeople},
    Route{"POST", "/people/revoke-device", Proof::Device, Action::ManageSelf},
    Route{"POST", "/people/leave", Proof::Device, Action::ManageSelf},
    Route{"POST", "/people/team", Proof::Device, Action::ManagePeople},
    Route{"POST", "/people/remove-team", Proof::Device, Action::ManagePeople},
};

bool isAt(const Route &route, std::string_view path)
{
    return route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path;
}

Error noSuchThing()
{
    return {Error::Kind::NotFound, QStringLiteral("no such conversation or message")};
}

} // namespace

std::span<const Route> routes()
{
    return Routes;
}

const Route *find(std::string_view method, std::string_view path)
{
    const std::string_view asked = method == "HEAD" ? "GET" : method;
    const auto found = std::find_if(Routes.begin(), Routes.end(),
        [&](const Route &route) { return route.method == asked && isAt(route, path); });
    return found == Routes.end() ? nullptr : &*found;
}

std::string methodsOf(std::string_view path)
{
    std::string methods;
    for (const Route &route : Routes) {
        if (isAt(route, path))
            methods.append(methods.empty() ? "" : ", ").append(route.method);
    }
    return methods;
}

Asked Asked::from(const Server::Request &request)
{
    return {request.method, request.path, std::string(request.header("Authorization"))};
}

Result<Device> pass(Connection &connection, const Server::Request &request)
{
    return pass(connection, Asked::from(request));
}

Result<Device> pass(Connection &connection, const Asked &asked)
{
    auto device = Access::authenticate(connection, asked.authorization);
    if (!device)
        return device;
    const Route *route = find(asked.method, asked.path);
    if (route == nullptr || route->proof != Proof::Device)
        return failure(Error::Kind::Forbidden, QStringLiteral("nobody may do this"));
    if (const auto permitted = Access::permit(device->owner, route->action); !permitted)
        return failure(permitted.error());
    return device;
}

Action actionOf(const Wire::ClientFrame &frame)
{
    struct Visitor {
        Action operator()(const Wire::Hello &) const { return Action::ReadPages; }
        Action operator()(const Wire::Command &command) const { return actionOf(command.body); }
        Action operator()(const Wire::HistoryRequest &) const { return Action::ReadPages; }
        Action operator()(const Wire::ConversationsRequest &) const { return Action::ReadPages; }
        Action operator()(const Wire::ThreadRequest &) const { return Action::ReadPages; }
        Action operator()(const Wire::InspectRequest &) const { return Action::ReadPages; }
    };
    return std::visit(Visitor{}, frame);
}

Action actionOf(const Wire::CommandBody &body)
{
    struct Visitor {
        Action operator()(const Wire::SendReply &) const { return Action::Reply; }
        Action operator()(const Wire::CancelReply &) const { return Action::Reply; }
        Action operator()(const Wire::MarkRead &) const { return Action::MarkRead; }
        Action operator()(const Wire::ChangeConversation &) const
        {
            return Action::ChangeConversationState;
        }
        Action operator()(const Wire::SaveLabel &) const { return Action::ManageLabels; }
        Action operator()(const Wire::SetPageSettings &) const { return Action::ManagePages; }
        Action operator()(const Wire::EditContact &) const { return Action::EditContacts; }
        Action operator()(const Wire::AddContactNote &) const { return Action::EditContacts; }
        Action operator()(const Wire::RemoveContactNote &) const { return Action::EditContacts; }
        Action operator()(const Wire::MergeContacts &) const { return Action::EditContacts; }
        Action operator()(const Wire::UnmergeContact &) const { return Action::EditContacts; }
        Action operator()(const Wire::RefreshContact &) const { return Action::EditContacts; }
        Action operator()(const Wire::DeclineSuggestion &) const { return Action::EditContacts; }
        Action operator()(const Wire::TakeThread &) const { return Action::Reply; }
    };
    return std::visit(Visitor{}, body);
}

Result<PageId> pageOf(Connection &connection, const Wire::CommandBody &body, const PageScope &scope)
{
    struct Visitor {
        Connection &connection;

        Result<PageId> of(const ConversationId &id) const
        {
            const auto found = conversationById(connection, id);
            if (!found)
                return failure(found.error());
            return *found ? Result<PageId>((*found)->contact.pageId) : failure(noSuchThing());
        }
        Result<PageId> operator()(const Wire::SendReply &reply) const
        {
            return of(reply.conversationId);
        }
        Result<PageId> operator()(const Wire::CancelReply &cancel) const
        {
            const auto found = messageById(connection, cancel.messageId);
            if (!found)
                return failure(found.error());
            return *found ? Result<PageId>((*found)->pageId) : failure(noSuchThing());
        }
        Result<PageId> operator()(const Wire::MarkRead &mark) const
        {
            return of(mark.conversationId);
        }
        Result<PageId> operator()(const Wire::ChangeConversation &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::SaveLabel &) const { return PageId(); }
        Result<PageId> operator()(const Wire::SetPageSettings &set) const { return set.pageId; }
        Result<PageId> operator()(const Wire::EditContact &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::AddContactNote &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::RemoveContactNote &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::MergeContacts &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::UnmergeContact &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::RefreshContact &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::DeclineSuggestion &body) const
        {
            return of(body.conversationId);
        }
        Result<PageId> operator()(const Wire::TakeThread &body) const
        {
            return of(body.conversationId);
        }
    };
    const auto page = std::visit(Visitor{connection}, body);
    if (page && !page->isEmpty() && !scope.allows(*page))
        return failure(noSuchThing());
    return page;
}

} // namespace Pagedesk::Relay::Gate
