// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/logindialog.h"

#include "app/sandbox/seed.h"

#include <QUrlQuery>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 CodeLifetimeMs = 600'000;
const QStringList Carried{
    u"client_id"_s, u"redirect_uri"_s, u"state"_s, u"response_type"_s, u"scope"_s, u"config_id"_s};

Server::Response html(int status, const QString &body)
{
    const QString text = u"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
                         "<title>Log in to the sandbox</title>"
                         "<body style=\"font:16px sans-serif;max-width:32em;margin:4em auto\">%1"
                         "</body></html>\n"_s.arg(body);
    return {status, text.toStdString(), "text/html; charset=utf-8"};
}

Server::Response redirect(const QString &target, const QUrlQuery &answer, bool inFragment)
{
    QUrl url(target);
    if (inFragment) {
        url.setFragment(answer.toString(QUrl::FullyEncoded));
    } else {
        QUrlQuery query(url);
        for (const auto &[name, value] : answer.queryItems(QUrl::FullyEncoded))
            query.addQueryItem(name, value);
        url.setQuery(query);
    }
    return {302, {}, "text/html", {{"Location", url.toEncoded().toStdString()}}};
}

void add(QUrlQuery &query, const QString &name, const QString &value)
{
    query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

} // namespace

LoginDialog::LoginDialog(const World &world, const AppIdentity &app, const Clock &clock)
    : m_world(world)
    , m_app(app)
    , m_clock(clock)
{
}

Server::Response LoginDialog::handle(const GraphRequest &request)
{
    const QUrl target(request.text(u"redirect_uri"_s), QUrl::StrictMode);
    if (request.text(u"client_id"_s) != m_app.id)
        return html(400, u"<h1>Invalid App ID</h1><p>The client_id is not that of this app.</p>"_s);
    if (!target.scheme().startsWith("http"_L1) || target.host().isEmpty())
        return html(400, u"<h1>URL blocked</h1><p>The redirect_uri is not a web address.</p>"_s);
    return request.method == "POST"_L1 ? decided(request) : page(request);
}

bool LoginDialog::redeem(const QString &code, const QString &redirectUri)
{
    const Code found = m_codes.take(code);
    return !code.isEmpty() && found.redirectUri == redirectUri && !redirectUri.isEmpty()
        && m_clock.now() - found.at < CodeLifetimeMs;
}

Server::Response LoginDialog::page(const GraphRequest &request) const
{
    QString fields;
    for (const QString &name : Carried) {
        if (request.has(name)) {
            fields += u"<input type=\"hidden\" name=\"%1\" value=\"%2\">"_s.arg(
                name, request.text(name).toHtmlEscaped());
        }
    }
    QString pages;
    for (const auto &[id, each] : m_world.pages())
        pages += u"<li>%1</li>"_s.arg(each.name.toHtmlEscaped());
    return html(200,
        u"<h1>%1 asks for access</h1><p>It wants to read and answer the messages of:</p>"
        "<ul>%2</ul><form method=\"post\">%3"
        "<button name=\"decision\" value=\"continue\">Continue as Omar</button> "
        "<button name=\"decision\" value=\"cancel\">Cancel</button></form>"_s.arg(
            m_app.name.toHtmlEscaped(), pages, fields));
}

Server::Response LoginDialog::decided(const GraphRequest &request)
{
    const QString target = request.text(u"redirect_uri"_s);
    const QString type = request.text(u"response_type"_s);
    const bool wantsToken = type.contains("token"_L1);
    QUrlQuery answer;
    if (request.text(u"decision"_s) != "continue"_L1) {
        add(answer, u"error"_s, u"access_denied"_s);
        add(answer, u"error_reason"_s, u"user_denied"_s);
        add(answer, u"error_description"_s, u"Permissions error."_s);
    } else if (wantsToken) {
        add(answer, u"access_token"_s, QString::fromLatin1(UserToken));
        add(answer, u"expires_in"_s, u"5184000"_s);
    }
    if (answer.isEmpty() || (wantsToken && type.contains("code"_L1))) {
        const QString code = u"AQB"_s + QString::fromLatin1(randomToken(32));
        m_codes.insert(code, {target, m_clock.now()});
        add(answer, u"code"_s, code);
    }
    if (request.has(u"state"_s))
        add(answer, u"state"_s, request.text(u"state"_s));
    return redirect(target, answer, wantsToken);
}

} // namespace Pagedesk::Sandbox
