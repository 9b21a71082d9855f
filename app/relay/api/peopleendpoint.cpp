// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/peopleendpoint.h"

#include "app/relay/access/gate.h"
#include "app/relay/access/peoplerules.h"
#include "app/relay/api/jsonanswer.h"

#include <variant>

namespace Pagedesk::Relay {

using namespace Qt::Literals::StringLiterals;
using Server::Request;
using Server::Responder;

namespace {

constexpr size_t MostBodyBytes = 256 * 1024;

} // namespace

// What is asked: the body, once it was understood.
struct PeopleEndpoint::Order {
    struct List { };
    struct Leave { };
    struct InviteDevice {
        Wire::PersonNamed person;
    };
    using What = std::variant<List, Leave, InviteDevice, Wire::InvitePerson, Wire::InviteNamed,
        Wire::ChangePerson, Wire::RenamePerson, Wire::PersonNamed, Wire::DeviceNamed,
        Wire::SaveTeam, Wire::TeamNamed>;
    What what;

    template <typename T> static Result<Order> of(Result<T> read)
    {
        if (!read)
            return failure(read.error());
        return Order{std::move(*read)};
    }

    static Result<Order> from(const Request &request)
    {
        if (request.body.size() > MostBodyBytes)
            return failure(Error::Kind::TooLarge, u"the request is too long"_s);
        const QByteArray body = QByteArray::fromStdString(request.body);
        const std::string_view name
            = std::string_view(request.path).substr(std::string_view(Wire::PeoplePath).size());
        if (name == "list")
            return Order{List{}};
        if (name == "leave")
            return Order{Leave{}};
        if (name == "invite")
            return of(Wire::decodeInvitePerson(body));
        if (name == "invite-device") {
            const auto named = Wire::decodePersonNamed(body);
            return named ? Result<Order>(Order{InviteDevice{*named}}) : failure(named.error());
        }
        if (name == "cancel-invite")
            return of(Wire::decodeInviteNamed(body));
        if (name == "change")
            return of(Wire::decodeChangePerson(body));
        if (name == "rename")
            return of(Wire::decodeRenamePerson(body));
        if (name == "revoke")
            return of(Wire::decodePersonNamed(body));
        if (name == "revoke-device")
            return of(Wire::decodeDeviceNamed(body));
        if (name == "team")
            return of(Wire::decodeSaveTeam(body));
        if (name == "remove-team")
            return of(Wire::decodeTeamNamed(body));
        return failure(Error::Kind::NotFound, u"nothing here"_s);
    }
};

struct PeopleEndpoint::Answer {
    std::variant<Wire::Workforce, Wire::Invitation> body;
};

// Does one kind of order after the other.
struct PeopleEndpoint::Worker {
    PeopleRules::Context context;

    Result<Answer> invitation(const Result<Wire::Invitation> &made) const
    {
        return made ? Result<Answer>(Answer{*made}) : failure(made.error());
    }
    Result<Answer> listed(const Result<> &done) const
    {
        if (!done)
            return failure(done.error());
        const auto now = PeopleRules::list(context.connection, context.asker, context.now);
        return now ? Result<Answer>(Answer{*now}) : failure(now.error());
    }
    Result<Answer> operator()(const Order::List &) { return listed({}); }
    Result<Answer> operator()(const Order::Leave &) { return listed(PeopleRules::leave(context)); }
    Result<Answer> operator()(const Order::InviteDevice &invite)
    {
        return invitation(PeopleRules::inviteDevice(context, invite.person));
    }
    Result<Answer> operator()(const Wire::InvitePerson &invite)
    {
        return invitation(PeopleRules::apply(context, invite));
    }
    template <typename T> Result<Answer> operator()(const T &body)
    {
        return listed(PeopleRules::apply(context, body));
    }
};

PeopleEndpoint::PeopleEndpoint(
    Ledger &ledger, const Clock &clock, std::function<bool(const DeviceId &)> connected)
    : m_ledger(ledger)
    , m_clock(clock)
    , m_connected(std::move(connected))
{
}

void PeopleEndpoint::serve(const Request &request, const Responder &responder)
{
    const Gate::Asked asked = Gate::Asked::from(request);
    const auto order = Order::from(request);
    // Whoever may not ask learns nothing, and does not come as far as the writing thread.
    m_ledger.database().submitRead([this, asked, order, responder](Connection &connection) {
        const auto device = Gate::pass(connection, asked);
        if (!device) {
            responder.send(refusal(device.error()));
            return;
        }
        if (!order) {
            responder.send(refusal(order.error()));
            return;
        }
        if (std::holds_alternative<Order::List>(order->what)) {
            const auto found = PeopleRules::list(connection, *device, m_clock.now());
            answer(found ? Result<Answer>(Answer{*found}) : failure(found.error()), responder);
            return;
        }
        const auto done = std::make_shared<Result<Answer>>(Answer{});
        m_ledger.submit(
            [this, asked, order = *order, done](
                Connection &writing, Ledger::Touched &touched) -> Result<> {
                // Rights may have been taken away since.
                const auto still = Gate::pass(writing, asked);
                if (!still)
                    return failure(still.error());
                *done = work(writing, *still, order, touched);
                return *done ? Result<>() : failure(done->error());
            },
            [this, done, responder](const Result<> &stored) {
                answer(stored ? *done : Result<Answer>(failure(stored.error())), responder);
            });
    });
}

Result<PeopleEndpoint::Answer> PeopleEndpoint::work(Connection &connection, const Device &device,
    const Order &order, Ledger::Touched &touched) const
{
    return std::visit(
        Worker{PeopleRules::Context{connection, device, m_clock.now(), touched}}, order.what);
}

void PeopleEndpoint::answer(const Result<Answer> &answer, const Responder &responder) const
{
    if (!answer) {
        responder.send(refusal(answer.error()));
        return;
    }
    if (const auto *invitation = std::get_if<Wire::Invitation>(&answer->body)) {
        responder.send(jsonAnswer(200, Wire::encode(*invitation)));
        return;
    }
    Wire::Workforce workforce = std::get<Wire::Workforce>(answer->body);
    for (Wire::PersonEntry &person : workforce.people) {
        for (Wire::DeviceEntry &device : person.devices)
            device.connected = m_connected(device.id);
    }
    responder.send(jsonAnswer(200, Wire::encode(workforce)));
}

} // namespace Pagedesk::Relay
