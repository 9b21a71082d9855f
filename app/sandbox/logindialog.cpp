// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/logindialog.h"

#include "app/sandbox/dialogpages.h"
#include "app/sandbox/permissions.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList Carried{u"client_id"_s, u"redirect_uri"_s, u"state"_s, u"response_type"_s,
    u"scope"_s, u"config_id"_s, u"auth_type"_s, u"display"_s};
const QString Pages = QStringLiteral("page");
const QString Permissions = QStringLiteral("permission");

// A check box that is not ticked is not sent; this field says that the choice was made.
QString chosenField(const QString &kind)
{
    return kind + u"_chosen"_s;
}

QString tickField(const QString &kind, const QString &id)
{
    return kind + u'_' + id;
}

QStringList words(const GraphRequest &request, const QString &parameter)
{
    static const QRegularExpression Separators(u"[,\\s]+"_s);
    QStringList found = request.text(parameter).split(Separators, Qt::SkipEmptyParts);
    found.removeDuplicates();
    return found;
}

QStringList responseTypes(const GraphRequest &request)
{
    return words(request, u"response_type"_s);
}

QStringList wantedPermissions(const GraphRequest &request)
{
    return request.text(u"config_id"_s).isEmpty() ? words(request, u"scope"_s) : inboxPermissions();
}

QList<std::pair<QString, QString>> carried(const GraphRequest &request)
{
    QList<std::pair<QString, QString>> fields;
    for (const QString &name : Carried) {
        if (request.has(name))
            fields.append({name, request.text(name)});
    }
    return fields;
}

void add(QUrlQuery &query, const QString &name, const QString &value)
{
    query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

// Back to the app. Meta ends addresses without an answer in the fragment with "#_=_".
Server::Response redirect(const GraphRequest &request, QUrlQuery answer, bool inFragment)
{
    if (request.has(u"state"_s))
        add(answer, u"state"_s, request.text(u"state"_s));
    QUrl url(request.text(u"redirect_uri"_s), QUrl::StrictMode);
    if (inFragment) {
        url.setFragment(answer.toString(QUrl::FullyEncoded));
    } else {
        QUrlQuery query(url);
        for (const auto &[name, value] : answer.queryItems(QUrl::FullyEncoded))
            query.addQueryItem(name, value);
        url.setQuery(query);
        url.setFragment(u"_=_"_s);
    }
    return {302, {}, "text/html",
        {{"Location", url.toEncoded().toStdString()}, {"Cache-Control", "private, no-store"}}};
}

QString listed(const QList<const Page *> &pages)
{
    QStringList names;
    for (const Page *page : pages)
        names.append(page->name);
    return names.isEmpty() ? u"no Page"_s : names.join(u", "_s);
}

} // namespace

LoginDialog::LoginDialog(const Services &services, const AppSettings &settings)
    : m_world(services.world)
    , m_app(services.app)
    , m_clock(services.clock)
    , m_tokens(services.tokens)
    , m_settings(settings)
{
}

Server::Response LoginDialog::handle(const GraphRequest &request)
{
    if (const auto refusal = mistake(request))
        return *refusal;
    if (request.method != "POST"_L1)
        return choosePerson(request);
    if (request.text(u"go"_s) == "cancel"_L1)
        return cancelled(request);
    const Person *person = m_world.person(request.text(u"person"_s));
    return person ? step(request, *person) : choosePerson(request);
}

std::optional<Server::Response> LoginDialog::mistake(const GraphRequest &request) const
{
    const QString address = request.text(u"redirect_uri"_s);
    const QUrl target(address, QUrl::StrictMode);
    if (request.text(u"client_id"_s) != m_app.id) {
        return dialogRefusal(
            u"Invalid App ID"_s, u"The client_id is not the id of the app in this sandbox."_s);
    }
    static const QRegularExpression Unwritable(u"[\\s\\x00-\\x20\\x7f]"_s);
    const bool isWeb = target.scheme() == "http"_L1 || target.scheme() == "https"_L1;
    if (!isWeb || target.host().isEmpty() || address.contains(Unwritable))
        return dialogRefusal(u"URL blocked"_s, u"The redirect_uri is not a web address."_s);
    if (!m_settings.redirectUris.isEmpty() && !m_settings.redirectUris.contains(address)) {
        return dialogRefusal(u"URL blocked"_s,
            u"The redirect_uri is not one of the app's Valid OAuth Redirect URIs. It must be the "
            "same, character for character."_s);
    }
    for (const QString &type : responseTypes(request)) {
        static const QStringList Known{u"code"_s, u"token"_s, u"granted_scopes"_s};
        if (!Known.contains(type)) {
            return dialogRefusal(
                u"Wrong request"_s, u"The response_type is not one that exists."_s);
        }
    }
    QStringList unknown;
    for (const QString &permission : wantedPermissions(request)) {
        if (permissionInWords(permission).isEmpty())
            unknown.append(permission);
    }
    if (!unknown.isEmpty())
        return dialogRefusal(u"Invalid scopes"_s,
            u"These permissions do not exist: %1."_s.arg(unknown.join(u", "_s)));
    return std::nullopt;
}

