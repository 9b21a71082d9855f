// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/tokens.h"

#include "app/sandbox/permissions.h"
#include "app/sandbox/seed.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int SealBytes = 16;
constexpr int LongestToken = 1024;
constexpr auto Base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
// As Meta's begin, and then something by which a test can find one where it should not be.
const QString Prefix = QStringLiteral("EAASBX");

} // namespace

Tokens::Tokens(World &world, const Clock &clock, Secret key, QString appId)
    : m_world(world)
    , m_clock(clock)
    , m_key(std::move(key))
    , m_appId(std::move(appId))
    , m_run(randomToken(6))
{
}

QString Tokens::issueCode(const QString &personId, const QString &redirectUri)
{
    const QString code = u"AQBSBX"_s + QString::fromLatin1(randomToken(96));
    m_codes.insert(code, {personId, redirectUri, m_clock.now()});
    return code;
}

tl::expected<QString, GraphError> Tokens::redeem(const QString &code, const QString &redirectUri)
{
    const Code found = m_codes.take(code);
    if (found.personId.isEmpty())
        return graphFailure(badParameter(u"This authorization code has been used."_s, 36009));
    if (m_clock.now() - found.at >= CodeLifeMs)
        return graphFailure(badParameter(u"This authorization code has expired."_s, 36007));
    if (found.redirectUri != redirectUri) {
        return graphFailure(badParameter(
            u"Error validating verification code. Please make sure your redirect_uri is identical "
            "to the one you used in the OAuth dialog request"_s,
            36008));
    }
    return found.personId;
}

QString Tokens::issue(const QString &personId, Life life)
{
    Token token;
    token.personId = personId;
    token.issuedAt = m_clock.now();
    token.isLongLived = life == Life::Long;
    token.expiresAt = token.issuedAt + (token.isLongLived ? LongLifeMs : ShortLifeMs);
    token.number = ++m_lastNumber;
    return write(token);
}

QString Tokens::pageToken(const Token &user, const Page &page) const
{
    if (user.isSample && !page.token.isEmpty())
        return page.token;
    Token token = user;
    token.kind = Token::Kind::Page;
    token.pageId = page.id;
    token.isSample = false;
    token.expiresAt = 0;
    if (!user.isLongLived) {
        token.issuedAt = m_clock.now();
        token.expiresAt = token.issuedAt + PageLifeMs;
    }
    return write(token);
}

QString Tokens::write(const Token &token) const
{
    const QByteArray payload = QByteArrayList{token.kind == Token::Kind::Page ? "p" : "u",
        token.personId.toUtf8(), token.pageId.toUtf8(), QByteArray::number(token.issuedAt),
        QByteArray::number(token.expiresAt), token.isLongLived ? "l" : "s", m_run,
        QByteArray::number(token.number)}
                                   .join('|');
    return Prefix + QString::fromLatin1((seal(payload) + payload).toBase64(Base64));
}

QByteArray Tokens::seal(const QByteArray &payload) const
{
    return QMessageAuthenticationCode::hash(
        "token " + payload, m_key.reveal(), QCryptographicHash::Sha256)
        .left(SealBytes);
}

std::optional<Token> Tokens::sample(const QString &text) const
{
    const Page *page = m_world.pageByToken(text);
    if (!page && text != QLatin1StringView(UserToken))
        return std::nullopt;
    Token token;
    token.kind = page ? Token::Kind::Page : Token::Kind::User;
    token.personId = QString::fromLatin1(UserId);
    token.pageId = page ? page->id : QString();
    token.issuedAt = m_clock.now() - 86'400'000;
    token.expiresAt = page ? 0 : m_clock.now() + LongLifeMs;
    token.isLongLived = true;
    token.isSample = true;
    return token;
}

