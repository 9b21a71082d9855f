// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/access.h"

#include "app/relay/access/vault.h"
#include "app/relay/ledger/audit.h"

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

// A wrong code costs a try, in the same transaction that found it wrong.
Result<bool> isRightCode(
    Connection &connection, const Invite &invite, const Wire::PairingRequest &request)
{
    const Secret expected(invite.secretHash);
    if (expected.matches(tokenHash(request.secret.reveal())))
        return true;
    if (auto taken = takeTry(connection, invite.id); !taken)
        return failure(taken.error());
    return false;
}

} // namespace

Result<Wire::PairingLink> invite(Connection &connection, const QString &name, Role role, qint64 now)
{
    Operator person;
    person.id = {newUuid(now)};
    person.name = name;
    person.role = role;
    if (auto added = insertOperator(connection, person, now); !added)
        return failure(added.error());
    Wire::PairingLink link;
    link.inviteId = QString::fromLatin1(randomToken(9));
    link.secret = Secret(randomToken(InviteSecretBytes));
    const Invite invite{link.inviteId, person.id, tokenHash(link.secret.reveal()),
        now + InviteLifeMs, InviteTries, 0};
    if (auto added = insertInvite(connection, invite); !added)
        return failure(added.error());
    return link;
}

Result<Wire::PairingAnswer> pair(
    Connection &connection, const Wire::PairingRequest &request, qint64 now)
{
    const auto invite = inviteById(connection, request.inviteId);
    if (!invite)
        return failure(invite.error());
    if (!*invite || !isUsable(**invite, now))
        return failure(refused());
    const auto right = isRightCode(connection, **invite, request);
    if (!right)
        return failure(right.error());
    if (!*right)
        return Wire::PairingAnswer{}; // committed with the try it cost; see the caller
    Wire::PairingAnswer answer;
    answer.deviceToken = Secret(randomToken(DeviceTokenBytes));
    const auto owner = operatorById(connection, (*invite)->operatorId);
    if (!owner)
        return failure(owner.error());
    answer.self = owner->value_or(Operator{});
    if (auto used = useInvite(connection, request.inviteId, now); !used)
        return failure(used.error());
    const DeviceId device{newUuid(now)};
    if (auto added = insertDevice(connection, device, answer.self.id, request.deviceName,
            tokenHash(answer.deviceToken.reveal()), now);
        !added)
        return failure(added.error());
    if (auto noted = appendAudit(connection, now,
            {operatorActor(answer.self.id), QStringLiteral("device_paired"), device.value});
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
