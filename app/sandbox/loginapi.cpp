// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/loginapi.h"

#include "app/sandbox/callbacks.h"
#include "app/sandbox/nodeapi.h"
#include "app/sandbox/paging.h"
#include "app/sandbox/permissions.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QJsonObject Success{{QStringLiteral("success"), true}};

QJsonObject tokenAnswer(const QString &token, qint64 lifeMs)
{
    return {{u"access_token"_s, token}, {u"token_type"_s, u"bearer"_s},
        {u"expires_in"_s, lifeMs / 1000}};
}

QJsonObject explained(const GraphError &error)
{
    QJsonObject json{{u"code"_s, error.code}, {u"message"_s, error.message}};
    if (error.subcode != 0)
        json[u"subcode"_s] = error.subcode;
    return json;
}

// Who may only look at a Page's figures gets no token of it.
bool getsToken(const QStringList &tasks)
{
    static const QStringList Acting{
        u"MESSAGING"_s, u"MODERATE"_s, u"CREATE_CONTENT"_s, u"MANAGE"_s};
    for (const QString &task : Acting) {
        if (holdsTask(tasks, task))
            return true;
    }
    return false;
}

} // namespace

LoginApi::LoginApi(const Services &services, Callbacks &callbacks)
    : m_services(services)
    , m_callbacks(callbacks)
{
}

GraphResult LoginApi::accessToken(const GraphRequest &request)
{
    const AppIdentity &app = m_services.app;
    if (request.text(u"client_id"_s) != app.id)
        return graphFailure({101, 0, u"Error validating application. Invalid application ID."_s});
    if (!app.secret.matches(request.text(u"client_secret"_s).toUtf8()))
        return graphFailure({1, 0, u"Error validating client secret."_s});
    const QString grant = request.text(u"grant_type"_s);
    if (grant == "client_credentials"_L1) {
        return QJsonObject{
            {u"access_token"_s, QString::fromUtf8(app.token())}, {u"token_type"_s, u"bearer"_s}};
    }
    if (grant == "fb_exchange_token"_L1)
        return exchangeToken(request);
    if (!grant.isEmpty() && grant != "authorization_code"_L1)
        return graphFailure(badParameter(u"The grant_type is not one that exists"_s));
    return exchangeCode(request);
}

GraphResult LoginApi::exchangeToken(const GraphRequest &request)
{
    const QString text = request.text(u"fb_exchange_token"_s);
    const auto token = m_services.tokens.read(text);
    if (!token || token->kind != Token::Kind::User)
        return graphFailure(invalidToken(u"Invalid OAuth access token."_s));
    if (const auto error = m_services.tokens.refusal(*token))
        return graphFailure(*error);
    const QString longLived
        = token->isSample ? text : m_services.tokens.issue(token->personId, Tokens::Life::Long);
    return tokenAnswer(longLived, Tokens::LongLifeMs);
}

GraphResult LoginApi::exchangeCode(const GraphRequest &request)
{
    if (request.text(u"code"_s).isEmpty())
        return graphFailure(badParameter(u"Missing authorization code"_s));
    if (request.text(u"redirect_uri"_s).isEmpty())
        return graphFailure(badParameter(u"Missing redirect_uri parameter."_s));
    const auto person
        = m_services.tokens.redeem(request.text(u"code"_s), request.text(u"redirect_uri"_s));
    if (!person)
        return graphFailure(person.error());
    return tokenAnswer(m_services.tokens.issue(*person, Tokens::Life::Short), Tokens::ShortLifeMs);
}

