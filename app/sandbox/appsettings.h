// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QUrl>

namespace Pagedesk::Sandbox {

// What an app's owner writes into Meta's dashboard and the sandbox goes by.
struct AppSettings {
    QStringList redirectUris; // "Valid OAuth Redirect URIs"; none: any web address will do
    QUrl deauthorizeUrl; // empty: nobody is told
    QUrl dataDeletionUrl;
};

} // namespace Pagedesk::Sandbox
