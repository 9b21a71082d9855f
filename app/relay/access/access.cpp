// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/access.h"

#include "app/relay/access/vault.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/workforce.h"

namespace Pagedesk::Relay::Access {

namespace {

constexpr int InviteSecretBytes = 16; // 128 bits
constexpr int DeviceTokenBytes = 32; // 256 bits
constexpr std::string_view Bearer = "Bearer ";

Error refused()
{
    return {Error::Kind::Rejected, QStringLiteral("this invite is used, expired or wrong")};
}

bool isUsable(const Invite &invite, qint64 now)
{
    return invite.usedAt == 0 && invite.triesLeft > 0 && now < invite.expiresAt;
}

struct Found {
    Invite invite;
    bool first = false; // of the workspace's first admin
};

Result<Found> usableInvite(Connection &connection, const QString &id, qint64 now)
{
    const auto invite = inviteById(connection, id);
    if (!invite)
        return failure(invite.error());
    if (*invite)
        return isUsable(**invite, now) ? Result<Found>(Found{**invite}) : failure(refused());
    const auto first = firstInvite(connection, id);
    if (!first)
        return failure(first.error());
    const auto taken = hasAdmin(connection);
    if (!taken)
        return failure(taken.error());
    if (!*first || *taken || !isUsable(**first, now))
        return failure(refused());
    return Found{**first, true};
}

// A wrong code costs a try, in the same transaction that found it wrong.
Result<bool> isRightCode(
    Connection &connection, const Found &found, const Wire::PairingRequest &request)
{
    const Secret expected(found.invite.secretHash);
    if (expected.matches(tokenHash(request.secret.reveal())))
        return true;
    const auto taken = found.first ? takeFirstTry(connection, found.invite.id)
                                   : takeTry(connection, found.invite.id);
    if (!taken)
        return failure(taken.error());
    return false;
}

// Uses the invite up; whose device it makes.
Result<Operator> redeem(Connection &connection, const Found &found, qint64 now)
{
    OperatorId id = found.invite.operatorId;
    if (found.first) {
        Operator person;
        person.id = {newUuid(now)};
        person.name = QStringLiteral("Admin");
        person.role = Role::Admin;
        if (auto added = insertOperator(connection, person, now); !added)
            return failure(added.error());
        if (auto removed = removeFirstInvites(connection); !removed)
            return failure(removed.error());
        id = person.id;
    } else if (auto used = useInvite(connection, found.invite.id, now); !used) {
        return failure(used.error());
    }
    const auto owner = operatorById(connection, id);
    if (!owner)
        return failure(owner.error());
    if (!*owner || !(*owner)->active)
        return failure(refused());
    return **owner;
}

Result<Wire::PairingLink> newLink(
    const std::function<Result<>(const Invite &)> &keep, const OperatorId &person, qint64 now)
{
    Wire::PairingLink link;
    link.inviteId = QString::fromLatin1(randomToken(9));
    link.secret = Secret(randomToken(InviteSecretBytes));
    const Invite invite{
        link.inviteId, person, tokenHash(link.secret.reveal()), now + InviteLifeMs, InviteTries, 0};
    if (auto kept = keep(invite); !kept)
        return failure(kept.error());
    return link;
}

} // namespace

Result<Wire::PairingLink> inviteFor(Connection &connection, const OperatorId &person, qint64 now)
{
    return newLink([&connection](const Invite &invite) { return insertInvite(connection, invite); },
        person, now);
}

Result<Wire::PairingLink> invite(Connection &connection, const QString &name, Role role, qint64 now)
{
    Operator person;
    person.id = {newUuid(now)};
    person.name = name;
    person.role = role;
    if (auto added = insertOperator(connection, person, now); !added)
        return failure(added.error());
    return inviteFor(connection, person.id, now);
}

Result<std::optional<Wire::PairingLink>> inviteFirstAdmin(Connection &connection, qint64 now)
{
    const auto taken = hasAdmin(connection);
    if (!taken)
        return failure(taken.error());
    if (*taken)
        return std::nullopt;
    const auto link = newLink(
        [&connection](const Invite &invite) { return replaceFirstInvite(connection, invite); }, {},
        now);
    if (!link)
        return failure(link.error());
    return std::optional(*link);
}

Result<Wire::PairingAnswer> pair(
    Connection &connection, const Wire::PairingRequest &request, qint64 now)
{
    const auto invite = usableInvite(connection, request.inviteId, now);
    if (!invite)
        return failure(invite.error());
    const auto right = isRightCode(connection, *invite, request);
    if (!right)
        return failure(right.error());
    if (!*right)
        return Wire::PairingAnswer{}; // committed with the try it cost; see the caller
    const auto owner = redeem(connection, *invite, now);
    if (!owner)
        return failure(owner.error());
    Wire::PairingAnswer answer;
    answer.deviceToken = Secret(randomToken(DeviceTokenBytes));
    answer.self = *owner;
    const NewDevice device{{newUuid(now)}, owner->id, request.deviceName, request.platform,
        tokenHash(answer.deviceToken.reveal())};
    if (auto added = insertDevice(connection, device, now); !added)
        return failure(added.error());
    if (auto noted = appendAudit(connection, now,
            {operatorActor(answer.self.id), QStringLiteral("device_paired"), device.id.value});
        !noted)
        return failure(noted.error());
    const auto workspace = setting(connection, QStringLiteral("workspace"));
    if (!workspace)
        return failure(workspace.error());
    answer.workspace = *workspace;
    return answer;
}

Result<Device> authenticate(Connection &connection, std::string_view authorization)
{
    const auto unauthorized
        = failure(Error::Kind::Unauthorized, QStringLiteral("unknown or revoked device token"));
    if (!authorization.starts_with(Bearer))
        return unauthorized;
    authorization.remove_prefix(Bearer.size());
    const QByteArray token(authorization.data(), static_cast<qsizetype>(authorization.size()));
    const auto device = activeDevice(connection, tokenHash(token));
    if (!device)
        return failure(device.error());
    if (!*device)
        return unauthorized;
    return **device;
}

Result<> permit(const Operator &person, Action action)
{
    if (person.active && isAllowed(person.role, action))
        return {};
    return failure(
        Error::Kind::Forbidden, QStringLiteral("a %1 may not do this").arg(roleName(person.role)));
}

} // namespace Pagedesk::Relay::Access
