// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/caller.h"

#include "app/sandbox/seed.h"

#include <QMessageAuthenticationCode>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

// Both forms in use: over the token alone, and over "token|time" (Facebook Login, "Security").
bool isProofRight(const GraphRequest &request, const Secret &secret)
{
    const QString time = request.text(u"appsecret_time"_s);
    const QString message = time.isEmpty() ? request.token : request.token + u'|' + time;
    const Secret proof(QMessageAuthenticationCode::hash(
        message.toUtf8(), secret.reveal(), QCryptographicHash::Sha256)
                           .toHex());
    return proof.matches(request.text(u"appsecret_proof"_s).toLatin1());
}

} // namespace

std::optional<Caller> ownerOf(const QString &token, World &world, const AppIdentity &app)
{
    if (token == QLatin1StringView(UserToken))
        return Caller{Caller::Kind::User, nullptr};
    if (Secret(app.token()).matches(token.toUtf8()))
        return Caller{Caller::Kind::App, nullptr};
    if (Page *page = world.pageByToken(token))
        return Caller{Caller::Kind::Page, page};
    return std::nullopt;
}

tl::expected<Caller, GraphError> identify(
    const GraphRequest &request, World &world, const AppIdentity &app)
{
    if (request.token.isEmpty())
        return graphFailure(missingToken());
    const auto caller = ownerOf(request.token, world, app);
    if (!caller)
        return graphFailure(
            invalidToken(u"Invalid OAuth access token - Cannot parse access token"_s));
    if (request.has(u"appsecret_proof"_s) && !isProofRight(request, app.secret)) {
        GraphError error = badParameter(u"Invalid appsecret_proof provided in the API argument"_s);
        error.type = u"GraphMethodException"_s;
        return graphFailure(error);
    }
    return *caller;
}

tl::expected<Page *, GraphError> callersPage(const GraphRequest &request, const Caller &caller)
{
    const QString &name = request.path.constFirst();
    if (caller.kind != Caller::Kind::Page) {
        return graphFailure(
            invalidToken(u"This method must be called with a Page Access Token"_s, 2069032));
    }
    if (name != "me"_L1 && name != caller.page->id)
        return graphFailure(unsupportedRequest(request.method, name));
    return caller.page;
}

} // namespace Pagedesk::Sandbox
