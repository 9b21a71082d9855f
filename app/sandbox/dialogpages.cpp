// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/dialogpages.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Frame = uR"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%1</title>
<style>
body { margin: 0; background: #eef0f4; color: #1b1e24; font: 16px/1.5 sans-serif; }
main { box-sizing: border-box; max-width: 30rem; margin: 1.5rem auto; padding: 1.25rem 1.5rem;
  background: #fff; border: 1px solid #c9ced8; border-radius: 8px; overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; font-size: 1.35rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
.notice { margin: 0 0 1rem; color: #535a66; font-size: .875rem; }
fieldset { margin: 0 0 1rem; padding: 0; border: 0; }
legend { padding: 0 0 .375rem; font-weight: bold; }
label { display: flex; gap: .75rem; align-items: flex-start; padding: .5rem 0;
  border-top: 1px solid #dde1e8; }
label input { width: 1.1rem; height: 1.1rem; margin: .25rem 0 0; flex: none; }
small { display: block; color: #535a66; }
ul { margin: .25rem 0 1rem; padding-left: 1.25rem; }
.person { padding: .75rem 0; border-top: 1px solid #dde1e8; }
.person p { margin: 0 0 .5rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid #6b7280;
  border-radius: 6px; background: #fff; color: #1b1e24; font: inherit; cursor: pointer; }
button.main { border-color: #14559e; background: #14559e; color: #fff; }
button:focus-visible, input:focus-visible { outline: 3px solid #d9730d; outline-offset: 2px; }
</style>
</head>
<body>
<main>
<p class="notice">Sandbox: made-up people and Pages. This is not Facebook.</p>
<h1>%1</h1>
%2</main>
</body>
</html>
)"_s;

Server::Response html(int status, const QString &title, const QString &body)
{
    return {status, Frame.arg(title.toHtmlEscaped(), body).toStdString(),
        "text/html; charset=utf-8",
        {{"Cache-Control", "private, no-store"}, {"X-Frame-Options", "DENY"},
            {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"}}};
}

QString paragraph(const QString &text)
{
    return text.isEmpty() ? QString() : u"<p>%1</p>\n"_s.arg(text.toHtmlEscaped());
}

QString button(const QString &name, const QString &value, const QString &text, bool isMain)
{
    return u"<button type=\"submit\" name=\"%1\" value=\"%2\"%4>%3</button>\n"_s.arg(
        name.toHtmlEscaped(), value.toHtmlEscaped(), text.toHtmlEscaped(),
        isMain ? u" class=\"main\""_s : QString());
}

QString tick(const DialogTick &each)
{
    const QString remark = each.remark.isEmpty()
        ? QString()
        : u"<small>%1</small>"_s.arg(each.remark.toHtmlEscaped());
    return u"<label><input type=\"checkbox\" name=\"%1\" value=\"%2\"%3> "
           "<span>%4%5</span></label>\n"_s.arg(each.name.toHtmlEscaped(),
               each.value.toHtmlEscaped(), each.isTicked ? u" checked"_s : QString(),
               each.label.toHtmlEscaped(), remark);
}

QString people(const DialogPage &page)
{
    QString text;
    for (const auto &[id, remark] : page.people) {
        const QString firstName = remark.section(u' ', 0, 0);
        text += u"<div class=\"person\">%1%2</div>\n"_s.arg(
            paragraph(remark), button(u"person"_s, id, u"Continue as "_s + firstName, true));
    }
    return text;
}

QString choices(const DialogPage &page)
{
    QString text;
    for (const DialogTick &each : page.ticks)
        text += tick(each);
    if (!page.list.isEmpty()) {
        QString items;
        for (const QString &item : page.list)
            items += u"<li>%1</li>\n"_s.arg(item.toHtmlEscaped());
        text += u"<ul>\n%1</ul>\n"_s.arg(items);
    }
    if (text.isEmpty())
        return {};
    return u"<fieldset>\n<legend>%1</legend>\n%2</fieldset>\n"_s.arg(
        page.listTitle.toHtmlEscaped(), text);
}

} // namespace

Server::Response dialogPage(const DialogPage &page)
{
    QString form;
    for (const auto &[name, value] : page.hidden) {
        form += u"<input type=\"hidden\" name=\"%1\" value=\"%2\">\n"_s.arg(
            name.toHtmlEscaped(), value.toHtmlEscaped());
    }
    form += people(page) + choices(page);
    form += u"<div class=\"buttons\">\n"_s;
    if (!page.forward.isEmpty()) // first, so that Enter leads on
        form += button(u"go"_s, u"on"_s, page.forward, true);
    if (page.hasBack)
        form += button(u"go"_s, u"back"_s, u"Back"_s, false);
    form += button(u"go"_s, u"cancel"_s, u"Cancel"_s, false) + u"</div>\n"_s;
    return html(
        200, page.title, paragraph(page.text) + u"<form method=\"post\">\n%1</form>\n"_s.arg(form));
}

Server::Response dialogRefusal(const QString &title, const QString &sentence)
{
    return html(400, title, paragraph(sentence));
}

} // namespace Pagedesk::Sandbox
