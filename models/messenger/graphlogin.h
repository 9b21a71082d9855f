// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/base/secret.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QStringList>

// Meta's answers about logins, tokens and the Pages of a person. Each reader returns Protocol when
// the body is no such answer. Sources: "Manually build a login flow", 2026-03-10; "debug_token" and
// "User/accounts" of the Graph API reference, 2026.
namespace Pagedesk {

// Why Meta refuses a call, by its code and subcode; never by its text.
struct GraphRefusal {
    int code = 0; // 0: the answer is no refusal
    int subcode = 0;
};
GraphRefusal readRefusal(const QByteArray &body);

struct GrantedToken {
    Secret token;
    qint64 seconds = 0; // it is good for; 0: no date
};
Result<GrantedToken> readGrantedToken(const QByteArray &body);

// What Meta says of a token.
struct TokenFacts {
    QString appId;
    QString type; // "USER", "PAGE", "APP", "SYSTEM_USER"
    QString userId;
    PageId pageId; // of a Page's token
    bool valid = false;
    GraphRefusal refusal; // why it is not
    qint64 expiresAt = 0; // ms UTC; 0: no date
    qint64 dataAccessExpiresAt = 0; // ms UTC; 0: no date
    QStringList scopes;
    QHash<QString, QStringList> targets; // the Pages a scope is limited to; else it is for all
};
Result<TokenFacts> readTokenFacts(const QByteArray &body);

// A Page somebody can see.
struct SeenPage {
    PageId id;
    QString name;
    QString category;
    QStringList tasks;
    Secret token; // empty when Meta gives none
};
struct SeenPages {
    QList<SeenPage> pages;
    QString after; // the cursor of the next part; empty at the end
};
Result<SeenPages> readSeenPages(const QByteArray &body);
// Whether the tasks of a person let them read and answer a Page's messages. Newer Pages name them
// otherwise (PROFILE_PLUS_...).
bool allowMessaging(const QStringList &tasks);

// The permissions that were asked for and are not granted.
Result<QStringList> readDeclined(const QByteArray &body);

struct NamedNode {
    QString id;
    QString name;
};
Result<NamedNode> readNamedNode(const QByteArray &body);

} // namespace Pagedesk
