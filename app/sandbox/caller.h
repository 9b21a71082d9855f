// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/graphrequest.h"
#include "app/sandbox/world.h"
#include "models/base/secret.h"

namespace Pagedesk::Sandbox {

struct AppIdentity {
    QString id;
    Secret secret;
    QString name = QStringLiteral("Pagedesk practice");

    QByteArray token() const { return id.toUtf8() + '|' + secret.reveal(); } // App access token
};

// Whose access token came with a call.
struct Caller {
    enum class Kind { Page, User, App };
    Kind kind = Kind::App;
    Page *page = nullptr; // Kind::Page
};

// Error 190 for an unknown token, 104 without one, 100 for a wrong appsecret_proof.
tl::expected<Caller, GraphError> identify(
    const GraphRequest &request, World &world, const AppIdentity &app);

// Whose token that is, without a proof; nothing when it is nobody's.
std::optional<Caller> ownerOf(const QString &token, World &world, const AppIdentity &app);

// The Page that `/{id}/…` or `/me/…` names; a call that needs a Page access token.
tl::expected<Page *, GraphError> callersPage(const GraphRequest &request, const Caller &caller);

} // namespace Pagedesk::Sandbox