GraphResult LoginApi::debugToken(const GraphRequest &request, const Caller &caller) const
{
    const QString text = request.text(u"input_token"_s);
    if (text.isEmpty())
        return graphFailure(badParameter(u"The parameter input_token is required"_s));
    if (caller.kind == Caller::Kind::Page)
        return graphFailure(
            badParameter(u"You must provide an app access token, or a user access token that is an "
                         "owner or developer of the app"_s));
    const auto owner = ownerOf(text, m_services.world, m_services.tokens, m_services.app);
    QJsonObject data;
    if (!owner) {
        data = {{u"is_valid"_s, false},
            {u"error"_s, explained(invalidToken(u"Invalid OAuth access token."_s))},
            {u"scopes"_s, QJsonArray()}};
    } else if (owner->kind == Caller::Kind::App) {
        data = {{u"app_id"_s, m_services.app.id}, {u"type"_s, u"APP"_s},
            {u"application"_s, m_services.app.name}, {u"is_valid"_s, true},
            {u"scopes"_s, QJsonArray()}};
    } else {
        data = tokenData(owner->token);
    }
    return QJsonObject{{u"data"_s, data}};
}

QJsonObject LoginApi::tokenData(const Token &token) const
{
    const Tokens &tokens = m_services.tokens;
    const bool isPage = token.kind == Token::Kind::Page;
    QJsonObject data{{u"app_id"_s, m_services.app.id}, {u"application"_s, m_services.app.name},
        {u"type"_s, isPage ? u"PAGE"_s : u"USER"_s}, {u"user_id"_s, token.personId},
        {u"issued_at"_s, token.issuedAt / 1000}, {u"expires_at"_s, token.expiresAt / 1000},
        {u"data_access_expires_at"_s, tokens.dataAccessExpiresAt(token) / 1000},
        {u"is_valid"_s, true}, {u"metadata"_s, QJsonObject()}};
    if (isPage)
        data[u"profile_id"_s] = token.pageId;
    QJsonArray scopes;
    QJsonArray granular;
    if (const auto error = tokens.refusal(token)) {
        data[u"is_valid"_s] = false;
        data[u"error"_s] = explained(*error);
    } else {
        for (const auto &[permission, status] : tokens.permissions(token)) {
            if (status != Grant::Status::Granted)
                continue;
            scopes.append(permission);
            if (isAlwaysGranted(permission))
                continue;
            QJsonObject scope{{u"scope"_s, permission}};
            if (const auto pages = tokens.targets(token, permission))
                scope[u"target_ids"_s] = QJsonArray::fromStringList(*pages);
            granular.append(scope);
        }
    }
    data[u"scopes"_s] = scopes;
    data[u"granular_scopes"_s] = granular;
    return data;
}

GraphResult LoginApi::user(const QList<FieldSpec> &fields, const Caller &caller) const
{
    const Person *person = m_services.world.person(caller.token.personId);
    if (!person)
        return graphFailure(unsupportedRequest(u"get"_s, caller.token.personId));
    const auto text = [](const QString &value) {
        return [value](const FieldSpec &) { return QJsonValue(value); };
    };
    const QHash<QString, FieldMaker> makers{{u"id"_s, text(person->id)},
        {u"name"_s, text(person->name())}, {u"first_name"_s, text(person->firstName)},
        {u"last_name"_s, text(person->lastName)}};
    return makeNode(u"User"_s, fields.isEmpty() ? plainFields({u"name"_s}) : fields, makers);
}

PageReader LoginApi::readerOf(const Token &token, const Page &page) const
{
    PageReader reader;
    const Person *person = m_services.world.person(token.personId);
    if (!person || !person->tasks.contains(page.id))
        return reader;
    reader.tasks = person->tasks.at(page.id);
    if (getsToken(reader.tasks))
        reader.accessToken = m_services.tokens.pageToken(token, page);
    return reader;
}

// Pages that a business portfolio holds take a permission more.
bool LoginApi::isListed(const Token &token, const Page &page) const
{
    const Person *person = m_services.world.person(token.personId);
    const Tokens &tokens = m_services.tokens;
    return person && person->tasks.contains(page.id)
        && tokens.allows(token, u"pages_show_list"_s, page.id)
        && (page.portfolioId.isEmpty() || tokens.allows(token, u"business_management"_s));
}

