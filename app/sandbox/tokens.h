// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/grants.h"
#include "app/sandbox/grapherrors.h"
#include "app/sandbox/world.h"
#include "models/base/clock.h"
#include "models/base/secret.h"

namespace Pagedesk::Sandbox {

// An access token that stands for a person, or for a person at a Page.
struct Token {
    enum class Kind { User, Page };

    Kind kind = Kind::User;
    QString personId;
    QString pageId; // Kind::Page
    qint64 issuedAt = 0; // ms UTC of the sandbox's clock
    qint64 expiresAt = 0; // 0: never
    bool isLongLived = false;
    bool isSample = false; // one of the fixed ones, which no login gave out
    quint64 number = 0; // rises with each login; 0 for samples and those of an earlier run
};

// Gives out codes and tokens, knows what they are worth, and what people have granted. Tokens
// carry what they stand for, signed, so that a relay keeps its Pages when the sandbox is started
// again; whose person has not logged in since may do everything.
// Source: Facebook Login, "Access tokens" and "Manually build a login flow", 2026-03-10.
class Tokens {
public:
    static constexpr qint64 CodeLifeMs = 600'000;
    static constexpr qint64 ShortLifeMs = 2 * 3'600'000;
    static constexpr qint64 LongLifeMs = 60 * 86'400'000LL;
    static constexpr qint64 PageLifeMs = 3'600'000; // of a Page token from a short-lived one
    static constexpr qint64 DataAccessMs = 90 * 86'400'000LL; // from the last login on

    Tokens(World &world, const Clock &clock, Secret key, QString appId);

    QString issueCode(const QString &personId, const QString &redirectUri);
    // Uses a code up and gives the person: it is good for one exchange, ten minutes long, with the
    // same redirect_uri. Errors 100 with 36007 (expired), 36008 (other address), 36009 (used).
    tl::expected<QString, GraphError> redeem(const QString &code, const QString &redirectUri);

    enum class Life { Short, Long };
    QString issue(const QString &personId, Life life);
    // For Kind::User. The same each time from a long-lived token.
    QString pageToken(const Token &user, const Page &page) const;

    // Nothing when it is none of ours; `refusal` tells whether it is still good.
    std::optional<Token> read(const QString &text) const;
    // Error 190 with its subcode once the token is worth nothing.
    std::optional<GraphError> refusal(const Token &token) const;

    // Whether the person granted that, for the Page unless it is empty.
    bool allows(const Token &token, const QString &permission, const QString &pageId = {}) const;
    // What GET /me/permissions lists.
    std::map<QString, Grant::Status> permissions(const Token &token) const;
    // The Pages that a permission is limited to.
    std::optional<QStringList> targets(const Token &token, const QString &permission) const;
    qint64 dataAccessExpiresAt(const Token &token) const;

    Grant &grant(const QString &personId) { return m_grants[personId]; }
    const Grant *grantOf(const QString &personId) const;

    // From now on all tokens of the person that were given out so far are answered 190 with the
    // subcode; only the tokens of one Page when it is named.
    void kill(const QString &personId, int subcode, const QString &pageId = {});
    // The person removes the app: what was granted is forgotten, tokens get subcode 458.
    void removeApp(const QString &personId);
    void revive(const QString &personId); // takes back what kill() did

private:
    struct Code {
        QString personId;
        QString redirectUri;
        qint64 at = 0;
    };
    struct Death {
        QString personId;
        QString pageId;
        int subcode = 0;
        quint64 number = 0; // the newest token it concerns
    };

    QString write(const Token &token) const;
    QByteArray seal(const QByteArray &payload) const;
    std::optional<Token> sample(const QString &text) const;
    bool isUnasked(const Token &token) const;
    GraphError deathError(int subcode, qint64 expiresAt) const;

    World &m_world;
    const Clock &m_clock;
    Secret m_key;
    QString m_appId;
    QByteArray m_run; // tells the tokens of this run from those of earlier ones
    quint64 m_lastNumber = 0;
    QHash<QString, Code> m_codes;
    Grants m_grants;
    QList<Death> m_deaths;
};

} // namespace Pagedesk::Sandbox
