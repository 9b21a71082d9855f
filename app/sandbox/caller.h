// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/graphrequest.h"
#include "app/sandbox/tokens.h"
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
    Token token = {}; // Kind::Page and Kind::User

    // Whether a path's `me` or id means the person the token stands for.
    bool isPerson(const QString &id) const
    {
        return kind == Kind::User && (id == QStringLiteral("me") || id == token.personId);
    }
};

// Error 190 for a token that is unknown or worth nothing any more, 104 without one, 100 for a
// wrong appsecret_proof.
tl::expected<Caller, GraphError> identify(
    const GraphRequest &request, World &world, const Tokens &tokens, const AppIdentity &app);

// Whose token that is, dead or alive and without a proof; nothing when it is nobody's.
std::optional<Caller> ownerOf(
    const QString &token, World &world, const Tokens &tokens, const AppIdentity &app);

// Error 10 when the person has not granted one of the permissions for the Page, 200 when the one
// for messages is missing or the person may not do the task there. An empty task is none.
std::optional<GraphError> missingRight(const Caller &caller, const Page &page,
    const QStringList &permissions, const QString &task, World &world, const Tokens &tokens);

// The Page that `/{id}/…` or `/me/…` names; a call that needs a Page access token.
tl::expected<Page *, GraphError> callersPage(const GraphRequest &request, const Caller &caller);

} // namespace Pagedesk::Sandbox