Server::Response LoginDialog::choosePerson(const GraphRequest &request) const
{
    DialogPage page;
    page.title = u"Log in to %1"_s.arg(m_app.name);
    page.text = u"Who are you?"_s;
    page.hidden = carried(request);
    page.hidden.append({u"step"_s, u"person"_s});
    for (const auto &[id, person] : m_world.people()) {
        page.people.append({id, u"%1 runs %2."_s.arg(person.name(), listed(pagesOf(person)))});
    }
    return dialogPage(page);
}

// `step` is the page whose form this is.
Server::Response LoginDialog::step(const GraphRequest &request, const Person &person)
{
    const Login login = loginOf(request, person);
    const QString from = request.text(u"step"_s);
    const bool isBack = request.text(u"go"_s) == "back"_L1;
    if (from == "page"_L1)
        return isBack ? choosePerson(request)
                      : (login.asked.isEmpty() ? confirm(login) : choosePermissions(login));
    if (from == "permission"_L1)
        return isBack ? choosePages(login) : confirm(login);
    if (from == "confirm"_L1) {
        if (!isBack)
            return connect(login);
        return login.asked.isEmpty() ? choosePages(login) : choosePermissions(login);
    }
    return choosePages(login);
}

LoginDialog::Login LoginDialog::loginOf(const GraphRequest &request, const Person &person) const
{
    Login login{request, person, !request.text(u"config_id"_s).isEmpty(), {}, {}};
    const Grant *grant = m_tokens.grantOf(person.id);
    const bool asksAgain = request.text(u"auth_type"_s) == "rerequest"_L1;
    for (const QString &permission : wantedPermissions(request)) {
        if (isAlwaysGranted(permission))
            continue;
        const bool isKnown = grant && grant->permissions.contains(permission);
        const bool isGranted = grant && grant->isGranted(permission);
        const bool isDeclined
            = isKnown && grant->permissions.at(permission) == Grant::Status::Declined;
        if (isGranted && !login.isAllOrNothing)
            login.already.append(permission);
        else if (!isDeclined || asksAgain || login.isAllOrNothing)
            login.asked.append(permission);
    }
    return login;
}

QList<const Page *> LoginDialog::pagesOf(const Person &person) const
{
    QList<const Page *> pages;
    for (const auto &[id, tasks] : person.tasks) {
        if (const Page *page = m_world.page(id))
            pages.append(page);
    }
    return pages;
}

bool LoginDialog::isTicked(const Login &login, const QString &kind, const QString &id)
{
    const bool isFirstLook = !login.request.has(chosenField(kind));
    return isFirstLook || login.request.has(tickField(kind, id));
}

// With what was chosen on the other pages.
DialogPage LoginDialog::page(const Login &login, const QString &step, const QString &title) const
{
    DialogPage page;
    page.title = title;
    page.hasBack = true;
    page.hidden = carried(login.request);
    page.hidden.append({u"step"_s, step});
    page.hidden.append({u"person"_s, login.person.id});
    const auto keep = [&](const QString &kind, const QStringList &ids) {
        const bool isShown = kind == step;
        if (isShown || login.request.has(chosenField(kind)))
            page.hidden.append({chosenField(kind), u"1"_s});
        for (const QString &id : ids) {
            if (!isShown && login.request.has(tickField(kind, id)))
                page.hidden.append({tickField(kind, id), u"on"_s});
        }
    };
    QStringList pageIds;
    for (const Page *each : pagesOf(login.person))
        pageIds.append(each->id);
    keep(Pages, pageIds);
    keep(Permissions, login.asked);
    return page;
}

Server::Response LoginDialog::choosePages(const Login &login) const
{
    DialogPage page = this->page(login, Pages, u"Choose Pages"_s);
    page.text = u"Which Pages of yours may %1 use, %2?"_s.arg(m_app.name, login.person.firstName);
    page.listTitle = u"Your Pages"_s;
    for (const Page *each : pagesOf(login.person)) {
        const QString holder = each->portfolioName.isEmpty()
            ? QString()
            : u", held by the business portfolio "_s + each->portfolioName;
        page.ticks.append({tickField(Pages, each->id), each->id, each->name,
            u"%1, id %2%3"_s.arg(each->category, each->id, holder),
            isTicked(login, Pages, each->id)});
    }
    page.forward = u"Continue"_s;
    return dialogPage(page);
}

