// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/people.h"
#include "models/wire/frames.h"

#include <optional>
#include <span>
#include <string_view>

namespace Pagedesk::Server {
struct Request;
}

// The one gate. Everything that can be asked of the relay stands here with who may ask it: routes
// in a table, frames and commands in functions that do not compile when one is missing. What is not
// named is refused.
namespace Pagedesk::Relay::Gate {

// How a route knows who asks.
enum class Proof {
    None, // open to everybody, tells and changes nothing that is anybody's
    Signature, // of Meta's app secret, over the body
    Invite, // a code that works once
    LoginState, // of a login that an admin has begun
    Device, // Authorization: Bearer <device token>
};

struct Route {
    std::string_view method;
    std::string_view path; // with a "/" at its end: and everything below it
    Proof proof = Proof::Device;
    Action action = Action::ManagePeople; // of a device
};

std::span<const Route> routes();
// The route of a request; HEAD is asked as GET. Nothing: there is none.
const Route *find(std::string_view method, std::string_view path);
// The methods of a path, "GET, POST"; empty when there is nothing there.
std::string methodsOf(std::string_view path);

// The device that asks by HTTP. Unauthorized: none. Forbidden: its operator may not; also when the
// route is not in the table or does not ask for a device.
Result<Device> pass(Connection &connection, const Server::Request &request);
// Of a request whose parts were taken along.
struct Asked {
    std::string method;
    std::string path;
    std::string authorization;

    static Asked from(const Server::Request &request);
};
Result<Device> pass(Connection &connection, const Asked &asked);

Action actionOf(const Wire::ClientFrame &frame);
Action actionOf(const Wire::CommandBody &body);
// The Page a command is about; empty: none, but the workspace. NotFound: there is no such thing, or
// it is not one of this scope: nobody learns which.
Result<PageId> pageOf(
    Connection &connection, const Wire::CommandBody &body, const PageScope &scope);

} // namespace Pagedesk::Relay::Gate
