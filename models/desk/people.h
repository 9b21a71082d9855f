// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/relayhttp.h"
#include "models/wire/people.h"

namespace Pagedesk {

// Who works in the workspace, on which devices, and what of it may be changed from here. Errors as
// RelayHttp's.
class People : public QObject {
    Q_OBJECT

public:
    explicit People(QObject *parent = nullptr);

    void setSource(const QUrl &relay, const Secret &token) { m_http.setSource(relay, token); }

    Task<Wire::Workforce> list();
    Task<Wire::Invitation> invite(const Wire::InvitePerson &person);
    Task<Wire::Invitation> inviteDevice(const OperatorId &person);
    Task<Wire::Workforce> cancelInvite(const QString &inviteId);
    Task<Wire::Workforce> change(const Wire::ChangePerson &change);
    Task<Wire::Workforce> rename(const OperatorId &person, const QString &name);
    Task<Wire::Workforce> revoke(const OperatorId &person);
    Task<Wire::Workforce> revokeDevice(const DeviceId &device);
    // Gives this device's rights up.
    Task<> leave();
    Task<Wire::Workforce> saveTeam(const Wire::SaveTeam &team);
    Task<Wire::Workforce> removeTeam(const TeamId &team);

private:
    template <typename T>
    Task<T> ask(const QByteArray &method, const QString &route, const QByteArray &body,
        Result<T> (*decode)(const QByteArray &));

    RelayHttp m_http;
};

} // namespace Pagedesk