GraphResult LoginApi::page(const GraphRequest &request, const QList<FieldSpec> &fields,
    const Page &page, const Caller &caller) const
{
    if (caller.kind == Caller::Kind::Page) {
        PageReader reader = readerOf(caller.token, page);
        reader.accessToken = request.token;
        return readPage(fields, page, reader, m_services);
    }
    if (!isListed(caller.token, page)) {
        return graphFailure({10, 0,
            u"This endpoint requires the 'pages_read_engagement' permission or the 'Page Public "
            "Content Access' feature"_s});
    }
    return readPage(fields, page, readerOf(caller.token, page), m_services);
}

std::optional<GraphResult> LoginApi::permissions(const GraphRequest &request, const Caller &caller)
{
    const auto &path = request.path;
    if (path.size() < 2 || path.size() > 3 || path.at(1) != "permissions"_L1)
        return std::nullopt;
    const bool isApp = caller.kind == Caller::Kind::App && m_services.world.person(path.at(0));
    if (!isApp && !caller.isPerson(path.at(0)))
        return std::nullopt;
    Token token = caller.token;
    if (isApp)
        token.personId = path.at(0);
    if (request.method == "DELETE"_L1)
        return revoke(token.personId, path.value(2));
    if (request.method != "GET"_L1)
        return graphFailure(unsupportedRequest(request.method, path.at(0)));
    QJsonArray data;
    for (const auto &[permission, status] : m_services.tokens.permissions(token)) {
        if (path.size() == 2 || path.at(2) == permission)
            data.append(QJsonObject{{u"permission"_s, permission}, {u"status"_s, toText(status)}});
    }
    return QJsonObject{{u"data"_s, data}};
}

// Without a permission: all of them, which removes the app.
GraphResult LoginApi::revoke(const QString &personId, const QString &permission)
{
    if (permission.isEmpty()) {
        m_services.tokens.removeApp(personId);
        m_callbacks.deauthorize(personId);
        return Success;
    }
    if (permissionInWords(permission).isEmpty())
        return graphFailure(badParameter(u"Invalid permission name"_s));
    m_services.tokens.grant(personId).permissions[permission] = Grant::Status::Declined;
    return Success;
}

GraphResult LoginApi::accounts(
    const GraphRequest &request, const QList<FieldSpec> &fields, const Caller &caller) const
{
    const auto asked = fields.isEmpty()
        ? plainFields({u"access_token"_s, u"category"_s, u"category_list"_s, u"name"_s, u"tasks"_s})
        : fields;
    QStringList keys;
    QList<const Page *> pages;
    for (const auto &[id, page] : m_services.world.pages()) {
        if (!isListed(caller.token, page))
            continue;
        keys.append(id);
        pages.append(&page);
    }
    const ListRange range = rangeOf(readPaging(request), keys);
    QJsonArray data;
    for (int i = range.begin; i < range.end; ++i) {
        const Page &page = *pages.at(i);
        const GraphResult node = readPage(asked, page, readerOf(caller.token, page), m_services);
        if (!node)
            return node;
        data.append(*node);
    }
    return listAnswer(data, range, keys, &request);
}

GraphResult LoginApi::businesses(const Caller &caller) const
{
    const Person *person = m_services.world.person(caller.token.personId);
    if (!person || !m_services.tokens.allows(caller.token, u"business_management"_s))
        return graphFailure({200, 0, u"Requires business_management permission"_s});
    QJsonArray data;
    QStringList seen;
    for (const auto &[pageId, tasks] : person->tasks) {
        const Page *page = m_services.world.page(pageId);
        if (!page || page->portfolioId.isEmpty() || seen.contains(page->portfolioId))
            continue;
        seen.append(page->portfolioId);
        data.append(QJsonObject{{u"id"_s, page->portfolioId}, {u"name"_s, page->portfolioName}});
    }
    return QJsonObject{{u"data"_s, data}};
}

} // namespace Pagedesk::Sandbox
