// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/people.h"

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 15s;

} // namespace

People::People(QObject *parent)
    : QObject(parent)
{
}

template <typename T>
Task<T> People::ask(const QByteArray &method, const QString &route, const QByteArray &body,
    Result<T> (*decode)(const QByteArray &))
{
    return m_http.ask(method, QLatin1StringView(Wire::PeoplePath) + route, body, Patience)
        .andThen(
            this, [decode](const QByteArray &answer) { return Task<T>::finished(decode(answer)); });
}

Task<Wire::Workforce> People::list()
{
    return ask("GET", u"list"_s, {}, Wire::decodeWorkforce);
}

Task<Wire::Invitation> People::invite(const Wire::InvitePerson &person)
{
    return ask("POST", u"invite"_s, Wire::encode(person), Wire::decodeInvitation);
}

Task<Wire::Invitation> People::inviteDevice(const OperatorId &person)
{
    return ask("POST", u"invite-device"_s, Wire::encode(Wire::PersonNamed{person}),
        Wire::decodeInvitation);
}

Task<Wire::Workforce> People::cancelInvite(const QString &inviteId)
{
    return ask("POST", u"cancel-invite"_s, Wire::encode(Wire::InviteNamed{inviteId}),
        Wire::decodeWorkforce);
}

Task<Wire::Workforce> People::change(const Wire::ChangePerson &change)
{
    return ask("POST", u"change"_s, Wire::encode(change), Wire::decodeWorkforce);
}

Task<Wire::Workforce> People::rename(const OperatorId &person, const QString &name)
{
    return ask(
        "POST", u"rename"_s, Wire::encode(Wire::RenamePerson{person, name}), Wire::decodeWorkforce);
}

Task<Wire::Workforce> People::revoke(const OperatorId &person)
{
    return ask("POST", u"revoke"_s, Wire::encode(Wire::PersonNamed{person}), Wire::decodeWorkforce);
}

Task<Wire::Workforce> People::revokeDevice(const DeviceId &device)
{
    return ask(
        "POST", u"revoke-device"_s, Wire::encode(Wire::DeviceNamed{device}), Wire::decodeWorkforce);
}

Task<> People::leave()
{
    return ask("POST", u"leave"_s, "{}", Wire::decodeWorkforce)
        .andThen(this, [](const Wire::Workforce &) { return Task<>::finished({}); });
}

Task<Wire::Workforce> People::saveTeam(const Wire::SaveTeam &team)
{
    return ask("POST", u"team"_s, Wire::encode(team), Wire::decodeWorkforce);
}

Task<Wire::Workforce> People::removeTeam(const TeamId &team)
{
    return ask(
        "POST", u"remove-team"_s, Wire::encode(Wire::TeamNamed{team}), Wire::decodeWorkforce);
}

} // namespace Pagedesk
