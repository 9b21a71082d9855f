// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/connecting.h"
#include "tests/e2e/world.h"

namespace Pagedesk::Tests {

// An admin who connects Pages: asks the real relay over its routes and clicks through the sandbox's
// dialog.
class ConnectClient {
public:
    static constexpr auto AppId = "330011";

    // Before the relay starts: it can log in at the sandbox.
    static void allowLogins(World &world);

    explicit ConnectClient(World &world); // with a device of an admin's
    bool isPaired() const { return !m_token.isEmpty(); }
    const QByteArray &token() const { return m_token; }

    HttpResult ask(const QByteArray &method, const QString &route, const QByteArray &body = {})
    {
        return ask(method, route, body, m_token);
    }
    HttpResult ask(const QByteArray &method, const QString &route, const QByteArray &body,
        const QByteArray &token);
    // Tells the sandbox; whether it has done it.
    bool control(const QString &route, const QJsonObject &body);

    Wire::LoginBegun begin(bool asksAgain = false);
    Wire::LoginProgress progress(const QString &attempt);
    QList<FacebookLogin> logins();
    // Where the dialog leads; not gone to yet. Without those ticks, whatever they stand for.
    QUrl returnOf(const Wire::LoginBegun &begun, const QString &person = {},
        const QStringList &unticked = {});
    Wire::LoginProgress logIn(
        const QString &person = {}, const QStringList &unticked = {}, bool asksAgain = false);
    Wire::PageOffer offerFor(const QString &login);
    static OfferedPage pageIn(const Wire::PageOffer &offer, const QString &id);
    Wire::PagesConnected connectPages(const Wire::ConnectPages &chosen);

private:
    World &m_world;
    QByteArray m_token;
};

} // namespace Pagedesk::Tests
