// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/caller.h"

#include "app/sandbox/permissions.h"

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

std::optional<Caller> ownerOf(
    const QString &token, World &world, const Tokens &tokens, const AppIdentity &app)
{
    if (Secret(app.token()).matches(token.toUtf8()))
        return Caller{};
    const auto read = tokens.read(token);
    if (!read)
        return std::nullopt;
    if (read->kind == Token::Kind::User)
        return Caller{Caller::Kind::User, nullptr, *read};
    return Caller{Caller::Kind::Page, world.page(read->pageId), *read};
}

tl::expected<Caller, GraphError> identify(
    const GraphRequest &request, World &world, const Tokens &tokens, const AppIdentity &app)
{
    if (request.token.isEmpty())
        return graphFailure(missingToken());
    const auto caller = ownerOf(request.token, world, tokens, app);
    if (!caller)
        return graphFailure(
            invalidToken(u"Invalid OAuth access token - Cannot parse access token"_s));
    if (caller->kind != Caller::Kind::App) {
        if (const auto error = tokens.refusal(caller->token))
            return graphFailure(*error);
    }
    if (request.has(u"appsecret_proof"_s) && !isProofRight(request, app.secret)) {
        GraphError error = badParameter(u"Invalid appsecret_proof provided in the API argument"_s);
        error.type = u"GraphMethodException"_s;
        return graphFailure(error);
    }
    return *caller;
}

std::optional<GraphError> missingRight(const Caller &caller, const Page &page,
    const QStringList &permissions, const QString &task, World &world, const Tokens &tokens)
{
    for (const QString &permission : permissions) {
        if (tokens.allows(caller.token, permission, page.id))
            continue;
        if (permission == "pages_messaging"_L1)
            return GraphError{
                200, 0, u"Requires pages_messaging permission to manage the object"_s};
        return GraphError{
            10, 0, u"This endpoint requires the '%1' permission for the Page"_s.arg(permission)};
    }
    const Person *person = world.person(caller.token.personId);
    const bool hasRole = person && person->tasks.contains(page.id);
    if (!hasRole || (!task.isEmpty() && !holdsTask(person->tasks.at(page.id), task))) {
        return GraphError{200, 0,
            u"The user does not have sufficient administrative permission for this action on this "
            "page"_s};
    }
    return std::nullopt;
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