std::optional<Token> Tokens::read(const QString &text) const
{
    if (const auto fixed = sample(text))
        return fixed;
    if (!text.startsWith(Prefix) || text.size() > LongestToken)
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(
        text.mid(Prefix.size()).toLatin1(), Base64 | QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray bytes = *decoded;
    if (!decoded || bytes.size() <= SealBytes)
        return std::nullopt;
    const QByteArray payload = bytes.mid(SealBytes);
    const QByteArrayList parts = payload.split('|');
    if (!Secret(seal(payload)).matches(bytes.left(SealBytes)) || parts.size() != 8)
        return std::nullopt;
    Token token;
    token.kind = parts.at(0) == "p" ? Token::Kind::Page : Token::Kind::User;
    token.personId = QString::fromUtf8(parts.at(1));
    token.pageId = QString::fromUtf8(parts.at(2));
    token.issuedAt = parts.at(3).toLongLong();
    token.expiresAt = parts.at(4).toLongLong();
    token.isLongLived = parts.at(5) == "l";
    token.number = parts.at(6) == m_run ? parts.at(7).toULongLong() : 0;
    const bool isKnown = m_world.person(token.personId)
        && (token.kind == Token::Kind::User || m_world.page(token.pageId));
    return isKnown ? std::optional(token) : std::nullopt;
}

std::optional<GraphError> Tokens::refusal(const Token &token) const
{
    const bool isPage = token.kind == Token::Kind::Page;
    const auto kills = [&](const Death &death) {
        return death.personId == token.personId && token.number <= death.number
            && (death.pageId.isEmpty() || (isPage && death.pageId == token.pageId));
    };
    const auto death = std::find_if(m_deaths.begin(), m_deaths.end(), kills);
    if (death != m_deaths.end())
        return deathError(death->subcode, token.expiresAt);
    const Person *person = m_world.person(token.personId);
    if (isPage && (!person || !person->tasks.contains(token.pageId)))
        return deathError(492, token.expiresAt);
    if (token.expiresAt != 0 && token.expiresAt <= m_clock.now())
        return deathError(463, token.expiresAt);
    return std::nullopt;
}

// Source: Graph API, "Handle errors", and "Debug and handle errors" of the access tokens.
GraphError Tokens::deathError(int subcode, qint64 expiresAt) const
{
    const QString start = u"Error validating access token: "_s;
    switch (subcode) {
    case 458:
        return invalidToken(
            start + u"The user has not authorized application %1."_s.arg(m_appId), subcode);
    case 459:
        return invalidToken(start
                + u"You cannot access the app till you log in to www.facebook.com and follow the "
                  "instructions given."_s,
            subcode);
    case 460:
        return invalidToken(start
                + u"The session has been invalidated because the user changed their password or "
                  "the session was changed for security reasons."_s,
            subcode);
    case 463:
        return expiredToken(
            expiresAt != 0 && expiresAt <= m_clock.now() ? expiresAt + 60'000 : m_clock.now());
    case 464:
        return invalidToken(start
                + u"Sessions for the user are not allowed because the user is not a confirmed "
                  "user."_s,
            subcode);
    case 492:
        return invalidToken(
            start + u"The user has no role any more on the Page of this session."_s, subcode);
    default:
        break;
    }
    return invalidToken(start + u"The session is invalid because the user logged out."_s, subcode);
}

const Grant *Tokens::grantOf(const QString &personId) const
{
    const auto found = m_grants.find(personId);
    return found == m_grants.end() ? nullptr : &found->second;
}

// Nobody was asked in this run: everything is granted that has not been taken away since.
bool Tokens::isUnasked(const Token &token) const
{
    const Grant *grant = grantOf(token.personId);
    return token.isSample || !grant || grant->loggedInAt == 0;
}

bool Tokens::allows(const Token &token, const QString &permission, const QString &pageId) const
{
    const Grant *grant = grantOf(token.personId);
    if (!grant)
        return true;
    if (isUnasked(token) && !grant->permissions.contains(permission))
        return true;
    if (isUnasked(token) && !grant->fewerPages.contains(permission))
        return grant->isGranted(permission);
    return pageId.isEmpty() ? grant->isGranted(permission) : grant->reaches(permission, pageId);
}

std::map<QString, Grant::Status> Tokens::permissions(const Token &token) const
{
    std::map<QString, Grant::Status> all;
    if (const Grant *grant = grantOf(token.personId))
        all = grant->permissions;
    if (isUnasked(token)) {
        for (const QString &permission : inboxPermissions())
            all.try_emplace(permission, Grant::Status::Granted);
    }
    return all;
}

std::optional<QStringList> Tokens::targets(const Token &token, const QString &permission) const
{
    const Grant *grant = grantOf(token.personId);
    if (!grant || !isForPages(permission))
        return std::nullopt;
    if (isUnasked(token) && !grant->fewerPages.contains(permission))
        return std::nullopt;
    return grant->targets(permission);
}

qint64 Tokens::dataAccessExpiresAt(const Token &token) const
{
    const Grant *grant = grantOf(token.personId);
    const bool hasLogin = grant && grant->loggedInAt != 0 && !token.isSample;
    return (hasLogin ? grant->loggedInAt : token.issuedAt) + DataAccessMs;
}

void Tokens::kill(const QString &personId, int subcode, const QString &pageId)
{
    m_deaths.prepend({personId, pageId, subcode, m_lastNumber}); // the newest reason is told
}

void Tokens::removeApp(const QString &personId)
{
    m_grants.erase(personId);
    m_codes.removeIf([&](const auto &each) { return each.value().personId == personId; });
    kill(personId, 458);
}

void Tokens::revive(const QString &personId)
{
    m_deaths.removeIf([&](const Death &death) { return death.personId == personId; });
}

} // namespace Pagedesk::Sandbox
