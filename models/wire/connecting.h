// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"
#include "models/domain/pageconnection.h"

#include <QByteArray>
#include <QUrl>

// How an admin's desktop connects Pages, over HTTP with Authorization: Bearer <device token>:
//   POST /connect/login    BeginLogin       -> LoginBegun
//   GET  /connect/login?id=ATTEMPT          -> LoginProgress
//   GET  /connect/logins                    -> Logins
//   GET  /connect/pages?login=ID            -> PageOffer, asked of Meta at once
//   POST /connect/pages    ConnectPages     -> PagesConnected
//   POST /connect/manual   ManualPage       -> PagesConnected, of one
//   POST /connect/check    PageChoice       -> PageFields, after asking Meta about the Page
//   POST /connect/fields   PageChoice       -> PageFields, after ordering its webhooks again
// A refusal is an Error with a status of 400 or more: 401 unknown device, 403 not an admin.
namespace Pagedesk::Wire {

inline constexpr const char *ConnectPath = "/connect/";
inline constexpr const char *LoginReturnPath = "/oauth/callback";

struct BeginLogin {
    bool askAgain = false; // for permissions that were declined before

    bool operator==(const BeginLogin &) const = default;
};

struct LoginBegun {
    QString attemptId;
    QUrl url; // of the dialog
    QUrl returnUrl; // where the dialog ends
    qint64 expiresAt = 0; // ms UTC

    bool operator==(const LoginBegun &) const = default;
};

struct LoginProgress {
    LoginState state = LoginState::Waiting;
    LoginProblem problem = LoginProblem::None; // of a failed one
    QString loginId; // of one that is done

    bool operator==(const LoginProgress &) const = default;
};

struct Logins {
    QList<FacebookLogin> logins;

    bool operator==(const Logins &) const = default;
};

struct PageOffer {
    FacebookLogin login;
    QList<OfferedPage> pages;

    bool operator==(const PageOffer &) const = default;
};

struct ConnectPages {
    QString loginId;
    QList<PageId> pages; // at most MaxListEntries

    bool operator==(const ConnectPages &) const = default;
};

// The manual way: what an admin has copied from Meta's app dashboard.
struct ManualPage {
    Secret token;
    QString appId;
    Secret appSecret;
};

struct ConnectedPage {
    PageId id;
    QString name;
    std::optional<Error> error; // nothing: it is connected. The detail is a sentence.

    bool operator==(const ConnectedPage &) const = default;
};

struct PagesConnected {
    QList<ConnectedPage> pages;

    bool operator==(const PagesConnected &) const = default;
};

struct PageChoice {
    PageId page;

    bool operator==(const PageChoice &) const = default;
};

// The webhook fields that Meta delivers; what else was found is told with the Page.
struct PageFields {
    QStringList ordered; // at most MaxListEntries
    qint64 askedAt = 0; // ms UTC; 0: Meta could not be asked, as long as the token is refused

    bool operator==(const PageFields &) const = default;
};

QByteArray encode(const BeginLogin &begin);
QByteArray encode(const LoginBegun &begun);
QByteArray encode(const LoginProgress &progress);
QByteArray encode(const Logins &logins);
QByteArray encode(const PageOffer &offer);
QByteArray encode(const ConnectPages &connect);
QByteArray encode(const ManualPage &manual);
QByteArray encode(const PagesConnected &connected);
QByteArray encode(const PageChoice &choice);
QByteArray encode(const PageFields &fields);
QByteArray encodeError(const Error &error);

// Protocol, naming the field that is wrong.
Result<BeginLogin> decodeBeginLogin(const QByteArray &bytes);
Result<LoginBegun> decodeLoginBegun(const QByteArray &bytes);
Result<LoginProgress> decodeLoginProgress(const QByteArray &bytes);
Result<Logins> decodeLogins(const QByteArray &bytes);
Result<PageOffer> decodePageOffer(const QByteArray &bytes);
Result<ConnectPages> decodeConnectPages(const QByteArray &bytes);
Result<ManualPage> decodeManualPage(const QByteArray &bytes);
Result<PagesConnected> decodePagesConnected(const QByteArray &bytes);
Result<PageChoice> decodePageChoice(const QByteArray &bytes);
Result<PageFields> decodePageFields(const QByteArray &bytes);
// The refusal in an answer; Protocol when it is none.
Error decodeError(const QByteArray &bytes);

} // namespace Pagedesk::Wire
