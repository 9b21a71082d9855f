// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/htmlpage.h"

namespace Pagedesk::Relay {

using namespace Qt::Literals::StringLiterals;

namespace {

// Readable in a small window, light and dark.
constexpr auto Style
    = ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34em;"
      "margin:4em auto;padding:0 1.5em}h1{font-size:1.5em;line-height:1.25}"_L1;

} // namespace

Server::Response htmlPage(int status, const QString &title, const QString &words)
{
    const QString html
        = u"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%1</title>\n"
          "<style>%3</style>\n</head>\n<body>\n<h1>%1</h1>\n%2\n</body>\n</html>\n"_s.arg(
              title.toHtmlEscaped(), words, Style);
    return {.status = status,
        .body = html.toStdString(),
        .contentType = "text/html; charset=utf-8",
        .headers = {{"Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
            {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"},
            {"X-Robots-Tag", "noindex"}, {"Cache-Control", "no-store"}}};
}

} // namespace Pagedesk::Relay