Server::Response LoginDialog::choosePermissions(const Login &login) const
{
    DialogPage page = this->page(login, Permissions, u"What %1 may do"_s.arg(m_app.name));
    page.listTitle = u"It asks for"_s;
    for (const QString &permission : login.asked) {
        if (login.isAllOrNothing)
            page.list.append(u"%1 (%2)"_s.arg(permissionInWords(permission), permission));
        else
            page.ticks.append(
                {tickField(Permissions, permission), permission, permissionInWords(permission),
                    permission, isTicked(login, Permissions, permission)});
    }
    page.text = login.isAllOrNothing
        ? u"The app needs all of this. If you do not agree with something, cancel."_s
        : u"Take away the tick of what you do not want."_s;
    page.forward = u"Continue"_s;
    return dialogPage(page);
}

Server::Response LoginDialog::confirm(const Login &login) const
{
    DialogPage page = this->page(login, u"confirm"_s, u"Connect %1?"_s.arg(m_app.name));
    QList<const Page *> pages;
    for (const Page *each : pagesOf(login.person)) {
        if (isTicked(login, Pages, each->id))
            pages.append(each);
    }
    page.text = u"%1, the app may use: %2."_s.arg(login.person.firstName, listed(pages));
    page.listTitle = u"It may"_s;
    page.list.append(permissionInWords(u"public_profile"_s));
    for (const QString &permission : login.already + login.asked) {
        if (login.isAllOrNothing || login.already.contains(permission)
            || isTicked(login, Permissions, permission))
            page.list.append(permissionInWords(permission));
    }
    page.forward = u"Connect"_s;
    return dialogPage(page);
}

const Grant &LoginDialog::keep(const Login &login)
{
    Grant &grant = m_tokens.grant(login.person.id);
    grant.loggedInAt = m_clock.now();
    grant.permissions[u"public_profile"_s] = Grant::Status::Granted;
    for (const QString &permission : login.asked) {
        const bool isGranted = login.isAllOrNothing || isTicked(login, Permissions, permission);
        grant.permissions[permission]
            = isGranted ? Grant::Status::Granted : Grant::Status::Declined;
    }
    const auto pages = pagesOf(login.person);
    QStringList ticked;
    for (const Page *page : pages) {
        if (isTicked(login, Pages, page->id))
            ticked.append(page->id);
    }
    grant.fewerPages.clear();
    grant.pageIds.reset();
    if (ticked.size() < pages.size())
        grant.pageIds = ticked;
    return grant;
}

Server::Response LoginDialog::connect(const Login &login)
{
    const Grant &grant = keep(login);
    const QStringList types = responseTypes(login.request);
    const bool wantsToken = types.contains(u"token"_s);
    QUrlQuery answer;
    if (wantsToken) {
        add(answer, u"access_token"_s, m_tokens.issue(login.person.id, Tokens::Life::Short));
        add(answer, u"expires_in"_s, QString::number(Tokens::ShortLifeMs / 1000));
        add(answer, u"data_access_expiration_time"_s,
            QString::number((grant.loggedInAt + Tokens::DataAccessMs) / 1000));
    }
    if (!wantsToken || types.contains(u"code"_s))
        add(answer, u"code"_s,
            m_tokens.issueCode(login.person.id, login.request.text(u"redirect_uri"_s)));
    if (types.contains(u"granted_scopes"_s)) {
        QStringList granted;
        QStringList denied;
        for (const auto &[permission, status] : grant.permissions)
            (status == Grant::Status::Granted ? granted : denied).append(permission);
        add(answer, u"granted_scopes"_s, granted.join(u','));
        add(answer, u"denied_scopes"_s, denied.join(u','));
    }
    return redirect(login.request, answer, wantsToken);
}

Server::Response LoginDialog::cancelled(const GraphRequest &request) const
{
    QUrlQuery answer;
    add(answer, u"error"_s, u"access_denied"_s);
    add(answer, u"error_code"_s, u"200"_s);
    add(answer, u"error_description"_s, u"Permissions error."_s);
    add(answer, u"error_reason"_s, u"user_denied"_s);
    return redirect(request, answer, responseTypes(request).contains(u"token"_s));
}

} // namespace Pagedesk::Sandbox
